"""Planning a talk, writing about it, judging rules, deciding."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums_judging import AnswerState, Outcome, Reason, TalkWay
from traboule.apps.applications.letters import REASONS
from traboule.apps.applications.talk_guide import ANSWER_LENGTH, SCALES, Question, Scale
from traboule.apps.people.enums import Gender, Need, Readers
from traboule.apps.people.forms.fields import LanguagesField, SlotsField, WordsField
from traboule.apps.people.forms.persons import DateInput
from traboule.apps.people.models import Login
from traboule.kernel.funding import Answer, Rule


class TimeInput(forms.TimeInput):
    """An hour that the browser's own clock fills."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class TalkForm(forms.Form):
    """When, where and with whom. Hours are those of the branch."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    hour = forms.TimeField(label=_("Time"), widget=TimeInput())
    minutes = forms.TypedChoiceField(
        label=_("How long"),
        coerce=int,
        choices=[(30, _("30 minutes")), (45, _("45 minutes")), (60, _("1 hour")), (90, _("1 hour 30"))],
        initial=45,
    )
    way = forms.ChoiceField(label=_("How"), choices=TalkWay.choices, initial=TalkWay.PLACE)
    where = forms.CharField(
        label=_("Where"),
        max_length=200,
        required=False,
        help_text=_("Address and floor, phone number, or the link of the call."),
    )
    host = forms.TypedChoiceField(label=_("With"), coerce=int)
    second = forms.TypedChoiceField(
        label=_("Second view"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Somebody else who forms their own view, without seeing yours."),
    )

    def __init__(self, *args: Any, hosts: list[Login], timezone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timezone = timezone
        choices = [(login.pk, str(login)) for login in hosts]
        self.by_id = {login.pk: login for login in hosts}
        self.fields["host"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["second"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Two views are formed by two people; meeting somewhere needs a where."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("second") and found.get("second") == found.get("host"):
            self.add_error("second", _("Choose two different people."))
        if found.get("way") == TalkWay.PLACE and not (found.get("where") or "").strip():
            self.add_error("where", _("Where do you meet?"))
        return found

    @property
    def starts_at(self) -> datetime:
        """The instant that day and hour mean in the branch."""
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        return datetime.combine(day, hour, tzinfo=ZoneInfo(self.timezone))

    @property
    def details(self) -> dict[str, Any]:
        """What the actions take."""
        said = self.cleaned_data
        return {
            "starts_at": self.starts_at,
            "minutes": said["minutes"],
            "way": TalkWay(said["way"]),
            "where": said["where"],
            "host": self.by_id[said["host"]],
        }


def day_and_hour(at: datetime, timezone: str) -> tuple[date, time]:
    """Return an instant as the two fields of the form."""
    local = at.astimezone(ZoneInfo(timezone))
    return local.date(), local.time().replace(second=0, microsecond=0)


class ReadersForm(forms.Form):
    """Who reads it is chosen before the first word."""

    readers = forms.ChoiceField(label=_("Who reads it"), choices=Readers.choices, widget=forms.RadioSelect)


def _scale_field(scale: Scale) -> forms.TypedChoiceField:
    """Five steps, with words for both ends and the middle."""
    return forms.TypedChoiceField(
        label=scale.name,
        coerce=int,
        required=False,
        empty_value=None,
        choices=[
            ("", _("I cannot say")),
            (1, format_lazy("1 · {}", scale.low)),
            (2, "2"),
            (3, format_lazy("3 · {}", scale.middle)),
            (4, "4"),
            (5, format_lazy("5 · {}", scale.high)),
        ],
        widget=forms.RadioSelect,
    )


class NotesForm(forms.Form):
    """The guide as a form; every field may stay empty: a talk is no interrogation."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: tuple[Question, ...], mentee: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[f"answer_{question.code}"] = forms.CharField(
                label=question.text,
                help_text=question.hint,
                max_length=ANSWER_LENGTH,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self._add_profile(mentee)
        for scale in SCALES:
            self.fields[scale.field] = _scale_field(scale)
        self.fields["would_not_meet"] = forms.CharField(
            label=_("Whom would you rather not meet?"),
            max_length=300,
            required=False,
            help_text=_("First name and last name, if known. No reason needed."),
        )
        self.fields["gender_wish"] = forms.ChoiceField(
            label=_("Would you rather meet a woman or a man?"),
            choices=[("", _("No wish")), *Gender.choices[:2]],
            required=False,
        )
        self.fields["can_wait_until"] = forms.DateField(
            label=_("Until when can you wait?"), widget=DateInput(), required=False
        )

    def _add_profile(self, mentee: bool) -> None:
        """What a talk often says anew about what the profile holds."""
        helps = "needs" if mentee else "strengths"
        self.profile_names = (helps, "languages", "slots", "interests")
        self.fields[helps] = forms.MultipleChoiceField(
            label=_("Needs") if mentee else _("Strengths"),
            choices=Need.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["languages"] = LanguagesField(
            label=_("Spoken languages"), required=False, help_text=_("For example: French B1, Tigrinya C2")
        )
        self.fields["slots"] = SlotsField(label=_("Availability"), required=False)
        self.fields["interests"] = WordsField(
            label=_("Interests"), required=False, help_text=_("With commas: cooking, football.")
        )

    def noted(self) -> dict[str, Any]:
        """Return what is valid so far: a draft keeps what it can."""
        said = self.cleaned_data
        names = [*(scale.field for scale in SCALES), "would_not_meet", "gender_wish", "can_wait_until"]
        fields: dict[str, Any] = {name: said[name] for name in names if name in said}
        codes = [question.code for question in self.questions]
        fields["profile"] = {name: said[name] for name in self.profile_names if name in said}
        fields["answers"] = {code: said[f"answer_{code}"] for code in codes if f"answer_{code}" in said}
        return fields


class AgreeForm(forms.Form):
    """One value per scale, chosen by both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for scale in SCALES:
            self.fields[scale.field] = forms.TypedChoiceField(
                label=scale.name,
                coerce=int,
                required=False,
                empty_value=None,
                choices=[("", _("Leave open")), *((number, str(number)) for number in range(1, 6))],
            )


class RuleForm(forms.Form):
    """What a human says of one rule."""

    answer = forms.ChoiceField(label=_("Answer"), choices=AnswerState.choices, widget=forms.RadioSelect)
    evidence = forms.ChoiceField(label=_("Proof seen"), required=False)
    seen_on = forms.DateField(label=_("Seen on"), widget=DateInput(), required=False)
    due_on = forms.DateField(label=_("Proof awaited by"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, rule: Rule, today: date, with_due: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": rule.code, **kwargs})
        self.rule, self.today = rule, today
        choices = [("", _("None yet")), *((item, item) for item in rule.evidence)]
        self.fields["evidence"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not rule.evidence:
            for name in ("evidence", "seen_on", "due_on"):
                del self.fields[name]
        elif not with_due:
            del self.fields["due_on"]

    def clean(self) -> dict[str, Any]:
        """A proof was seen on a day, and not on one to come."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        seen_on = found.get("seen_on")
        if found.get("evidence") and seen_on is None:
            self.add_error("seen_on", _("On which day did you see it?"))
        if seen_on is not None and seen_on > self.today:
            self.add_error("seen_on", _("This day is still to come."))
        return found

    def said(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        found = {name: self.cleaned_data.get(name) for name in ("seen_on", "due_on") if name in self.fields}
        evidence = self.cleaned_data.get("evidence") or ""
        return {"answer": Answer(self.cleaned_data["answer"]), "evidence": evidence, **found}


class DecisionForm(forms.Form):
    """Accept, put off or refuse; the reason is for counting, the letter says it in human words."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Why"), required=False, help_text=_("Not for yes. The letter says it in human words.")
    )
    until = forms.DateField(
        label=_("Until"), widget=DateInput(), required=False, help_text=_("Only when you put it off.")
    )
    sentence = forms.CharField(
        label=_("A sentence of your own"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands in the letter, as you write it."),
    )

    def __init__(self, *args: Any, side: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side, self.today = side, today
        grouped = [
            (str(Outcome(outcome).label), [(code, Reason(code).label) for code in REASONS[outcome][side]])
            for outcome in (Outcome.DEFERRED, Outcome.REFUSED)
        ]
        self.fields["reason"].choices = [("", "–"), *grouped]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Each decision asks for its own: a reason that goes with it, a date ahead."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        outcome = found.get("outcome")
        if outcome is None:
            return found
        wanted = REASONS[outcome][self.side]
        if wanted and found.get("reason") not in wanted and "reason" not in self.errors:
            self.add_error("reason", _("Choose a reason that goes with this decision."))
        if not wanted:
            found["reason"] = ""
        if outcome == Outcome.DEFERRED and "until" not in self.errors:
            if found.get("until") is None or found["until"] <= self.today:
                self.add_error("until", _("Until when? Choose a day to come."))
        elif outcome != Outcome.DEFERRED:
            found["until"] = None
        return found
