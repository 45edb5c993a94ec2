"""A funder's table on paper: one table for each indicator, what is hidden and why beneath it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from traboule.apps.indicators import funder_words as words
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
