"""Erasing a person: what was theirs is nowhere, what counts is unchanged, the audit chain holds."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncMonth

from tests.apps.privacy.planting import CANARY, Planter, dump
from tests.factories import exchange, judging, outcomes, sessions, training
from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.models import Application, Booking, BranchClosing, ClosingPerson
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import close_duo
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Agreement, Duo, Signature
from traboule.apps.endings.models import MentorChoice
from traboule.apps.followups.models import FollowUp
from traboule.apps.pairing.models import MatchRun, Proposal
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role, Side
from traboule.apps.people.models import ImportRun, Login, Note, Person
from traboule.apps.privacy.actions import ErasureRefused, erase_person, lift_hold, replay_ledger, set_hold
from traboule.apps.privacy.enums import EraseReason
from traboule.apps.privacy.models import ErasureEntry
from traboule.apps.training.models import ConditionWaiver, Trainer
from traboule.core import audit
from traboule.core.actors import Actor, system
from traboule.core.links import make_link
from traboule.core.models import AuditEntry, Link
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.core.registry import ON_ERASE

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def officer(lyon: Branch) -> Actor:
    return make.actor(Role.DPO, lyon)


def ended_duo(mentee: Person, mentor: Person, by: Actor) -> Duo:
    duo = pair.duo(mentee, mentor, by)
    return close_duo(duo=duo, reason=CloseReason(CloseReason.values[0]), closed_on=TODAY, by=by, now=LATER)


def application(person: Person, state: str = "refused", **more: Any) -> Application:
    dates = {"started_at": NOW, "saved_at": NOW, "sent_at": NOW, "moved_at": NOW}
    return Application.everywhere.create(
        branch=person.branch, person=person, side=Side.MENTEE, state=state, **(dates | more)
    )


def erase(person: Person, by: Actor, **more: Any) -> ErasureEntry:
    return erase_person(person=person, by=by, now=LATER, reason=EraseReason.ASKED, **more)


def figures() -> dict[str, Any]:
    """What happened, by month and branch."""
    return {
        "duos": list(
            Duo.everywhere.annotate(month=TruncMonth("started_on"))
            .values_list("branch", "month", "state")
            .annotate(n=Count("pk"))
            .order_by("branch", "month", "state")
        ),
        "applications": list(
            Application.everywhere.annotate(month=TruncMonth("sent_at"))
            .values_list("branch", "month", "side", "state")
            .annotate(n=Count("pk"))
            .order_by("branch", "month", "side", "state")
        ),
        "proposals": list(
            Proposal.everywhere.values_list("branch", "state")
            .annotate(n=Count("pk"))
            .order_by("branch", "state")
        ),
    }


def canary_person(branch: Branch) -> Person:
    texts = ("first_name", "last_name", "external_id", "phone", "postcode", "commune_name", "search_key")
    named = {
        name: f"{CANARY[:8]}{n}" if name in ("phone", "postcode") else f"{CANARY}{name}"
        for n, name in enumerate(texts)
    }
    person = make.mentee(branch, email=f"{CANARY.lower()}@example.org", groups={"word": f"{CANARY}group"})
    Person.everywhere.filter(pk=person.pk).update(
        **named, interests=[f"{CANARY}interest"], dislikes=[f"{CANARY}dislike"]
    )
    person.refresh_from_db()
    return person


def sign_in(person: Person) -> Login:
    login = make.login(Role.MENTEE, person.branch, email=person.email, name=f"{CANARY} login", person=person)
    EmailAddress.objects.create(user=login, email=person.email, verified=True, primary=True)
    session = SessionStore()
    session["_auth_user_id"], session["mail"] = str(login.pk), person.email
    session.create()
    begun = SessionStore()
    begun["account_login_code"] = {"email": person.email}
    begun.create()
    UserSession.objects.create(
        user=login, ip="127.0.0.1", session_key=session.session_key, user_agent=f"{CANARY} browser"
    )
    return login


def stage_file(person: Person, by: Actor) -> ImportRun:
    lines = f"id,postcode,languages,availability,occupations\n{person.external_id},69009,fr:C2,mon-am,M1101\n"
    run = people.stage_import(
        branch=person.branch,
        side=Side.MENTEE,
        content=(lines + "other,69009,fr:C2,mon-am,M1101\n").encode(),
        file_name="people.csv",
        by=by,
        now=NOW,
    )
    assert CANARY in str(run.rows)
    return run


def waive(person: Person, by: Login) -> ConditionWaiver:
    reason = f"{CANARY} is known to all of us."
    return ConditionWaiver.everywhere.create(
        person=person, condition="references", reason=reason, waived_at=NOW, waived_by=by
    )


def closes_later(person: Person) -> ClosingPerson:
    """Told that the branch closes one day; until then it still takes bookings."""
    closing = BranchClosing.everywhere.create(
        branch=person.branch, closes_on=date(2099, 1, 1), decided_at=NOW, told_at=NOW
    )
    return ClosingPerson.everywhere.create(closing=closing, person=person, told_at=NOW)


def signed(person: Person, duo: Duo, login: Login) -> Signature:
    """An agreement in its own words, signed by name and by hand; a fingerprint of it says nothing."""
    agreement = Agreement.everywhere.create(
        branch=person.branch,
        duo=duo,
        version=1,
        state="signed",
        wording="1",
        language="fr",
        place=f"{CANARY} place",
        own_words=f"{CANARY} words",
        own_words_read=f"{CANARY} words read",
        texts={"fr": [["Who", f"{CANARY} and Anne"]]},
        digest="0" * 64,
        drafted_by=login,
        drafted_at=NOW,
        sent_by=login,
        sent_at=NOW,
        signed_at=NOW,
    )
    return Signature.everywhere.create(
        agreement=agreement,
        party="mentee",
        person=person,
        name=f"{CANARY} signs",
        drawing=f"{CANARY} path",
        label=f"{CANARY} label",
        signed_at=NOW,
        channel="link",
        language="fr",
        digest="0" * 64,
    )


def trains(person: Person) -> Trainer:
    return Trainer.everywhere.create(branch=person.branch, person=person, language="fr", added_at=NOW)


def plant(lyon: Branch) -> tuple[Person, Planter]:
    by = make.coordinator(lyon)
    person, mentor = canary_person(lyon), make.mentor(lyon)
    make.mentee(lyon)
    duo = ended_duo(person, mentor, by)
    Proposal.everywhere.filter(duo=duo).update(reason=f"{CANARY} likes fixing bikes.")
    application(person, answers={"why": f"{CANARY} why"})
    pair.run(lyon, by)
    people.log_note(person=person, text=f"{CANARY} called", by=by, now=NOW, next_step="x", next_step_on=TODAY)
    stage_file(person, by)
    make_link(
        right="my.rights", subject_type="person", subject_id=person.pk, scope=lyon.pk, now=NOW, ends_at=LATER
    )
    login = sign_in(person)
    judging.rules(lyon, system("world"))  # what a judgement is about says nothing of a person
    exchange.group(lyon, by, mentor, name="Thursday")  # the name of a group says nothing of a person
    planter = Planter(person, make.login(Role.COORDINATOR, lyon))
    by_hand: dict[str, Any] = {"privacy.LegalHold": lambda: None, "duos.MentorPlace": lambda: None}
    by_hand["privacy.StandIn"] = lambda: None  # made by erasing, never linked to who was erased
    by_hand["applications.Reference"] = lambda: training.reference(person, by)
    by_hand["applications.ClosingPerson"] = lambda: closes_later(person)
    by_hand["applications.Booking"] = lambda: sessions.booking(sessions.session(lyon), person=person)
    by_hand["duos.Signature"] = lambda: signed(person, duo, planter.login)
    by_hand["training.Trainer"] = lambda: trains(person)
    by_hand["training.Attendance"] = lambda: training.seat(training.sitting(lyon), person)
    by_hand["support.GatheringInvitation"] = lambda: exchange.gathering(exchange.group(lyon, by, person), by)
    by_hand["training.ConditionWaiver"] = lambda: waive(person, login)
    by_hand["endings.MentorChoice"] = lambda: MentorChoice.everywhere.create(
        duo=duo, person=person, asked_at=NOW
    )
    # Linked to itself: a row that waits for a row of its own kind never begins.
    by_hand["outcomes.Outcome"] = lambda: outcomes.told(person, employer=CANARY, apart_from_duo=True)
    by_hand["followups.FollowUp"] = lambda: FollowUp.everywhere.create(
        branch=lyon, person=person, duo=duo, month=6, due_on=TODAY
    )
    planter.plant_all(by_hand)
    assert login.pk
    return person, planter


def test_a_canary_in_every_text_of_a_person_is_nowhere_in_the_database_afterwards(
    lyon: Branch, officer: Actor
) -> None:
    person, planter = plant(lyon)
    assert planter.not_planted == [], f"make a row of these by hand: {planter.not_planted}"
    before = dump()
    assert before.casefold().count(CANARY.casefold()) > 30
    audit_entry_with_canary(person)
    erase(person, officer)
    left = [line for line in dump().splitlines() if CANARY.casefold() in line.casefold()]
    assert left == []
    assert audit.check_chain(lyon.pk) is None
    assert audit.check_chain(None) is None


def audit_entry_with_canary(person: Person) -> None:
    """An old entry that, against the rules, holds a name."""
    with transaction.atomic():
        audit.record(
            by=system("test"),
            now=NOW,
            branch_id=person.branch_id,
            verb="person.corrected",
            subject_type="person",
            subject_id=person.pk,
            facts={"old": f"{CANARY} in the facts"},
        )


def test_what_happened_is_counted_as_before(lyon: Branch, officer: Actor) -> None:
    person, _ = plant(lyon)
    before = figures()
    assert before["duos"]
    assert before["applications"]
    erase(person, officer)
    assert figures() == before


def test_the_person_is_gone_and_a_stand_in_holds_what_counts(lyon: Branch, officer: Actor) -> None:
    by, mentor = make.coordinator(lyon), make.mentor(lyon)
    person = make.mentee(lyon)
    duo = ended_duo(person, mentor, by)
    number = person.pk
    erase(person, officer)
    duo.refresh_from_db()
    assert not Person.everywhere.filter(pk=number).exists()
    assert duo.mentee_id != number
    assert duo.mentee.display_name == f"#{duo.mentee_id}"
    assert (duo.mentee.mentee.state, duo.mentee.is_archived) == ("left", True)
    assert duo.mentor == mentor


def test_nobody_stands_in_for_a_person_of_whom_nothing_counts(lyon: Branch, officer: Actor) -> None:
    person = make.mentee(lyon)
    erase(person, officer)
    assert Person.everywhere.count() == 0


def test_the_other_people_keep_everything(lyon: Branch, officer: Actor) -> None:
    by, other = make.coordinator(lyon), make.mentee(lyon)
    note = people.log_note(person=other, text="Stays.", by=by, now=NOW)
    person = make.mentee(lyon)
    application(other)
    erase(person, officer)
    assert Note.everywhere.get() == note
    assert Application.everywhere.get().person == other


def test_an_open_duo_and_a_legal_hold_stand_in_the_way_by_name(lyon: Branch, officer: Actor) -> None:
    by, mentor = make.coordinator(lyon), make.mentor(lyon)
    person = make.mentee(lyon)
    pair.duo(person, mentor, by)
    hold = set_hold(person=person, reason="A court asked.", until=TODAY + timedelta(30), by=officer, now=NOW)
    with pytest.raises(ErasureRefused) as refused:
        erase(person, officer)
    assert refused.value.codes == ["open_duo", "legal_hold"]
    lift_hold(hold=hold, by=officer, now=LATER)
    with pytest.raises(ErasureRefused) as again:
        erase(person, officer)
    assert again.value.codes == ["open_duo"]


def test_a_hold_ends_on_its_day(lyon: Branch, officer: Actor) -> None:
    person = make.mentee(lyon)
    set_hold(person=person, reason="A court asked.", until=NOW.date(), by=officer, now=NOW)
    assert erase(person, officer).number == person.pk


def test_only_who_answers_requests_may_erase(lyon: Branch) -> None:
    person = make.mentee(lyon)
    with pytest.raises(NotAllowed):
        erase(person, make.coordinator(lyon))
    with pytest.raises(NotVisible):
        erase(person, make.actor(Role.DPO, make.branch()))
    assert Person.everywhere.filter(pk=person.pk).exists()


def test_killed_in_the_middle_nothing_has_happened_and_the_next_try_finishes(
    lyon: Branch, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, _ = plant(lyon)
    before = dump()

    def killed(person_id: int, now: Any) -> None:
        raise KeyboardInterrupt

    handlers = dict(ON_ERASE._handlers)
    monkeypatch.setattr(ON_ERASE, "_handlers", {**handlers, "last": killed})
    with pytest.raises(KeyboardInterrupt):
        erase(person, officer)
    assert sorted(dump().splitlines()) == sorted(before.splitlines())
    monkeypatch.setattr(ON_ERASE, "_handlers", handlers)
    first = erase(person, officer)
    assert erase(person, officer) == first
    assert ErasureEntry.everywhere.count() == 2  # the person, and the record that was merged into theirs


def test_the_ledger_holds_a_number_and_no_word(lyon: Branch, officer: Actor) -> None:
    person, _ = plant(lyon)
    entry = erase(person, officer)
    assert {field.name for field in ErasureEntry._meta.local_fields} == {
        *("id", "branch", "number", "reason", "erased_at")
    }
    assert (entry.number, entry.reason) == (person.pk, "asked")


def test_an_older_copy_brings_nobody_back(lyon: Branch, officer: Actor) -> None:
    person = make.mentee(lyon)
    ErasureEntry.everywhere.create(branch=lyon, number=person.pk, reason="asked", erased_at=NOW)
    assert replay_ledger(by=system("restore"), now=LATER) == 1
    assert not Person.everywhere.filter(pk=person.pk).exists()
    assert replay_ledger(by=system("restore"), now=LATER) == 0


def test_a_merged_away_record_goes_along_with_its_own_line_and_its_address(
    lyon: Branch, officer: Actor
) -> None:
    kept = make.mentee(lyon, email="new@example.org")
    twin, older = (make.mentee(lyon, email=f"{name}@example.org", archived_at=NOW) for name in ("old", "new"))
    Person.everywhere.filter(pk=twin.pk).update(merged_into=kept)
    Person.everywhere.filter(pk=older.pk).update(merged_into=twin)
    session = sessions.session(lyon)
    for number, name in enumerate(("old", "new"), 1):
        sessions.booking(session, number, email=f"{name}@example.org")
    erase_person(person=kept, by=officer, now=LATER, reason=EraseReason.ASKED)
    assert not Person.everywhere.filter(pk__in=[kept.pk, twin.pk, older.pk]).exists()
    lines = ErasureEntry.everywhere.values_list("number", flat=True)
    assert set(lines) == {kept.pk, twin.pk, older.pk}
    assert not Booking.everywhere.filter(email__endswith="@example.org", person=None).exists()


def test_a_colleague_who_also_was_a_mentor_keeps_the_login(lyon: Branch, officer: Actor) -> None:
    person = make.mentor(lyon)
    login = make.login(Role.COORDINATOR, lyon, person=person)
    erase(person, officer)
    login.refresh_from_db()
    assert (login.person, login.is_active) == (None, True)


def test_a_login_on_which_decisions_hang_is_emptied(lyon: Branch, officer: Actor) -> None:
    person = make.mentor(lyon)
    login = make.login(Role.MENTOR, lyon, person=person, name="Somebody")
    Note.everywhere.create(person=make.mentee(lyon), author=login, text="Kept.", happened_at=NOW)
    erase(person, officer)
    login.refresh_from_db()
    assert (login.name, login.is_active, login.email) == ("", False, f"{login.pk}@erased.invalid")


def test_runs_of_others_forget_the_number(lyon: Branch, officer: Actor) -> None:
    by, person = make.coordinator(lyon), make.mentee(lyon)
    make.mentor(lyon)
    pair.run(lyon, by)
    erase(person, officer)
    run = MatchRun.everywhere.get()
    assert str(person.pk) not in run.inputs["mentees"]
    assert str(person.pk) not in run.report["mentee_price"]


def test_links_in_old_messages_open_nothing_and_facts_are_empty(lyon: Branch, officer: Actor) -> None:
    person, _ = plant(lyon)
    erase(person, officer)
    assert not Link.objects.filter(subject_type="person", subject_id=str(person.pk)).exists()
    said = AuditEntry.objects.filter(subject_type="person", subject_id=str(person.pk)).exclude(facts={})
    assert [entry.verb for entry in said] == ["person.erased"]
