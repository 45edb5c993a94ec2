"""A comparison group given as totals: one line for each group of people, copied from a table."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.evaluations.queries.comparison import FEWEST
from traboule.kernel.scales import Cell

MOST_LINES = 200
MOST_PEOPLE = 10_000_000
SPACES = str.maketrans("", "", " \u00a0\u202f")


class TotalsForm(forms.Form):
    """Our people and the others, counted by the same groups. ``cleaned_data["totals"]``: list of cells."""

    totals = forms.CharField(
        label=_("Totals, one line for each group"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Name of the group; our people; how many of them reached it; people to compare with; how many of "
            "those reached it. You can copy five columns from a spreadsheet."
        ),
    )

    def clean_totals(self) -> list[Cell]:
        """Return the cells; every wrong line is named at once. A first line of headings is passed over."""
        lines = [
            (n, line) for n, line in enumerate(self.cleaned_data["totals"].splitlines(), 1) if line.strip()
        ]
        if lines and not any(map(str.isdigit, lines[0][1])):
            del lines[0]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("At most %(limit)s lines."), params={"limit": MOST_LINES})
        found = [(number, _cell(line)) for number, line in lines]
        wrong = [
            forms.ValidationError(said, params={"n": n}) for n, said in found if not isinstance(said, Cell)
        ]
        if wrong:
            raise forms.ValidationError(wrong)
        return _together([cell for _number, cell in found if isinstance(cell, Cell)])


def _cell(line: str) -> Any:
    """The cell of a line, or what is wrong with it."""
    parts = [part.strip() for part in re.split(r"[\t;]" if re.search(r"[\t;]", line) else ",", line)]
    numbers = [part.translate(SPACES) for part in parts[1:]]
    if len(numbers) != 4 or not parts[0] or not all(re.fullmatch(r"[0-9]{1,8}", one) for one in numbers):
        return _("Line %(n)s: a name and four whole numbers.")
    ours, reached, theirs, theirs_reached = map(int, numbers)
    if reached > ours or theirs_reached > theirs:
        return _("Line %(n)s: more reached it than there are people.")
    return Cell(parts[0][:80], ours, reached, theirs, theirs_reached)


def _together(cells: list[Cell]) -> list[Cell]:
    names = [cell.name.casefold() for cell in cells]
    if twice := next((cell.name for cell in cells if names.count(cell.name.casefold()) > 1), ""):
        raise forms.ValidationError(_("This group stands there twice: %(name)s"), params={"name": twice})
    if len(cells) < 2:
        raise forms.ValidationError(_("At least two groups; for one, take a published rate."))
    least = min(sum(cell.ours for cell in cells), sum(cell.theirs for cell in cells))
    if least < FEWEST:
        raise forms.ValidationError(_("At least %(fewest)s people on each side."), params={"fewest": FEWEST})
    if not any(cell.ours and cell.theirs for cell in cells):
        raise forms.ValidationError(_("No group has people on both sides."))
    return cells
