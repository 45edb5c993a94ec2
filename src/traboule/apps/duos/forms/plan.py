"""What the mentee writes into her plan: few fields, one thing at a time, errors beside the field."""
# said to: everybody -- mentees, mentors and staff fill them

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traboule.apps.duos.actions._plan import ImpossibleDate, possible
from traboule.apps.duos.plan_enums import Reply, Went
from traboule.apps.people.forms.persons import DateInput
from traboule.apps.people.models import Person
from traboule.reference import occupations

FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]
OTHER = "other"
FOUND = 5
NO_SUCH_DAY = {"invalid": _("This day does not exist. Write it like this: 31/12/2026.")}
IMPOSSIBLE = _("This day is not possible. Please look at the year.")
OVER = _("This day or hour is over.")
TO_COME = _("This day is still to come.")


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day that the browser's own calendar fills, or that is typed as people write it."""
    return forms.DateField(
        label=label, widget=DateInput(), input_formats=FORMATS, error_messages=NO_SUCH_DAY, **kwargs
    )


class TimeInput(forms.TimeInput):
    """An hour that the browser's own clock fills."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class PlanForm(forms.Form):
    """A form about one mentee; no date in it may lie before her birth or far ahead."""

    def __init__(self, *args: Any, person: Person, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.now = person, now
        self.zone = ZoneInfo(person.branch.timezone)
        self.today: date = now.astimezone(self.zone).date()

    def clean(self) -> dict[str, Any]:
        """Refuse impossible days, each beside its own field."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(found.items()):
            if isinstance(value, date) and name not in self.errors:
                try:
                    possible(self.person, self.today, **{name: value})
                except ImpossibleDate:
                    self.add_error(name, IMPOSSIBLE)
        return found

    def is_good(self, *names: str) -> bool:
        """Say whether these fields are filled and right so far."""
        return all(self.cleaned_data.get(name) not in (None, "") for name in names)


class GoalForm(PlanForm):
    """A goal in her own words."""

    words = forms.CharField(label=_("What do you want to reach?"), max_length=200)


class MilestoneForm(PlanForm):
    """A point on the way."""

    words = forms.CharField(label=_("What will you do?"), max_length=200)
    due_on = day_field(_("Until when?"))


class SuggestForm(PlanForm):
    """What the mentor suggests."""

    words = forms.CharField(label=_("What do you suggest?"), max_length=200)
    goal = forms.ChoiceField(label=_("For which goal?"), required=False)
    due_on = day_field(_("Until when?"), required=False)

    def __init__(self, *args: Any, goals: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["goal"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("A new goal")), *goals]


