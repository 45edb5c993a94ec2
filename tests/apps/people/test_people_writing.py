"""Adding, correcting, pausing, archiving."""

from datetime import date, timedelta

import pytest

from tests.factories.people import NOW, TODAY, actor, branch, coordinator, login, mentee, mentor
from traboule.apps.people.actions import (
    add_person,
    archive_person,
    bring_back_person,
    correct_person,
    finish_step,
    log_note,
    move_mentee,
    pause_person,
    resume_person,
)
from traboule.apps.people.actions._writing import UnknownField
from traboule.apps.people.actions.notes import StepWithoutDate
from traboule.apps.people.actions.persons import FileIdTaken
from traboule.apps.people.actions.states import MoveNotAllowed, StillEngaged
from traboule.apps.people.enums import MenteeState, MentorState, NoteKind, Role, Side
from traboule.apps.people.models import Consent, MenteeProfile, MentorProfile, Note, Person
from traboule.apps.people.queries import actor_of, find_person, people_list, person_page
from traboule.core.actors import system
from traboule.core.audit import check_chain, entries
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.core.registry import STILL_OPEN

pytestmark = pytest.mark.django_db

SELAM = {
    "first_name": "Selam",
    "last_name": "Haile",
    "birth_date": date(2003, 5, 4),
    "phone": "+33612345678",
    "channel": "sms",
    "contact_language": "ti",
    "postcode": "69009",
    "languages": [("ti", 6), ("fr", 2)],
    "occupations": [],
    "slots": 0b101,
    "consent": True,
}


def test_a_mentee_who_is_added_waits_from_today_in_the_pool() -> None:
    here = branch()
    selam = add_person(branch=here, side=Side.MENTEE, fields=SELAM, by=coordinator(here), now=NOW)
    profile = MenteeProfile.everywhere.get(person=selam)
    assert (profile.state, profile.waiting_since) == (MenteeState.POOL, TODAY)
    assert sorted(selam.languages.values_list("code", "level")) == [("fr", 2), ("ti", 6)]


def test_a_postcode_becomes_a_point_and_the_name_of_a_commune() -> None:
    here = branch()
    selam = add_person(branch=here, side=Side.MENTEE, fields=SELAM, by=coordinator(here), now=NOW)
    assert selam.commune_code == "69389"
    assert selam.latitude == pytest.approx(45.77, abs=0.05)
    assert "Lyon" in selam.commune_name


def test_a_consent_remembers_who_collected_it_and_in_which_language() -> None:
    here = branch()
    anne = coordinator(here)
    selam = add_person(branch=here, side=Side.MENTEE, fields=SELAM, by=anne, now=NOW)
    consent = Consent.everywhere.get(person=selam)
    assert (consent.language, consent.channel, consent.collected_by_id) == ("ti", "sms", anne.id)


def test_a_mentor_is_ready_once_trained_and_not_before() -> None:
    here = branch()
    anne = coordinator(here)
    fields = {"first_name": "Paul", "last_name": "Roux", "postcode": "69003", "generalist": True}
    paul = add_person(branch=here, side=Side.MENTOR, fields=fields, by=anne, now=NOW)
    assert MentorProfile.everywhere.get(person=paul).state == MentorState.NEW
    correct_person(person=paul, fields={"trained_on": TODAY}, by=anne, now=NOW)
    assert MentorProfile.everywhere.get(person=paul).state == MentorState.POOL


def test_an_unknown_field_is_refused_by_name() -> None:
    here = branch()
    with pytest.raises(UnknownField, match="nationality"):
        add_person(branch=here, side=Side.MENTEE, fields={"nationality": "x"}, by=coordinator(here), now=NOW)


def test_two_people_of_a_branch_cannot_share_an_id_of_the_files() -> None:
    here = branch()
    anne = coordinator(here)
    add_person(branch=here, side=Side.MENTEE, fields={**SELAM, "external_id": "a1"}, by=anne, now=NOW)
    with pytest.raises(FileIdTaken):
        add_person(branch=here, side=Side.MENTOR, fields={"external_id": "a1"}, by=anne, now=NOW)


