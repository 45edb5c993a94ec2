"""A funder's table on paper: one table for each indicator, what is hidden and why beneath it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from traboule.apps.indicators import funder_words as words
from traboule.apps.indicators.queries.handed import Offer
from traboule.core.pdf import render
from traboule.kernel.exchange.crosstable import CrossTable

PAPER = Path(__file__).resolve().parent / "funder_table.typ"


def table_pdf(
    table: CrossTable,
    *,
    title: str,
    by: str,
    about: list[str],
    language: str,
    say: Callable[[str], str] = words.level,
) -> bytes:
    """Return the tagged PDF; ``by``: who made it, ``about``: lines under the title, in ``language``.

    ``say`` puts levels into words.
    """
    values = table_values(table, language, say) | {"title": title, "by": by, "about": about}
    return render(PAPER, values, language=language)


def table_values(table: CrossTable, language: str, say: Callable[[str], str] = words.level) -> dict[str, Any]:
    """Return what the paper says, in words of its language."""
    with override(language):
        parts = [
            {
                "name": str(words.INDICATORS.get(name, name)),
                "rows": [
                    {"cells": [*line.place, *line.cells], "total": line.is_total}
                    for line in words.lines(table, name, say)
                ],
            }
            for name in table.indicators
        ]
        return {
            "places": 2 if table.across else 1,
            "heads": words.heads(table),
            "parts": parts,
            "notes": notes(table),
        }


def notes(table: CrossTable) -> list[str]:
    """How to read it, in the reader's language."""
    return [
        _("… is hidden: a number under %(floor)s, or one from which such a number could be worked out.")
        % {"floor": table.floor},
        _("The share is of those who are known. Not known is no failure: the last column says what it would "
          "be if none, or all, of them had succeeded."),
        _("Not due yet: the time that the indicator looks at is not over. They are in no share."),
    ]  # fmt: skip


def beside_earlier(offer: Offer) -> list[str]:
    """What earlier tables do to this one, for whoever takes it away."""
    if offer.handed is not None:
        day = date_format(timezone.localtime(offer.handed.handed_at).date(), "DATE_FORMAT")
        return [_("This table was taken away on %(day)s. It goes out again as it was then.") % {"day": day}]
    if not offer.earlier:
        return [_("No table was taken away before. From the first one on, later ones are held against it.")]
    held = ngettext(
        "It is held against %(number)s table that was taken away before.",
        "It is held against %(number)s tables that were taken away before.",
        offer.earlier,
    ) % {"number": offer.earlier}
    if not offer.because:
        return [held]
    hidden = ngettext(
        "%(number)s number is hidden because of them: whoever has both tables could work out a few people.",
        "%(number)s numbers are hidden because of them: whoever has both tables could work out a few people.",
        offer.because,
    ) % {"number": offer.because}
    return [held, hidden]