class SentForm(PlanForm):
    """An application that was sent. Known occupations are one tap away, others are looked up."""

    occupation = forms.ChoiceField(label=_("For which job?"), widget=forms.RadioSelect, required=False)
    other = forms.CharField(
        label=_("Another job"),
        max_length=120,
        required=False,
        help_text=_("A word is enough, for example: cook."),
    )
    employer = forms.CharField(label=_("To whom?"), max_length=120, required=False)
    sent = forms.ChoiceField(
        label=_("When?"),
        choices=[
            ("today", _("Today")),
            ("yesterday", _("Yesterday")),
            (OTHER, pgettext_lazy("when", "Another day")),
        ],
        widget=forms.RadioSelect,
        initial="today",
    )
    sent_on = day_field(_("On which day?"), required=False)

    def __init__(self, *args: Any, known: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: list[tuple[str, str]] = []
        typed = self.data.get("other", "").strip() if self.is_bound else ""
        if typed:
            self.found = [(job.code, job.label_fr) for job in occupations.search(typed, FOUND)]
        codes = dict([*known, *self.found])
        # A code that was found a moment ago stays a choice, whatever is typed beside it now.
        chosen = occupations.get(self.data.get("occupation", "")) if self.is_bound else None
        if chosen is not None:
            codes.setdefault(chosen.code, chosen.label_fr)
        field = self.fields["occupation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(codes.items())
        if codes and not self.is_bound:
            self.initial.setdefault("occupation", next(iter(codes)))
        if not codes:
            del self.fields["occupation"]

    def clean(self) -> dict[str, Any]:
        """Say for what or to whom; a day that has come."""
        found = super().clean()
        days = {"today": self.today, "yesterday": self.today - timedelta(days=1)}
        sent_on = days.get(found.get("sent", ""), found.get("sent_on"))
        if "sent_on" not in self.errors and sent_on is None:
            self.add_error("sent_on", _("Which day was it?"))
        elif sent_on is not None and sent_on > self.today:
            self.add_error("sent_on", TO_COME)
        found["sent_on"] = sent_on
        if not (found.get("occupation") or found.get("other") or found.get("employer")):
            self.add_error("other", _("Say for which job, or to whom."))
        return found

    def cleaned_fields(self) -> dict[str, Any]:
        """Return what the action takes: a ROME code where one is known, else the typed words."""
        said = self.cleaned_data
        typed = said["other"].strip()
        code = said.get("occupation", "")
        # What was typed means more than what stood chosen before, unless it was just looked up.
        if typed and code not in dict(self.found):
            code = ""
        return {
            "employer": said["employer"].strip(),
            "rome": code,
            "occupation": "" if code else typed,
            "sent_on": said["sent_on"],
        }


class ReplyForm(PlanForm):
    """What came back."""

    reply = forms.ChoiceField(
        label=_("What did they answer?"), choices=Reply.choices, widget=forms.RadioSelect
    )
    replied_on = day_field(_("On which day?"), required=False, help_text=_("Empty: today."))

    def __init__(self, *args: Any, sent_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent_on = sent_on

    def clean(self) -> dict[str, Any]:
        """An answer comes after the application, and not on a day to come."""
        found = super().clean()
        day = found.get("replied_on")
        if day is not None and found.get("reply") != Reply.WAITING and "replied_on" not in self.errors:
            if day < self.sent_on:
                self.add_error("replied_on", _("This is before you sent the application."))
            elif day > self.today:
                self.add_error("replied_on", TO_COME)
        return found


class InterviewForm(PlanForm):
    """An interview by the clock on the wall of the branch. ``was`` is the time that it had so far."""

    employer = forms.CharField(label=_("With whom?"), max_length=120)
    day = day_field(_("Day"))
    hour = forms.TimeField(label=_("Hour"), widget=TimeInput())
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)

    def __init__(self, *args: Any, was: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was = was

    def clean(self) -> dict[str, Any]:
        """An hour that exists, and that is still to come."""
        found = super().clean()
        if not self.is_good("day", "hour") or {"day", "hour"} & set(self.errors):
            return found
        local = datetime.combine(found["day"], found["hour"], tzinfo=self.zone)
        try:
            starts_at = local.astimezone(UTC)
        except OverflowError:  # the first and the last day of all calendars
            self.add_error("day", IMPOSSIBLE)
            return found
        if starts_at.astimezone(self.zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            self.add_error("hour", _("The clocks change that night: this hour does not exist."))
        elif starts_at <= self.now and starts_at != self.was:
            self.add_error("day", OVER)
        found["starts_at"] = starts_at
        return found


class WentForm(PlanForm):
    """How an interview went; before it, only that it does not take place."""

    went = forms.ChoiceField(label=_("How did it go?"), choices=Went.choices, widget=forms.RadioSelect)


class JobForm(PlanForm):
    """A short job."""

    work = forms.CharField(label=_("What work?"), max_length=120)
    employer = forms.CharField(label=_("For whom?"), max_length=120, required=False)
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"), required=False, help_text=_("Leave it empty if you do not know yet."))
    hours = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=80, required=False)

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first."""
        found = super().clean()
        if self.is_good("starts_on", "ends_on") and found["ends_on"] < found["starts_on"]:
            self.add_error("ends_on", _("The last day is before the first one."))
        return found


class ShownForm(PlanForm):
    """What the mentor sees, and the private note."""

    shows_goals = forms.BooleanField(label=_("My goals and their milestones"), required=False)
    shows_applications = forms.BooleanField(label=_("My applications and interviews"), required=False)
    shows_jobs = forms.BooleanField(label=_("My short jobs"), required=False)
    note = forms.CharField(
        label=_("A note for myself"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    shows_note = forms.BooleanField(label=_("Show this note too"), required=False)
