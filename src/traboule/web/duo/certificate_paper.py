"""The certificate of a duo on paper, in the languages of the country: it names one person and nobody else."""

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from traboule.apps.people.enums import Side
from traboule.core.pdf import render as render_pdf
from traboule.web.templatetags.traboule import say_day_of_life

PAPER = Path(__file__).resolve().parent.parent / "templates" / "duo" / "certificate.typ"
# An employer or an office reads the languages of the country, whatever the person reads.
LANGUAGES = ("fr", "nl", "en")


def certificate_pdf(certificate: Any, language: str = "") -> HttpResponse:
    """Return the certificate as a PDF, in French, or in another of its languages."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    content = render_pdf(PAPER, certificate_values(certificate, spoken), language=spoken)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="certificate-{certificate.pk}.pdf"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def certificate_values(certificate: Any, language: str) -> dict[str, Any]:
    """Return what the paper says, in words of its language."""
    branch = certificate.duo.branch
    with override(language):
        is_mentor = certificate.side == Side.MENTOR
        days = {"first": say_day_of_life(certificate.from_on), "last": say_day_of_life(certificate.until_on)}
        facts = [
            [_("Period"), _("%(first)s to %(last)s") % days],
            [_("Meetings held"), str(certificate.meetings)],
            [_("Hours together"), f"{certificate.hours:g}".replace(".", "," if language != "en" else ".")],
        ]
        if certificate.purposes:
            facts.append([_("What for"), ", ".join(certificate.said_purposes)])
        made = {"branch": branch.name, "day": say_day_of_life(certificate.issued_on)}
        return {
            "title": _("Certificate of a mentor") if is_mentor else _("Certificate of mentoring"),
            "association": branch.organisation.name,
            "branch": branch.name,
            "intro": _("The association certifies that"),
            "name": certificate.person.display_name,
            "did": _("accompanied a person on the way to work, as a volunteer.")
            if is_mentor
            else _("prepared the way to work together with a mentor."),
            "facts": facts,
            "made": _("Made in %(branch)s on %(day)s") % made,
            "signature": _("For the association"),
        }
