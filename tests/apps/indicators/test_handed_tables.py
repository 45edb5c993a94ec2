"""Tables that went out: kept as counts, given again as they were; later ones hide what both would tell."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from tests.factories import outcomes as tell
from tests.factories import people as make
from tests.factories import support as app
from traboule.apps.branches.models import Branch
from traboule.apps.indicators.actions import funder_tables as actions
from traboule.apps.indicators.actions.demo import fill_demo
from traboule.apps.indicators.actions.funder_tables import Overtaken, hand_out_table
from traboule.apps.indicators.guards_handed import install_after_migrate
from traboule.apps.indicators.models import HandedTable
from traboule.apps.indicators.models.handed import HandedOut
from traboule.apps.indicators.queries.funder_tables import Wish
from traboule.apps.indicators.queries.handed import offered, table_of
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor, system
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed
from traboule.kernel.exchange.crosstable import TOTAL

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()
MARCH, APRIL = TODAY - timedelta(days=60), TODAY - timedelta(days=30)
JOB = "stable_job_from_start"
BY_SEX = Wish("sex", "", (JOB,))


def mentees(branch: Branch, number: int, *, began: date | None = None, gender: str = "f") -> list[Person]:
    found = []
    for _ in range(number):
        duo = app.duo(branch, started_on=began or TODAY - timedelta(days=500))
        Person.everywhere.filter(pk=duo.mentee_id).update(gender=gender)
        found.append(duo.mentee)
    return found


def director(branch: Branch) -> Actor:
    return actor_of(make.login(Role.DIRECTOR, branch))


def went_out(branch: Branch, by: Actor, wish: Wish = BY_SEX, as_of: date = MARCH) -> HandedTable:
    return hand_out_table(branch=branch, wish=wish, as_of=as_of, by=by, now=NOW)


def women(branch: Branch, by: Actor, wish: Wish = BY_SEX, as_of: date = APRIL) -> int | None:
    return offered(actor=by, branch=branch, wish=wish, as_of=as_of).table.people("f")


def test_what_went_out_is_kept_as_counts_and_written_down() -> None:
    lyon = make.branch(slug="lyon")
    mentees(lyon, 8)
    kept = went_out(lyon, director(lyon))
    assert [kept.down, kept.as_of, kept.floor] == ["sex", MARCH, 5]
    assert [name for name, _version, _digest in kept.definitions] == [JOB]
    assert ["f", TOTAL, "", "", 8] in kept.cells
    entry = AuditEntry.objects.get(verb="funder_table.handed_out")
    assert entry.facts["digest"] == kept.digest
    assert table_of(kept).people("f") == 8


def test_one_woman_who_joined_since_is_not_told_by_the_next_table() -> None:
    lyon = make.branch(slug="lyon")
    mentees(lyon, 20)
    mentees(lyon, 1, began=MARCH + timedelta(days=3))
    by = director(lyon)
    assert women(lyon, by) == 21
    went_out(lyon, by)
    offer = offered(actor=by, branch=lyon, wish=BY_SEX, as_of=APRIL)
    assert (offer.table.people("f"), offer.earlier) == (None, 1)
    assert offer.because > 0


def test_five_who_joined_are_told() -> None:
    lyon = make.branch(slug="lyon")
    mentees(lyon, 20)
    mentees(lyon, 5, began=MARCH + timedelta(days=3))
    by = director(lyon)
    went_out(lyon, by)
    assert women(lyon, by) == 25


def test_another_branch_and_another_period_are_no_reason_to_hide() -> None:
    lyon, lille = make.branch(slug="lyon"), make.branch(slug="lille")
    mentees(lyon, 20)
    mentees(lille, 21)
    went_out(lyon, director(lyon))
    assert women(lille, director(lille)) == 21


def test_a_period_of_one_day_less_does_not_tell_who_began_on_it() -> None:
    lyon = make.branch(slug="lyon")
    mentees(lyon, 20)
    mentees(lyon, 2, began=TODAY - timedelta(days=400))
    by = director(lyon)
    went_out(lyon, by)
    assert women(lyon, by, Wish("sex", "", (JOB,), until=TODAY - timedelta(days=401)), MARCH) is None


def test_the_same_table_goes_out_as_it_was_and_is_kept_once() -> None:
    lyon = make.branch(slug="lyon")
    found = mentees(lyon, 20)
    by = director(lyon)
    first = went_out(lyon, by)
    starts_on = TODAY - timedelta(days=450)
    tell.told(found[0], starts_on=starts_on, contract="permanent", now=NOW - timedelta(days=440))
    assert went_out(lyon, by) == first
    assert HandedTable.everywhere.count() == 1


def test_an_answer_that_came_late_is_not_told_by_the_next_table() -> None:
    """Nobody was known to have a job; then one says that she has had one for long."""
    lyon = make.branch(slug="lyon")
    found = mentees(lyon, 20)
    by = director(lyon)
    before = went_out(lyon, by)
    unknown = table_of(before).figure("f", TOTAL, JOB).unknown
    starts_on = TODAY - timedelta(days=450)
    tell.told(found[0], starts_on=starts_on, contract="permanent", now=NOW - timedelta(days=440))
    later = offered(actor=by, branch=lyon, wish=BY_SEX, as_of=APRIL).table.figure("f", TOTAL, JOB)
    assert unknown == 20
    assert (later.yes, later.unknown) == (None, None)


def test_it_is_worked_out_again_if_another_one_went_out_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    lyon = make.branch(slug="lyon")
    mentees(lyon, 8)
    by, real = director(lyon), actions.offered
    asked: list[Wish] = []

    def meanwhile(*, wish: Wish, **more: object) -> object:
        found = real(wish=wish, **more)  # type: ignore[arg-type]  # as it was asked
        asked.append(wish)
        if len(asked) == 1:
            went_out(lyon, by, Wish("age_band", "", (JOB,)))
        return found

    monkeypatch.setattr(actions, "offered", meanwhile)
    went_out(lyon, by)
    assert asked == [BY_SEX, Wish("age_band", "", (JOB,)), BY_SEX]
    monkeypatch.setattr(actions, "_kept", lambda *_args: None)
    with pytest.raises(Overtaken):
        went_out(lyon, by, Wish("schooling", "", (JOB,)))


def test_a_mentor_hands_nothing_out() -> None:
    lyon = make.branch(slug="lyon")
    with pytest.raises(NotAllowed):
        went_out(lyon, actor_of(make.login(Role.MENTOR, lyon)))


def test_what_went_out_stands() -> None:
    lyon = make.branch(slug="lyon")
    mentees(lyon, 8)
    kept = went_out(lyon, director(lyon))
    for door in (kept.save, kept.delete, HandedTable.everywhere.all().delete):
        with pytest.raises(HandedOut):
            door()
    with pytest.raises(HandedOut):
        HandedTable.everywhere.update(down="age_band")
    kept.cells = [*kept.cells[1:]]
    with pytest.raises(ValueError, match="not the one"):
        table_of(kept)


@override_settings(TRABOULE_AUDIT_DELETE_GUARD=True)
@pytest.mark.parametrize("change", ["UPDATE {} SET down = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_too(change: str) -> None:
    lyon = make.branch(slug="lyon")
    mentees(lyon, 8)
    went_out(lyon, director(lyon))
    install_after_migrate()
    try:
        with pytest.raises(DatabaseError, match="stands"), transaction.atomic():
            connection.cursor().execute(change.format("indicators_handedtable"))
    finally:
        with override_settings(TRABOULE_AUDIT_DELETE_GUARD=False):
            install_after_migrate()


def test_in_the_demo_a_table_went_out() -> None:
    lyon = make.branch(slug="lyon")
    mentees(lyon, 8)
    loaded = SimpleNamespace(branches={"lyon": lyon}, logins={"agnes": make.login(Role.DIRECTOR)})
    fill_demo(loaded, None, system("demo"), NOW)
    assert [(row.down, len(row.definitions)) for row in HandedTable.everywhere.all()] == [("sex", 2)]
