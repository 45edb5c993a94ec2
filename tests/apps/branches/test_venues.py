"""Places and rooms: written down, looked up, corrected."""

import pytest

from tests.factories import people as factory
from tests.factories import places
from tests.factories.people import NOW
from traboule.apps.branches import actions, queries
from traboule.apps.branches.forms import VenueForm
from traboule.apps.people.enums import Role
from traboule.core import audit
from traboule.core.permissions import NotAllowed, NotVisible

pytestmark = pytest.mark.django_db
DUCHERE = {"name": "La Duchère", "address": "25 avenue Rosa Parks", "postcode": "69009"}


def test_a_place_is_found_on_the_map_by_its_postcode_and_leaves_a_trace() -> None:
    branch = factory.branch()
    venue = actions.add_venue(branch=branch, fields=DUCHERE, by=factory.coordinator(branch), now=NOW)
    assert venue.commune_name == "Lyon 9e Arrondissement"
    assert venue.latitude == pytest.approx(45.78, abs=0.05)
    assert venue.full_address == "25 avenue Rosa Parks, 69009 Lyon 9e"
    assert [entry.verb for entry in audit.entries(branch.pk)] == ["venue.added"]


def test_a_name_is_given_once_in_a_branch_and_a_room_once_in_a_place() -> None:
    branch = factory.branch()
    by = factory.coordinator(branch)
    venue = actions.add_venue(branch=branch, fields=DUCHERE, by=by, now=NOW)
    actions.add_venue(branch=factory.branch(), fields=DUCHERE, by=factory.actor(Role.ADMINISTRATOR), now=NOW)
    room = actions.add_room(venue=venue, fields={"name": "Basement", "capacity": 12}, by=by, now=NOW)
    with pytest.raises(actions.PlaceNameTaken):
        actions.add_venue(branch=branch, fields=DUCHERE, by=by, now=NOW)
    with pytest.raises(actions.PlaceNameTaken):
        actions.add_room(venue=venue, fields={"name": "Basement", "capacity": 3}, by=by, now=NOW)
    changed = actions.change_room(room=room, fields={"name": "Basement", "capacity": 3}, by=by, now=NOW)
    assert changed.capacity == 3


def test_only_who_may_write_training_writes_places_and_others_see_no_other_branch() -> None:
    branch, other = factory.branch(), factory.branch()
    with pytest.raises(NotAllowed):
        actions.add_venue(branch=branch, fields=DUCHERE, by=factory.actor(Role.MENTOR, branch), now=NOW)
    room = places.room(other)
    with pytest.raises(NotVisible):
        queries.find_room(actor=factory.coordinator(branch), branch=branch, pk=room.pk)


def test_the_form_takes_a_commune_for_a_postcode_and_says_what_it_does_not_know() -> None:
    form = VenueForm({"name": "A", "address": "B", "postcode": "Villeurbanne", "is_active": "on"})
    assert form.is_valid()
    assert form.cleaned_fields()["postcode"] == "69100"
    assert not VenueForm({"name": "A", "address": "B", "postcode": "00000"}).is_valid()
