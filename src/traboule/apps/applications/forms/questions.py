"""All groups of an application together: on one page at the desk, and before it is sent."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.forms.boundfield import BoundField

from traboule.apps.applications.enums import Source
from traboule.apps.applications.forms.applications import CONSENTS, ESSENTIALS, GROUPS
from traboule.apps.applications.forms.groups import GroupForm
from traboule.apps.people.enums import ConsentPurpose

Answers = Mapping[str, Mapping[str, Sequence[str]]]


def typed_in(group: str, data: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what was typed into the fields of a group; ``data`` is a QueryDict."""
    names = [*GROUPS[group].base_fields]
    if group == "live":
        names += [f"{word}_{number}" for number in range(1, 5) for word in ("language", "level")]
    getlist = data.getlist  # type: ignore[attr-defined]  # a QueryDict
    return {name: getlist(name) for name in names if name in data}


def group_form(
    group: str,
    *,
    side: str,
    today: date,
    source: str = Source.SELF,
    country: str = "FR",
    answers: Answers | None = None,
    initial: Mapping[str, Any] | None = None,
) -> GroupForm:
    """Return the form of one group: filled with what was typed, empty where nothing was."""
    form = GROUPS[group]
    held = (answers or {}).get(group)
    found = form(held, side=side, today=today, source=source, country=country, initial=dict(initial or {}))
    if source != Source.REFERRER and "referrer_news" in found.fields:
        del found.fields["referrer_news"]
    return found


class Questions:
    """Every group, checked as one form: what the summary of errors and the page of the desk read."""

    def __init__(
        self,
        *,
        side: str,
        today: date,
        source: str = Source.SELF,
        country: str = "FR",
        answers: Answers | None = None,
        groups: Sequence[str] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        kept = answers or {}
        keys = groups or [*ESSENTIALS, *(key for key in GROUPS if key not in ESSENTIALS and key in kept)]
        self.is_bound = answers is not None
        # An essential group that nobody has seen yet is not right: it is checked as an empty one.
        full = {key: kept.get(key, {}) for key in keys} if self.is_bound else {}
        self.forms = [
            group_form(
                key,
                side=side,
                today=today,
                source=source,
                country=country,
                answers=full,
                initial=initial,
            )
            for key in keys
        ]

    def __iter__(self) -> Iterator[BoundField]:
        return (field for form in self.forms for field in form)

    @property
    def errors(self) -> dict[str, Any]:
        """The errors of every group."""
        return {name: found for form in self.forms for name, found in form.errors.items()}

    def non_field_errors(self) -> list[Any]:
        """Errors that belong to no field."""
        return [error for form in self.forms for error in form.non_field_errors()]

    def is_valid(self) -> bool:
        """Say whether every group is right."""
        return not self.wrong_groups

    @property
    def wrong_groups(self) -> list[str]:
        """The groups that are not right yet, in their order."""
        return [form.key for form in self.forms if not form.is_valid()]

    @property
    def warnings(self) -> list[Any]:
        """What is unusual; a person decides about it."""
        return [warning for form in self.forms for warning in form.warnings]

    def cleaned_fields(self) -> dict[str, Any]:
        """Return ``fields`` for ``send_application``."""
        return {name: value for form in self.forms for name, value in form.fields_for_person().items()}

    def consents(self) -> list[ConsentPurpose]:
        """Return what was agreed to."""
        agreed = next(form for form in self.forms if form.key == "agree").cleaned_data
        return [purpose for name, purpose in CONSENTS.items() if agreed.get(name)]
