"""Agreements: fixed words, one signature per person, versions; and the first meeting of three."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import pairing, people, starting
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import agreements as actions
from traboule.apps.duos.actions import close_duo
from traboule.apps.duos.actions import first_meetings as meetings
from traboule.apps.duos.actions.agreement_templates import write_template
from traboule.apps.duos.enums import AgreementState, CloseReason, Coming, DuoStep, FirstStep, SignedBy
from traboule.apps.duos.models import Agreement, Duo, FirstMeeting, Signature
from traboule.apps.duos.queries.agreements import agreement_in_hand, is_intact, open_steps, template_of
from traboule.apps.duos.rules import HumanNeeded
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Role
from traboule.apps.people.queries import actor_of
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor, system
from traboule.core.models import Link
from traboule.core.permissions import NotAllowed
from traboule.kernel.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db
LINK = system("link of an agreement")


@pytest.fixture
def branch() -> Branch:
    return people.branch(name="Lyon")


@pytest.fixture
def ines(branch: Branch) -> Actor:
    return people.coordinator(branch, name="Inès")


@pytest.fixture
def duo(branch: Branch, ines: Actor) -> Duo:
    selam = people.mentee(branch, first_name="Selam", contact_language="ar")
    return pairing.duo(selam, people.mentor(branch, first_name="Anne"), ines)


def sign(row: Agreement, party: str, by: Actor = LINK, **more: Any) -> Agreement:
    channel = SignedBy.SCREEN if party == "coordinator" else SignedBy.LINK
    fields = {"name": "Selam Haile", "channel": channel, "language": "ar", "now": NOW} | more
    return actions.sign(signature=starting.signature(row, party), by=by, **fields)


def sign_all(row: Agreement, ines: Actor) -> Agreement:
    sign(row, "mentee")
    sign(row, "mentor")
    return sign(row, "coordinator", ines)


# --- words ------------------------------------------------------------------------------------------------


def test_the_words_are_fixed_in_french_and_in_the_language_of_the_mentee(duo: Duo, ines: Actor) -> None:
    row = starting.agreement(duo, ines)
    assert set(row.texts) == {"fr", "ar"}
    assert len(row.texts["fr"]) == len(row.texts["ar"]) == 7
    assert "La Duchère" in str(row.texts["ar"])
    assert is_intact(row)


def test_a_changed_word_no_longer_has_its_fingerprint(duo: Duo, ines: Actor) -> None:
    row = starting.agreement(duo, ines)
    row.texts["fr"][0][1] += " !"
    assert not is_intact(row)


def test_a_mentee_who_reads_french_has_one_column(branch: Branch, ines: Actor) -> None:
    duo = pairing.duo(people.mentee(branch, contact_language="fr"), people.mentor(branch), ines)
    assert set(starting.agreement(duo, ines).texts) == {"fr"}


def test_what_somebody_types_is_plain_text(duo: Duo, ines: Actor) -> None:
    fields = starting.FIELDS | {"place": "  Caf\x00é\u202e ", "own_words": "Un\r\ndeux\x07"}
    row = actions.draft_agreement(duo=duo, fields=fields, by=ines, now=NOW)
    assert (row.place, row.own_words) == ("Café", "Un\ndeux")


def test_the_branch_adds_its_words_by_versions(branch: Branch) -> None:
    boss = people.actor(Role.DIRECTOR, branch)
    for text in ("Un", "Deux"):
        write_template(branch_id=branch.pk, hours=3, own_words={"fr": text, "ar": " "}, by=boss, now=NOW)
    found = template_of(branch.pk)
    assert found is not None
    assert (found.version, found.own_words) == (2, {"fr": "Deux"})
    with pytest.raises(NotAllowed):
        write_template(branch_id=branch.pk, hours=3, own_words={}, by=people.coordinator(branch), now=NOW)


# --- signatures -------------------------------------------------------------------------------------------


def test_three_signatures_put_it_in_force_and_each_of_the_two_gets_a_copy(duo: Duo, ines: Actor) -> None:
    row = sign_all(starting.agreement(duo, ines), ines)
    assert row.state == AgreementState.SIGNED
    assert Message.everywhere.filter(kind="agreement.copy").count() == 2
    assert set(row.signatures.values_list("digest", flat=True)) == {row.digest}
    kept = starting.signature(row, "mentee")
    assert (kept.channel, kept.language, kept.signed_at) == ("link", "ar", NOW)


def test_a_signature_is_given_once(duo: Duo, ines: Actor) -> None:
    row = starting.agreement(duo, ines)
    sign(row, "mentee")
    with pytest.raises(actions.AlreadySigned):
        sign(row, "mentee", name="Somebody Else")
    assert starting.signature(row, "mentee").name == "Selam Haile"


@pytest.mark.parametrize("state", ["drafted", "withdrawn"])
def test_nobody_signs_what_was_not_sent_or_is_withdrawn(duo: Duo, ines: Actor, state: str) -> None:
    row = starting.agreement(duo, ines, sent=state != "drafted")
    if state == "withdrawn":
        actions.withdraw_agreement(agreement=row, by=ines, now=NOW)
    with pytest.raises(IllegalMove):
        sign(row, "mentee")
    assert not Signature.everywhere.exclude(signed_at=None).exists()


def test_a_name_of_nothing_is_no_signature(duo: Duo, ines: Actor) -> None:
    with pytest.raises(actions.NameMissing):
        sign(starting.agreement(duo, ines), "mentee", name=" \x00 ")


def test_only_the_team_signs_for_the_team_and_only_oneself_when_signed_in(
    branch: Branch, duo: Duo, ines: Actor
) -> None:
    row = starting.agreement(duo, ines)
    with pytest.raises(HumanNeeded):
        sign(row, "coordinator")
    stranger = people.login(Role.MENTOR, branch, person=people.mentor(branch))
    with pytest.raises(NotAllowed):
        sign(row, "mentor", actor_of(stranger), channel=SignedBy.PLACE)
    with pytest.raises(NotAllowed):
        sign(row, "mentee", actor_of(stranger), channel=SignedBy.SCREEN)


def test_a_drawing_is_a_path_and_nothing_else(duo: Duo, ines: Actor) -> None:
    row = starting.agreement(duo, ines)
    sign(row, "mentee", drawing="M1 2L3 4")
    sign(row, "mentor", drawing='M1"/><script>')
    assert [starting.signature(row, party).drawing for party in ("mentee", "mentor")] == ["M1 2L3 4", ""]


def test_a_link_in_wrong_hands_ends_the_version_and_tells_the_team(duo: Duo, ines: Actor) -> None:
    row = starting.agreement(duo, ines)
    actions.say_wrong_hands(signature=starting.signature(row, "mentee"), by=LINK, now=NOW)
    row.refresh_from_db()
    assert row.state == AgreementState.WITHDRAWN
    assert OpenStep.everywhere.filter(kind=FirstStep.WRONG_HANDS).count() == 1
    assert not Link.objects.filter(right="agreement.sign", withdrawn_at=None).exists()
    assert starting.agreement(duo, ines).version == 2


def test_asking_again_closes_the_earlier_link(duo: Duo, ines: Actor) -> None:
    row = starting.agreement(duo, ines)
    actions.ask_again(signature=starting.signature(row, "mentee"), by=ines, now=NOW + timedelta(days=2))
    own = Link.objects.filter(subject_id=str(starting.signature(row, "mentee").pk))
    assert [own.count(), own.filter(withdrawn_at=None).count()] == [2, 1]


# --- versions ---------------------------------------------------------------------------------------------


def test_an_amendment_is_signed_by_whoever_signs_now_and_the_older_one_stays(duo: Duo, ines: Actor) -> None:
    first = sign_all(starting.agreement(duo, ines), ines)
    second = actions.amend(
        agreement=first,
        changes={"place": "Mairie"},
        by=ines,
        now=NOW,
        parties=["mentee"],
        others=["Guardian"],
    )
    second = actions.send_for_signature(agreement=second, by=ines, now=NOW)
    first.refresh_from_db()
    assert (first.state, first.place, second.version) == (AgreementState.SIGNED, "La Duchère", 2)
    sign(second, "mentee")
    done = sign(second, "other", ines, channel=SignedBy.SCREEN, name="Mr Haile")
    first.refresh_from_db()
    assert (done.state, first.state) == (AgreementState.SIGNED, AgreementState.REPLACED)
    assert is_intact(first)
    assert agreement_in_hand(duo.mentee_id, duo.pk) == done


def test_one_version_waits_at_a_time(duo: Duo, ines: Actor) -> None:
    starting.agreement(duo, ines)
    with pytest.raises(actions.WaitsForSignatures):
        starting.agreement(duo, ines)


def test_a_draft_is_changed_in_place(duo: Duo, ines: Actor) -> None:
    one = starting.agreement(duo, ines, sent=False)
    two = starting.agreement(duo, ines, sent=False, parties=["mentee", "mentor"])
    assert (one.pk, two.signatures.count()) == (two.pk, 2)
    with pytest.raises(actions.NobodySigns):
        starting.agreement(duo, ines, sent=False, parties=["mentee"])


def test_a_closed_duo_agrees_on_nothing_new(duo: Duo, ines: Actor) -> None:
    close_duo(duo=duo, reason=CloseReason.MOVED, closed_on=TODAY, by=ines, now=NOW)
    with pytest.raises(actions.DuoIsClosed):
        starting.agreement(duo, ines)


def test_the_database_holds_one_agreement_in_force(duo: Duo, ines: Actor) -> None:
    row = sign_all(starting.agreement(duo, ines), ines)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.everywhere.create(
            branch_id=row.branch_id,
            duo=duo,
            version=9,
            state="signed",
            language="fr",
            place="x",
            wording="1",
            digest="d",
            drafted_by_id=ines.id,
            drafted_at=NOW,
            sent_by_id=ines.id,
            sent_at=NOW,
            signed_at=NOW,
        )


def test_a_signature_that_is_missing_for_a_week_is_a_step(duo: Duo, ines: Actor) -> None:
    starting.agreement(duo, ines)
    found = [[step.reason for step in open_steps(duo.branch_id, TODAY + timedelta(days=d))] for d in (6, 7)]
    assert found == [[], [DuoStep.SIGNATURE_MISSING]]


# --- the first meeting ------------------------------------------------------------------------------------


def test_both_are_told_of_the_first_meeting_and_each_answers(duo: Duo, ines: Actor) -> None:
    row = starting.meeting(duo, ines)
    assert Message.everywhere.filter(kind="first_meeting.booked").count() == 2
    meetings.say_coming(meeting=row, side="mentee", coming=Coming.CAN, by=LINK, now=NOW)
    meetings.say_coming(meeting=row, side="mentor", coming=Coming.CANNOT, by=LINK, now=NOW)
    row.refresh_from_db()
    assert (row.mentee_says, row.mentor_says) == ("can", "cannot")
    assert OpenStep.everywhere.filter(kind=FirstStep.CANNOT_COME, closed_at=None).count() == 1


def test_a_moved_meeting_leaves_its_trace_and_closes_what_it_left_open(duo: Duo, ines: Actor) -> None:
    old = starting.meeting(duo, ines)
    meetings.say_coming(meeting=old, side="mentor", coming=Coming.CANNOT, by=LINK, now=NOW)
    new = starting.meeting(duo, ines, starts_at=NOW + timedelta(days=5))
    old.refresh_from_db()
    assert (old.state, new.state) == ("moved", "planned")
    assert not OpenStep.everywhere.filter(closed_at=None, kind=FirstStep.CANNOT_COME).exists()
    with pytest.raises(IllegalMove):
        meetings.say_coming(meeting=old, side="mentee", coming=Coming.CAN, by=LINK, now=NOW)


def test_a_first_meeting_is_ahead_of_us_somewhere_and_held_once(duo: Duo, ines: Actor) -> None:
    with pytest.raises(meetings.InThePast):
        starting.meeting(duo, ines, starts_at=NOW)
    with pytest.raises(meetings.NowhereToMeet):
        starting.meeting(duo, ines, place="  ")
    held = meetings.close_first_meeting(meeting=starting.meeting(duo, ines), held=True, by=ines, now=NOW)
    assert held.state == "held"
    with pytest.raises(meetings.AlreadyHeld):
        starting.meeting(duo, ines)
    assert FirstMeeting.everywhere.count() == 1


def test_a_first_meeting_of_which_nobody_spoke_is_a_step_the_day_after(duo: Duo, ines: Actor) -> None:
    starting.meeting(duo, ines)
    found = [[step.reason for step in open_steps(duo.branch_id, TODAY + timedelta(days=d))] for d in (3, 4)]
    assert found == [[], [DuoStep.FIRST_MEETING_OPEN]]