def test_a_correction_changes_what_it_names_and_the_audit_lists_names_without_values() -> None:
    here = branch()
    person = mentee(here, first_name="Selma")
    correct_person(person=person, fields={"first_name": "Selam"}, by=coordinator(here), now=NOW)
    person.refresh_from_db()
    assert (person.first_name, person.last_name) == ("Selam", person.last_name)
    entry = entries(here.pk).get()
    assert entry.facts == {"fields": ["first_name"]}
    assert "Selam" not in str(entry.facts)


def test_a_correction_that_changes_nothing_leaves_no_trace() -> None:
    here = branch()
    person = mentee(here, first_name="Selam")
    correct_person(person=person, fields={"first_name": "Selam"}, by=coordinator(here), now=NOW)
    assert not entries(here.pk).exists()


def test_a_corrected_person_is_found_by_the_new_name_without_accents() -> None:
    here = branch()
    anne = coordinator(here)
    person = mentee(here, first_name="Zoe")
    correct_person(person=person, fields={"first_name": "Éloïse"}, by=anne, now=NOW)
    assert list(people_list(actor=anne, branch=here, text="eloise")) == [person]


def test_a_new_postcode_moves_the_person_and_an_unknown_one_empties_the_point() -> None:
    here = branch()
    anne = coordinator(here)
    person = mentee(here)
    moved = correct_person(person=person, fields={"postcode": "59000"}, by=anne, now=NOW)
    assert moved.commune_name == "Lille"
    lost = correct_person(person=person, fields={"postcode": "00000"}, by=anne, now=NOW)
    assert (lost.latitude, lost.commune_code) == (None, "00000") or lost.latitude is None


def test_a_pause_takes_a_mentee_out_of_the_pool_and_resuming_keeps_the_waiting_date() -> None:
    here = branch()
    anne = coordinator(here)
    person = mentee(here, waiting_since=date(2026, 2, 1))
    pause_person(person=person, until=date(2026, 4, 1), by=anne, now=NOW)
    profile = MenteeProfile.everywhere.get(person=person)
    assert (profile.state, profile.paused_until) == (MenteeState.PAUSED, date(2026, 4, 1))
    resume_person(person=person, by=anne, now=NOW)
    profile.refresh_from_db()
    assert (profile.state, profile.paused_until) == (MenteeState.POOL, None)
    assert profile.waiting_since == date(2026, 2, 1)


def test_who_is_not_paused_cannot_be_resumed() -> None:
    here = branch()
    with pytest.raises(MoveNotAllowed):
        resume_person(person=mentor(here), by=coordinator(here), now=NOW)


def test_an_archived_person_leaves_the_list_and_can_come_back_to_the_end_of_the_line() -> None:
    here = branch()
    anne = coordinator(here)
    person = mentee(here, waiting_since=date(2026, 1, 1))
    archive_person(person=person, by=anne, now=NOW)
    assert list(people_list(actor=anne, branch=here)) == []
    assert list(people_list(actor=anne, branch=here, archived=True)) == [person]
    bring_back_person(person=person, by=anne, now=NOW)
    profile = MenteeProfile.everywhere.get(person=person)
    assert (profile.state, profile.waiting_since) == (MenteeState.POOL, TODAY)


def test_archiving_twice_is_written_once() -> None:
    here = branch()
    anne = coordinator(here)
    person = archive_person(person=mentor(here), by=anne, now=NOW)
    archive_person(person=person, by=anne, now=NOW + timedelta(days=1))
    assert entries(here.pk).filter(verb="person.archived").count() == 1


def test_a_person_with_something_open_is_not_archived(monkeypatch: pytest.MonkeyPatch) -> None:
    here = branch()
    person = mentor(here)
    monkeypatch.setitem(STILL_OPEN._handlers, "test", lambda pk: ["a_duo_runs"] if pk == person.pk else [])
    with pytest.raises(StillEngaged) as refused:
        archive_person(person=person, by=coordinator(here), now=NOW)
    assert refused.value.codes == ["a_duo_runs"]
    person.refresh_from_db()
    assert person.archived_at is None


def test_a_mentee_moves_from_the_pool_into_a_duo_but_not_from_a_pause() -> None:
    here = branch()
    anne = coordinator(here)
    waiting = mentee(here)
    moved = move_mentee(mentee=waiting.mentee, to=MenteeState.MATCHED, by=anne, now=NOW)
    assert moved.state == MenteeState.MATCHED
    paused = mentee(here, state=MenteeState.PAUSED)
    with pytest.raises(MoveNotAllowed):
        move_mentee(mentee=paused.mentee, to=MenteeState.MATCHED, by=anne, now=NOW)


