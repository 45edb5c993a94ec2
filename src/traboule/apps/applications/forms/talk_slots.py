"""Other dates for a talk: up to five lines of day and hour; empty lines say nothing."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.actions._slots import FEWEST, MOST
from traboule.apps.applications.forms.judging import TimeInput
from traboule.apps.people.forms.persons import DateInput

UNFIT = {
    "number": _("Between two and five different dates."),
    "past": _("One of these dates is over. Choose dates to come."),
    "same": _("One of these is the date that is planned already."),
    "busy": _("Whoever holds the talk has another one at one of these dates."),
}


class SlotsForm(forms.Form):
    """Two to five dates; with ``optional`` none at all is an answer too."""

    def __init__(self, *args: Any, timezone: str, optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "slot", **kwargs})
        self.timezone, self.optional = timezone, optional
        for number in range(1, MOST + 1):
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("Day %(number)s") % {"number": number}, widget=DateInput(), required=False
            )
            self.fields[f"hour_{number}"] = forms.TimeField(
                label=_("Time %(number)s") % {"number": number}, widget=TimeInput(), required=False
            )

    def clean(self) -> dict[str, Any]:
        """A day needs an hour, and the other way round; one date alone is no choice."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, MOST + 1):
            day, hour = found.get(f"day_{number}"), found.get(f"hour_{number}")
            for name, has, lacks in (("hour", day, hour), ("day", hour, day)):
                if has is not None and lacks is None and f"{name}_{number}" not in self.errors:
                    self.add_error(f"{name}_{number}", _("Day and time belong together."))
        if not self.errors and len(self.starts) < FEWEST and not (self.optional and not self.starts):
            self.add_error("day_1", UNFIT["number"])
        return found

    @property
    def starts(self) -> list[datetime]:
        """The instants that the lines mean in the branch."""
        said = self.cleaned_data
        zone = ZoneInfo(self.timezone)
        lines = [(said.get(f"day_{n}"), said.get(f"hour_{n}")) for n in range(1, MOST + 1)]
        return [datetime.combine(day, hour, tzinfo=zone) for day, hour in lines if day and hour]

    def lines(self) -> list[tuple[Any, Any]]:
        """Day and hour side by side, for the page."""
        return [(self[f"day_{n}"], self[f"hour_{n}"]) for n in range(1, MOST + 1)]
