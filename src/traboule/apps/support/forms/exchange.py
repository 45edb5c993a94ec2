"""A group, its members, a gathering, the notes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.branches.queries import rooms_of
from traboule.apps.people.forms.persons import DateInput
from traboule.apps.training.forms.sessions import TimeInput


class GroupForm(forms.Form):
    """Name, and who brings the group together."""

    name = forms.CharField(label=_("Name of the group"), max_length=80)
    coordinator = forms.ChoiceField(label=_("Who brings it together?"))

    def __init__(self, *args: Any, team: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._team = {str(login.pk): login for login in team}
        field = self.fields["coordinator"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above; for the type checker
        field.choices = [(key, str(login)) for key, login in self._team.items()]

    def chosen_coordinator(self) -> Any:
        """Return the login that was chosen."""
        return self._team[self.cleaned_data["coordinator"]]


class MemberForm(forms.Form):
    """Whom to take into a group."""

    person = forms.ChoiceField(label=_("Who joins?"))

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(row.pk): row for row in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above; for the type checker
        field.choices = [(key, row.display_name) for key, row in self._people.items()]

    def chosen_person(self) -> Any:
        """Return the mentor who was chosen."""
        return self._people[self.cleaned_data["person"]]


class GatheringForm(forms.Form):
    """When, where, for how many, about what."""

    topic = forms.CharField(label=_("Topic"), max_length=120, required=False)
    day = forms.DateField(label=_("Day"), widget=DateInput())
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput())
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput())
    room: Any = forms.ModelChoiceField(
        label=_("Room"), queryset=None, required=False, empty_label=_("Elsewhere")
    )
    place = forms.CharField(label=_("Place, if it is elsewhere"), max_length=160, required=False)
    places = forms.IntegerField(label=_("Places"), min_value=2, max_value=100, initial=12)

    def __init__(self, *args: Any, branch: Branch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = ZoneInfo(branch.timezone)
        room = self.fields["room"]
        assert isinstance(room, forms.ModelChoiceField)  # noqa: S101 -- declared above; for the type checker
        room.queryset = rooms_of(branch)

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning, and somewhere it must be."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = found.get("begins"), found.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("The end comes after the beginning."))
        if not found.get("room") and not found.get("place"):
            self.add_error("place", _("Where is it? Choose a room, or write a place."))
        return found

    def values(self) -> dict[str, Any]:
        """Return the fields of ``actions.exchange.plan_gathering``."""
        found = self.cleaned_data
        return {
            "starts_at": datetime.combine(found["day"], found["begins"], tzinfo=self._zone),
            "ends_at": datetime.combine(found["day"], found["ends"], tzinfo=self._zone),
            "room": found["room"],
            "place": "" if found["room"] else found["place"],
            "places": found["places"],
            "topic": found["topic"],
        }


class NotesForm(forms.Form):
    """What was said, without the name of anybody who is accompanied."""

    notes = forms.CharField(
        label=_("What was said"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What helped, what to try. No names of mentees."),
    )