def test_a_call_counts_as_contact_and_its_step_belongs_to_its_author() -> None:
    here = branch()
    anne = login(Role.COORDINATOR, here)
    person = mentee(here)
    later = NOW + timedelta(days=2)
    note = log_note(
        person=person,
        text="She would like to meet on Tuesdays.",
        kind=NoteKind.CALL,
        next_step="Call back",
        next_step_on=TODAY + timedelta(days=7),
        by=actor_of(anne),
        now=later,
    )
    person.refresh_from_db()
    assert person.last_contact_at == later
    assert note.step_owner == anne
    done = finish_step(note=note, by=actor_of(anne), now=later)
    assert (done.done_at, done.done_by) == (later, anne)
    assert finish_step(note=note, by=actor_of(anne), now=later + timedelta(days=1)).done_at == later


def test_a_next_step_without_a_date_is_refused() -> None:
    here = branch()
    with pytest.raises(StepWithoutDate):
        log_note(person=mentee(here), text="…", next_step="Call", by=coordinator(here), now=NOW)


def test_the_text_of_a_note_never_enters_the_audit_log() -> None:
    here = branch()
    log_note(person=mentee(here), text="canary-text", by=coordinator(here), now=NOW)
    assert "canary-text" not in str(list(entries(here.pk).values()))


def test_the_system_writes_no_notes() -> None:
    with pytest.raises(NotAllowed):
        log_note(person=mentee(), text="…", by=system("test"), now=NOW)


def test_a_coordinator_of_another_branch_finds_nobody_and_changes_nobody() -> None:
    here, elsewhere = branch(), branch()
    person = mentee(here)
    stranger = coordinator(elsewhere)
    with pytest.raises(NotVisible):
        find_person(actor=stranger, branch=here, pk=person.pk)
    with pytest.raises(NotVisible):
        find_person(actor=stranger, branch=elsewhere, pk=person.pk)
    for act in (
        lambda: correct_person(person=person, fields={"first_name": "X"}, by=stranger, now=NOW),
        lambda: pause_person(person=person, until=None, by=stranger, now=NOW),
        lambda: archive_person(person=person, by=stranger, now=NOW),
        lambda: log_note(person=person, text="…", by=stranger, now=NOW),
    ):
        with pytest.raises(NotVisible):
            act()
    assert not Note.everywhere.exists()


@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE, Role.REFERRER, Role.FUNDER, Role.DPO])
def test_roles_without_people_are_refused_within_their_branch(role: Role) -> None:
    here = branch()
    person = mentee(here)
    with pytest.raises(NotAllowed):
        person_page(actor=actor(role, here), branch=here, pk=person.pk)
    with pytest.raises(NotAllowed):
        correct_person(person=person, fields={"first_name": "X"}, by=actor(role, here), now=NOW)


def test_everything_that_was_done_stands_in_a_chain_that_holds() -> None:
    here = branch()
    anne = coordinator(here)
    selam = add_person(branch=here, side=Side.MENTEE, fields=SELAM, by=anne, now=NOW)
    pause_person(person=selam, until=None, by=anne, now=NOW)
    resume_person(person=selam, by=anne, now=NOW)
    archive_person(person=selam, by=anne, now=NOW)
    verbs = [entry.verb for entry in entries(here.pk).order_by("sequence")]
    assert verbs == ["person.added", "person.paused", "person.resumed", "person.archived"]
    assert check_chain(here.pk) is None


def test_the_page_of_a_person_shows_notes_open_steps_and_history() -> None:
    here = branch()
    anne = coordinator(here)
    selam = add_person(branch=here, side=Side.MENTEE, fields=SELAM, by=anne, now=NOW)
    log_note(person=selam, text="n", next_step="Call", next_step_on=TODAY, by=anne, now=NOW)
    page = person_page(actor=anne, branch=here, pk=selam.pk)
    assert [note.next_step for note in page.open_steps] == ["Call"]
    assert [entry.verb for entry in page.history] == ["note.logged", "person.added"]
    assert page.mentor is None
    assert Person.everywhere.get().display_name == "Selam Haile"
