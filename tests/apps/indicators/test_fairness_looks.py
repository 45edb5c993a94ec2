"""Looks at the fairness of the path: once a month, by lawful groups, with notes that nobody changes."""

from datetime import timedelta

import pytest

from tests.factories import people as make
from tests.factories.boards import ended_duos
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.indicators.actions.fairness import make_look, tick_fairness, write_note
from traboule.apps.indicators.models import FairnessLook
from traboule.apps.indicators.queries.fairness import is_unanswered, look_of, notes_of
from traboule.apps.people.enums import Role
from traboule.apps.people.queries import actor_of
from traboule.core.actors import system
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
BY = system("test")


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


def test_a_difference_between_women_and_men_is_seen(lyon: Branch) -> None:
    login = make.login(Role.COORDINATOR, lyon)
    ended_duos(lyon, 40, by=login, gender="f")
    ended_duos(lyon, 10, by=login, gender="f", days=60)
    ended_duos(lyon, 10, by=login, gender="m")
    ended_duos(lyon, 40, by=login, gender="m", days=60)
    look = make_look(branch=lyon, by=BY, now=NOW)
    [breaks] = [one for one in look.data if (one["aspect"], one["by"]) == ("breaks", "sex")]
    said = {row["value"]: row for row in breaks["rows"]}
    assert said["m"]["heard"] == said["f"]["heard"] == "differs"
    assert said["m"]["counts"] == [50, 40, 10, 0]
    assert said["m"]["difference"][0] == pytest.approx(0.6)
    assert {one["by"] for one in look.data} == {"sex", "age_band", "schooling"}


def test_a_month_is_looked_at_once_and_stands(lyon: Branch) -> None:
    tick_fairness(NOW)
    first = FairnessLook.everywhere.get(branch=lyon)
    ended_duos(lyon, 30, by=make.login(Role.COORDINATOR, lyon))
    tick_fairness(NOW + timedelta(hours=5))
    assert FairnessLook.everywhere.get(branch=lyon).data == first.data
    tick_fairness(NOW + timedelta(days=32))
    assert FairnessLook.everywhere.filter(branch=lyon).count() == 2


def test_a_note_is_kept_audited_and_the_month_waits_no_more(lyon: Branch) -> None:
    director = actor_of(make.login(Role.DIRECTOR, lyon))
    assert not is_unanswered(actor=director, branch=lyon)
    look = make_look(branch=lyon, by=BY, now=NOW)
    assert is_unanswered(actor=director, branch=lyon)
    write_note(look=look, seen="Men wait longer.", doing="An evening in January.", by=director, now=NOW)
    write_note(look=look, seen="Still so.", doing="A second evening.", by=director, now=NOW)
    assert not is_unanswered(actor=director, branch=lyon)
    assert {note.seen for note in notes_of(look)} == {"Men wait longer.", "Still so."}
    entries = AuditEntry.objects.filter(verb="fairness.noted", scope=str(lyon.pk))
    assert entries.count() == 2
    assert "Men wait" not in str([entry.facts for entry in entries])


def test_a_coordinator_neither_sees_nor_writes_nor_is_asked(lyon: Branch) -> None:
    look = make_look(branch=lyon, by=BY, now=NOW)
    coordinator = actor_of(make.login(Role.COORDINATOR, lyon))
    assert not is_unanswered(actor=coordinator, branch=lyon)
    with pytest.raises(NotAllowed):
        look_of(actor=coordinator, branch=lyon, month=None)
    with pytest.raises(NotAllowed):
        write_note(look=look, seen="a", doing="b", by=coordinator, now=NOW)
