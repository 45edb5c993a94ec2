"""The year of a volunteer on paper: what was paid back, what was given to the association."""

from datetime import date
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from traboule.apps.branches.queries import organisation
from traboule.apps.expenses.enums import ExpenseKind
from traboule.apps.expenses.queries.statements import statement_of
from traboule.core.pdf import render as render_pdf
from traboule.web.templatetags.traboule import say_day_of_life, say_euros

PAPER = Path(__file__).resolve().parent.parent / "templates" / "expenses" / "statement.typ"
# A tax office reads the languages of the country, whatever the volunteer reads.
LANGUAGES = ("fr", "nl", "en")
FIRST_YEAR = 2000


def statement_pdf(person: Any, year: int, *, today: date, language: str = "") -> HttpResponse:
    """Return the statement of a year as a PDF to keep."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    content = render_pdf(PAPER, statement_values(person, year, today=today, language=spoken), language=spoken)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="expenses-{year}-{person.pk}.pdf"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def statement_values(person: Any, year: int, *, today: date, language: str) -> dict[str, Any]:
    """Return what the paper says, in words of its language."""
    found = statement_of(person, year)
    association = str(organisation() or "")
    with override(language):
        rows = [
            {
                "kind": str(ExpenseKind(row.kind).label),
                "claims": str(row.claims),
                "km": str(row.km) if row.km else "",
                "paid": say_euros(row.paid),
                "given": say_euros(row.waived),
            }
            for row in found.kinds
        ]
        heads = [_("Kind"), _("Number"), _("Kilometres"), _("Paid back"), _("Given")]
        made = {"branch": person.branch.name, "day": say_day_of_life(today)}
        return {
            "title": _("Expenses of a volunteer, %(year)s") % {"year": year},
            "association": association,
            "branch": person.branch.name,
            "name": person.display_name,
            "intro": _("The association certifies for this volunteer:"),
            "heads": heads,
            "rows": rows,
            "total": _("Together"),
            "paid": say_euros(found.paid),
            "given": say_euros(found.waived),
            "nothing": _("Nothing was paid back or given in this year.") if not rows else "",
            "waiver": _waiver(found.waived, person.branch.country),
            "made": _("Made in %(branch)s on %(day)s") % made,
            "signature": _("For the association"),
        }


def _waiver(cents: int, country: str) -> str:
    """What French volunteers need for their tax: they gave up being paid back."""
    if not cents or country != "FR":
        return ""
    said = _("The volunteer has given up being paid back %(sum)s and leaves it to the association as a gift.")
    return said % {"sum": say_euros(cents)}
