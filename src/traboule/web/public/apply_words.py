"""The answers of an application in words: for the last page before sending, and for the team."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from traboule.apps.applications.forms.questions import Questions
from traboule.apps.people.validators import slot_names
from traboule.web.coordinator import wording
from traboule.web.templatetags.traboule import say_day_of_life

MISSING = "–"


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what was said."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class AnsweredGroup:
    """One group, whether it is right, and its answers."""

    key: str
    title: str
    is_right: bool
    answers: list[Answer]


def answered_groups(questions: Questions) -> list[AnsweredGroup]:
    """Return every group with its answers in words."""
    return [
        AnsweredGroup(form.key, str(form.title), form.is_valid(), _answers(form)) for form in questions.forms
    ]


def _answers(form: Any) -> list[Answer]:
    if form.key == "time":
        slots = form.cleaned_data.get("slots", 0) if form.is_valid() else 0
        said = ", ".join(wording.slot(name) for name in slot_names(slots))
        return [Answer(str(form["slots"].label), said or MISSING)]
    if form.key == "live":
        return _live(form)
    return [Answer(str(field.label), _said(field)) for field in form if not _is_empty(field)]


def _live(form: Any) -> list[Answer]:
    spoken = []
    for number in range(1, 5):
        if form[f"language_{number}"].value():
            level = dict(form.fields[f"level_{number}"].choices).get(_number(form[f"level_{number}"].value()))
            said = str(form[f"language_{number}"].value())
            spoken.append(f"{said} ({level})" if level else said)
    places = [Answer(str(form["postcode"].label), str(form["postcode"].value() or MISSING))]
    return [*places, Answer(gettext("Languages"), ", ".join(spoken) or MISSING)]


def _number(value: Any) -> Any:
    return int(value) if str(value).isdigit() else value


def _is_empty(field: Any) -> bool:
    """What is optional and was left out is not repeated; what is needed is shown as missing."""
    return not field.value() and not field.field.required


def _said(field: Any) -> str:
    value = field.value()
    if field.widget_type == "checkbox":
        return gettext("yes") if value else gettext("no")
    if (
        field.name == "birth_date"
        and field.form.is_valid()
        and (born := field.form.cleaned_data["birth_date"])
    ):
        return say_day_of_life(born)
    if field.name == "contact_language":
        return wording.language(str(value)) if value else MISSING
    choices = dict(getattr(field.field, "choices", ()))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(one, one)) for one in values if one) or MISSING
