"""Forms of meetings: the log in 20 seconds, another time, the rhythm."""

# said to: everybody

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.actions import Said
from traboule.apps.duos.enums_meetings import Happened, How, Next, Purpose, WhyMissed
from traboule.apps.duos.queries.meeting_words import say_length
from traboule.apps.people.enums import Day

LENGTHS = (60, 90, 120)
OTHER = "other"
OTHERS = (15, 30, 45, 75, 105, 150, 180, 210, 240, 300, 360, 420, 480, 540, 600)
FIRST_YEAR, LAST_YEAR = 1990, 2200  # beyond it somebody mistyped, and the clock of computers ends
AT = "%Y-%m-%dT%H:%M"


def local_instant(text: str, zone: ZoneInfo) -> datetime | None:
    """Return the instant of what a browser calls a local date and time, by the clock of the branch."""
    try:
        local = datetime.strptime(text, AT).replace(tzinfo=zone)
    except ValueError:
        return None
    return local.astimezone(UTC) if FIRST_YEAR <= local.year <= LAST_YEAR else None


def _local_input() -> forms.TextInput:
    return forms.TextInput(attrs={"type": "datetime-local"})


class LogForm(forms.Form):
    """Did you meet, how long, what for, what next. Only the first question must be answered, and how long."""

    outcome = forms.ChoiceField(
        label=_("Did you meet?"),
        choices=Happened.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three answers.")},
    )
    day = forms.DateField(
        label=_("Which day?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    minutes = forms.ChoiceField(label=_("How long?"), required=False, widget=forms.RadioSelect)
    other_minutes = forms.TypedChoiceField(
        label=_("Another length"), required=False, coerce=int, empty_value=None
    )
    served = forms.MultipleChoiceField(
        label=_("What for?"), required=False, choices=Purpose.choices, widget=forms.CheckboxSelectMultiple
    )
    next_steps = forms.MultipleChoiceField(
        label=_("What is next?"), required=False, choices=Next.choices, widget=forms.CheckboxSelectMultiple
    )
    next_text = forms.CharField(label=_("In your words"), required=False, max_length=200)
    why_missed = forms.ChoiceField(
        label=_("Why?"), required=False, choices=WhyMissed.choices, widget=forms.RadioSelect
    )
    new_at = forms.CharField(label=_("New day and time"), required=False, widget=_local_input())
    is_sure = forms.BooleanField(label=_("Yes, it is right"), required=False)
    client_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, zone: ZoneInfo, asks_day: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.asks_day = zone, asks_day
        self.is_asked_back = False  # set by the page once the kernel has asked back
        lengths = [(str(minutes), say_length(minutes)) for minutes in LENGTHS]
        self.fields["minutes"].choices = [*lengths, (OTHER, gettext("Other"))]  # type: ignore[attr-defined]  # a ChoiceField
        others = [(str(minutes), say_length(minutes)) for minutes in OTHERS]
        self.fields["other_minutes"].choices = [("", "—"), *others]  # type: ignore[attr-defined]  # a ChoiceField
        if asks_day:
            self.fields["outcome"].initial = Happened.MET
        else:
            del self.fields["day"]

    def clean(self) -> dict[str, Any]:
        """Tie the answers together: a length if they met, a day where none was planned."""
        said = super().clean() or {}
        if said.get("outcome") == Happened.MET and self._length(said) is None:
            name = "other_minutes" if said.get("minutes") == OTHER else "minutes"
            if name not in self.errors:
                self.add_error(name, gettext("Choose how long it was."))
        day = said.get("day")
        is_day = day is not None and FIRST_YEAR <= day.year <= LAST_YEAR
        if self.asks_day and not is_day and "day" not in self.errors:
            self.add_error("day", gettext("Say which day it was."))
        if said.get("outcome") == Happened.MOVED and said.get("new_at"):
            said["new_at"] = local_instant(said["new_at"], self.zone)
            if said["new_at"] is None:
                self.add_error("new_at", gettext("Give a day and a time."))
        return said

    def said(self) -> Said:
        """Return the clean answers as the action takes them; what does not belong to the answer is left."""
        data = self.cleaned_data
        met, missed = data["outcome"] == Happened.MET, data["outcome"] == Happened.MISSED
        return Said(
            outcome=data["outcome"],
            minutes=self._length(data) if met else None,
            served=tuple(data["served"]) if met else (),
            next_steps=tuple(data["next_steps"]) if met else (),
            next_text=data["next_text"] if met else "",
            why_missed=data["why_missed"] if missed else "",
            is_sure=data["is_sure"],
        )

    @staticmethod
    def _length(data: dict[str, Any]) -> int | None:
        chosen = data.get("minutes")
        found: int | None = data.get("other_minutes") if chosen in (OTHER, "", None) else int(str(chosen))
        return found


class TimeForm(forms.Form):
    """A day and a time of one's own."""

    at = forms.CharField(label=_("Day and time"), widget=_local_input())

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_at(self) -> datetime:
        """Turn it into an instant by the clock of the branch."""
        found = local_instant(self.cleaned_data["at"], self.zone)
        if found is None:
            raise forms.ValidationError(gettext("Give a day and a time."))
        return found


class RhythmForm(forms.Form):
    """When the two meet: a weekday and a time, or free."""

    weekday = forms.TypedChoiceField(
        label=_("Which day of the week?"), required=False, coerce=int, empty_value=None
    )
    at = forms.TimeField(
        label=_("What time?"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.TypedChoiceField(label=_("How long?"), coerce=int)
    how = forms.ChoiceField(label=_("How?"), choices=How.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Where?"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = ("", gettext("No fixed day"))
        self.fields["weekday"].choices = [free, *((str(d), label) for d, label in Day.choices)]  # type: ignore[attr-defined]  # a ChoiceField
        lengths = [(str(minutes), say_length(minutes)) for minutes in (60, 90, 120, 150, 180)]
        self.fields["minutes"].choices = lengths  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """A weekday needs a time."""
        said = super().clean() or {}
        if said.get("weekday") is None:
            said["at"] = None
        elif said.get("at") is None and "at" not in self.errors:
            self.add_error("at", gettext("Say at what time you meet."))
        return said
