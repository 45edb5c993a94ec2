"""Concern files: who reads them, the clock, the log of each reading, the pause without a word, no copy."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import people as make
from tests.factories import support as app
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import DuoState
from traboule.apps.messages.actions.delivering import deliver_due
from traboule.apps.messages.actions.leaving import leave_step
from traboule.apps.messages.actions.receipts import record_stop
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Channel, Permission, Role
from traboule.apps.people.models import Person
from traboule.apps.people.queries import actor_of
from traboule.apps.privacy.actions.exporting import export_person
from traboule.apps.steps.models import OpenStep
from traboule.apps.support.actions.concerns import (
    ConcernClosed,
    NothingTold,
    StepNeedsDay,
    close_concern,
    pause_for_concern,
    read_concern,
    tell_concern,
    write_entry,
)
from traboule.apps.support.actions.settings import set_support
from traboule.apps.support.actions.ticks import tick_support
from traboule.apps.support.enums import Result
from traboule.apps.support.models import Concern
from traboule.apps.support.queries.concerns import as_lead, concerns_due, mark_for, rests_by_team
from traboule.core.actors import system
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
CANARY = "zebra-canary-of-a-worry"


def name_lead(branch: Branch, **fields: str) -> object:
    lead = make.login(Role.COORDINATOR, branch, **fields)
    set_support(
        branch=branch, months=[1], pulse_first=30, pulse_every=60, concern_lead=lead,
        by=make.actor(Role.DIRECTOR, branch), now=NOW,
    )  # fmt: skip
    return lead


def test_anybody_of_the_team_tells_and_only_the_direction_and_the_lead_read() -> None:
    duo = app.duo()
    row = app.concern(duo)
    lead = name_lead(duo.branch)
    coordinator = actor_of(duo.started_by)
    with pytest.raises(NotAllowed):
        read_concern(concern=row, by=as_lead(coordinator, duo.branch), now=NOW)
    read_concern(concern=row, by=as_lead(actor_of(lead), duo.branch), now=NOW)
    read_concern(concern=row, by=make.actor(Role.DIRECTOR, duo.branch), now=NOW)
    assert AuditEntry.objects.filter(verb="concern.read", subject_id=str(row.pk)).count() == 2


def test_the_lead_of_one_branch_is_nobody_in_another_and_nobody_after_leaving() -> None:
    duo, elsewhere = app.duo(), app.duo()
    lead = name_lead(duo.branch)
    assert as_lead(actor_of(lead), duo.branch).may(Permission.CONCERNS_SEE, duo.branch_id)
    assert not as_lead(actor_of(lead), elsewhere.branch).may(Permission.CONCERNS_SEE, elsewhere.branch_id)
    lead.grants.all().delete()  # type: ignore[attr-defined]  # the row of a login
    gone = actor_of(type(lead).objects.get(pk=lead.pk))  # type: ignore[attr-defined]  # the row of a login
    assert not as_lead(gone, duo.branch).may(Permission.CONCERNS_SEE, duo.branch_id)


def test_the_first_answer_is_due_on_the_next_working_day_and_the_lead_hears_without_a_name() -> None:
    duo = app.duo()
    name_lead(duo.branch, email="lead@example.org", name="Claire Vasseur")
    friday = NOW + timedelta(days=4)
    row = tell_concern(branch=duo.branch, duo=duo, person=duo.mentee, text=CANARY, by=app.LINK, now=friday)
    assert row.answer_due_on == date(2026, 3, 9)
    mail = Message.everywhere.get(kind="concern.new")
    assert mail.address == "lead@example.org"
    assert not any(word in mail.subject + mail.body for word in (CANARY, "Selam", "Anne"))


def test_each_file_is_told_of_after_a_stop_too_and_no_step_gives_it_away() -> None:
    duo, by = app.duo(), system("test")
    name_lead(duo.branch, email="lead@example.org")
    record_stop(channel=Channel.EMAIL, address="lead@example.org", person=None, by=by, now=NOW)
    for _ in range(2):
        tell_concern(branch=duo.branch, duo=duo, person=duo.mentee, text=CANARY, by=app.LINK, now=NOW)
    while deliver_due(by=by, now=NOW):
        pass
    states = Message.everywhere.filter(kind="concern.new").values_list("state", flat=True)
    assert list(states) == [DeliveryState.SENT] * 2
    mail = Message.everywhere.filter(kind="concern.new").first()
    assert mail is not None
    mail.state = DeliveryState.FAILED
    leave_step(mail, by=by, now=NOW)
    assert not OpenStep.everywhere.exists()


def test_it_stands_among_no_steps_and_is_counted_for_who_may_read() -> None:
    duo = app.duo()
    app.concern(duo)
    assert not OpenStep.everywhere.exists()
    chief = make.actor(Role.DIRECTOR, duo.branch)
    due = TODAY + timedelta(days=1)
    assert concerns_due(chief, duo.branch, due) == 1
    assert concerns_due(chief, duo.branch, TODAY) == 0
    assert concerns_due(actor_of(duo.started_by), duo.branch, due) == 0
    assert mark_for(actor_of(duo.started_by), duo) == []
    assert len(mark_for(chief, duo)) == 1


def test_a_late_file_reminds_the_lead_once_a_day() -> None:
    duo = app.duo()
    name_lead(duo.branch)
    app.concern(duo)
    for days in (1, 2, 2, 3):
        tick_support(NOW + timedelta(days=days))
    assert Message.everywhere.filter(kind="concern.late").count() == 2


def test_the_first_entry_stops_the_first_clock_and_dates_the_next_step() -> None:
    row = app.concern(app.duo())
    chief = make.actor(Role.DIRECTOR, row.branch)
    with pytest.raises(NothingTold):
        write_entry(concern=row, text=" ", by=chief, now=NOW)
    with pytest.raises(StepNeedsDay):
        write_entry(concern=row, text="Called.", next_step="Call again", by=chief, now=NOW)
    day = TODAY + timedelta(days=3)
    write_entry(concern=row, text="Called.", next_step="Call again", next_on=day, by=chief, now=NOW)
    row.refresh_from_db()
    assert (row.answered_at, row.next_on) == (NOW, day)


def test_a_pause_by_the_team_tells_both_the_same_and_nothing_of_why() -> None:
    duo = app.duo()
    row = app.concern(duo, text=CANARY)
    chief = make.actor(Role.DIRECTOR, duo.branch)
    pause_for_concern(concern=row, by=chief, now=NOW)
    duo.refresh_from_db()
    assert duo.state == DuoState.PAUSED
    assert rests_by_team(duo)
    texts = {
        message.body.replace(message.person.first_name, "") for message in
        Message.everywhere.filter(kind="duo.team_calls").select_related("person") if message.person
    }  # fmt: skip
    assert len(texts) == 1
    assert CANARY not in texts.pop()


def test_the_news_that_the_team_calls_is_of_the_day_of_the_branch_and_leaves_no_step_to_ask_about() -> None:
    duo = app.duo()
    Person.everywhere.filter(pk=duo.mentor_id).update(channel="phone")
    row = app.concern(duo)
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # half past midnight in Paris
    pause_for_concern(concern=row, by=make.actor(Role.DIRECTOR, duo.branch), now=late)
    keys = Message.everywhere.filter(kind="duo.team_calls").values_list("key", flat=True)
    assert {key.split(":")[3] for key in keys} == {"20260303"}
    assert not OpenStep.everywhere.filter(kind__startswith="message_").exists()


def test_a_file_is_closed_with_a_result_and_then_no_more_is_written() -> None:
    row = app.concern(app.duo())
    chief = make.actor(Role.DIRECTOR, row.branch)
    close_concern(concern=row, result=Result.ADVISED, text="They talked.", by=chief, now=NOW)
    with pytest.raises(ConcernClosed):
        write_entry(concern=row, text="More.", by=chief, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.everywhere.filter(pk=row.pk).update(result="")


def test_no_copy_of_anybody_s_data_holds_a_file_but_who_told_it_has_their_own_words() -> None:
    duo = app.duo()
    row = tell_concern(branch=duo.branch, duo=duo, person=duo.mentee, text=CANARY, by=app.LINK, now=NOW)
    chief = make.actor(Role.DIRECTOR, duo.branch)
    write_entry(concern=row, text="secret-entry", by=chief, now=NOW)

    def copy_of(person: object) -> str:
        content = export_person(person=person, by=chief, now=NOW)  # type: ignore[arg-type]  # a person
        return zipfile.ZipFile(io.BytesIO(content)).read("data.json").decode()

    mine, theirs = copy_of(duo.mentee), copy_of(duo.mentor)
    assert CANARY in mine
    assert "secret-entry" not in mine + theirs
    assert CANARY not in theirs
