"""Applications: written step by step, sent once, followed by the team, stopped as easily as begun."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import applications as apply
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.applications._hooks_applications import erase, export
from traboule.apps.applications.actions import leaving
from traboule.apps.applications.actions._moves import move
from traboule.apps.applications.actions.applications import (
    AlreadySent,
    BranchClosed,
    make_resume_code,
    save_answers,
    start_draft,
    write_down,
)
from traboule.apps.applications.actions.entering import AlreadyOpen
from traboule.apps.applications.actions.following import (
    ReasonMissing,
    assign_owner,
    reopen_application,
    sweep_drafts,
    withdraw_application,
)
from traboule.apps.applications.enums import ApplicationState, Source
from traboule.apps.applications.models import Application
from traboule.apps.applications.queries.applications import applications_of
from traboule.apps.applications.queries.standing import Standing, next_news_on, standing
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.actions import move_mentee
from traboule.apps.people.enums import ConsentPurpose, MenteeState, MentorState, Role, Side
from traboule.apps.people.models import Consent, Person
from traboule.apps.steps.models import OpenStep
from traboule.core.drafts import find_draft, keep_draft
from traboule.core.links import LinkUnknown, open_link
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


def person_of(row: Application) -> Person:
    assert row.person is not None
    return row.person


def test_whoever_sends_enters_as_new_and_not_in_the_pool(lyon: Branch) -> None:
    person = person_of(apply.sent(lyon))
    assert (person.first_name, person.phone, person.commune_name) == (
        "Selam",
        "+33639981234",
        "Lyon 9e Arrondissement",
    )
    assert person.mentee.state == MenteeState.NEW
    assert person.mentee.waiting_since is None
    assert sorted(person.languages.values_list("code", "level")) == [("fr", 3), ("ti", 6)]


def test_a_mentee_begins_to_wait_with_the_pool(lyon: Branch) -> None:
    person = person_of(apply.sent(lyon))
    move_mentee(mentee=person.mentee, to=MenteeState.POOL, by=apply.VISITOR, now=NOW + timedelta(days=9))
    person.mentee.refresh_from_db()
    assert person.mentee.waiting_since == (NOW + timedelta(days=9)).date()


def test_a_mentor_enters_as_new_too(lyon: Branch) -> None:
    person = person_of(apply.sent(lyon, side=Side.MENTOR, work={"no_plan": ["on"]}))
    assert (person.mentor.state, person.mentor.generalist) == (MentorState.NEW, True)


def test_sending_opens_a_step_with_a_clock_and_tells_the_person(lyon: Branch) -> None:
    row = apply.sent(lyon)
    step = OpenStep.everywhere.get(subject_id=row.pk)
    assert (step.kind, step.due_on, step.person_id) == ("application.new", next_news_on(row), row.person_id)
    message = Message.everywhere.get(kind="application.received")
    assert (message.address, message.channel) == ("+33639981234", "sms")
    assert "Selam" in message.body


def test_the_promised_day_is_no_weekend(lyon: Branch) -> None:
    wednesday = NOW + timedelta(days=2)
    row = apply.sent(lyon, now=wednesday)
    news = next_news_on(row)
    assert news is not None
    assert (news.weekday(), (news - wednesday.date()).days) == (0, 5)


def test_sending_twice_sends_once(lyon: Branch) -> None:
    row = apply.draft(lyon)
    first, second = apply.send(row), apply.send(row)
    assert first.person_id == second.person_id
    counts = (Person.everywhere.count(), Message.everywhere.count(), OpenStep.everywhere.count())
    assert counts == (1, 1, 1)


def test_two_devices_never_destroy_each_others_groups(lyon: Branch) -> None:
    row = start_draft(branch=lyon, side=Side.MENTEE, language="fr", by=apply.VISITOR, now=NOW)
    phone, tablet = Application.everywhere.get(pk=row.pk), Application.everywhere.get(pk=row.pk)
    save_answers(application=phone, answers={"who": {"first_name": ["Selam"]}}, by=apply.VISITOR, now=NOW)
    save_answers(application=tablet, answers={"work": {"no_plan": ["on"]}}, by=apply.VISITOR, now=NOW)
    row.refresh_from_db()
    assert row.answers == {"who": {"first_name": ["Selam"]}, "work": {"no_plan": ["on"]}}


def test_what_was_sent_is_no_draft_any_more(lyon: Branch) -> None:
    row = apply.sent(lyon)
    with pytest.raises(AlreadySent):
        save_answers(application=row, answers={"who": {}}, by=apply.VISITOR, now=NOW)


def test_a_zero_byte_and_an_endless_text_are_kept_as_far_as_they_are_text(lyon: Branch) -> None:
    row = apply.draft(lyon, who={"first_name": ["Se\x00lam" + "a" * 5_000]})
    assert len(row.answers["who"]["first_name"][0]) == 1_000
    assert row.answers["who"]["first_name"][0].startswith("Selama")


def test_two_people_may_share_one_phone_and_apply_twice_is_not_blocked(lyon: Branch) -> None:
    apply.sent(lyon)
    apply.sent(lyon)
    assert Person.everywhere.filter(phone="+33639981234").count() == 2


def test_somebody_whom_the_branch_knows_gets_the_other_side_and_keeps_what_is_known(lyon: Branch) -> None:
    known = make.mentee(lyon, first_name="Karim")
    row = start_draft(branch=lyon, side=Side.MENTOR, language="fr", by=apply.VISITOR, now=NOW, person=known)
    row = save_answers(application=row, answers=apply.answers(), by=apply.VISITOR, now=NOW)
    row = apply.send(row)
    known.refresh_from_db()
    assert (row.person_id, known.first_name) == (known.pk, "Karim")
    assert known.mentor.state == MentorState.NEW


def test_one_open_application_per_person_and_side(lyon: Branch) -> None:
    known = make.mentee(lyon)
    rows = [
        start_draft(branch=lyon, side=Side.MENTEE, language="fr", by=apply.VISITOR, now=NOW, person=known)
        for _ in range(2)
    ]
    first, second = (
        save_answers(application=row, answers=apply.answers(), by=apply.VISITOR, now=NOW) for row in rows
    )
    apply.send(first)
    with pytest.raises(AlreadyOpen) as trouble:
        apply.send(second)
    assert trouble.value.application.pk == first.pk


def test_consents_stand_one_by_one_with_version_language_and_collector(lyon: Branch) -> None:
    apply.sent(lyon)
    rows = Consent.everywhere.order_by("purpose").values_list(
        "purpose", "text_version", "language", "channel", "collected_by"
    )
    assert list(rows) == [
        ("programme", "1", "fr", "sms", None),
        ("statistics", "1", "fr", "sms", None),
    ]


def test_taking_the_first_consent_back_stops_the_application(lyon: Branch) -> None:
    row = apply.sent(lyon)
    leaving.take_consent_back(
        person=person_of(row), purpose=ConsentPurpose.STATISTICS, by=apply.VISITOR, now=NOW
    )
    row.refresh_from_db()
    assert row.state == ApplicationState.SENT
    leaving.take_consent_back(
        person=person_of(row), purpose=ConsentPurpose.PROGRAMME, by=apply.VISITOR, now=NOW
    )
    row.refresh_from_db()
    assert row.state == ApplicationState.WITHDRAWN
    assert Consent.everywhere.filter(withdrawn_at=None).count() == 0
    assert OpenStep.everywhere.filter(kind="wants_to_stop", closed_at=None).count() == 1


def test_a_closed_branch_takes_nobody(lyon: Branch) -> None:
    row = apply.draft(lyon)
    Branch.objects.update(is_active=False)
    row.refresh_from_db()
    with pytest.raises(BranchClosed):
        apply.send(Application.everywhere.get(pk=row.pk))


# --- codes ------------------------------------------------------------------------------------------------


def test_a_code_opens_the_draft_however_it_is_dictated_and_a_link_goes_out_once_a_day(lyon: Branch) -> None:
    row = apply.draft(lyon)
    for _ in range(2):
        code = make_resume_code(
            application=row, address="+33639981234", channel="sms", by=apply.VISITOR, now=NOW
        )
    said = " ".join(code[at : at + 4].upper() for at in range(0, 20, 4))
    assert open_link(secret=said, now=NOW, right="application.resume").subject_id == str(row.pk)
    assert Message.everywhere.filter(kind="application.resume").count() == 1


def test_a_draft_is_deleted_after_90_days_without_a_touch_and_its_code_with_it(lyon: Branch) -> None:
    row = apply.draft(lyon)
    code = make_resume_code(application=row, by=apply.VISITOR, now=NOW)
    kept = apply.sent(lyon)
    assert sweep_drafts(NOW + timedelta(days=89)) == 0
    assert sweep_drafts(NOW + timedelta(days=90)) == 1
    assert list(Application.everywhere.values_list("pk", flat=True)) == [kept.pk]
    with pytest.raises(LinkUnknown):
        open_link(secret=code, now=NOW)


# --- the team ---------------------------------------------------------------------------------------------


def test_a_referrer_writes_only_what_bears_their_own_name(lyon: Branch) -> None:
    adviser = make.login(Role.REFERRER, lyon)
    by = make.actor_of(adviser)
    row = write_down(
        branch=lyon,
        side=Side.MENTEE,
        answers=apply.answers(),
        fields={"first_name": "Selam", "phone": "+33639981234", "channel": "sms"},
        consents=[ConsentPurpose.PROGRAMME, ConsentPurpose.REFERRER_NEWS],
        language="fr",
        source=Source.REFERRER,
        referred_by=adviser,
        by=by,
        now=NOW,
    )
    assert set(Consent.everywhere.values_list("collected_by", flat=True)) == {adviser.pk}
    assert row.state == ApplicationState.SENT
    with pytest.raises(NotAllowed):
        start_draft(branch=lyon, side=Side.MENTEE, language="fr", by=by, now=NOW)
    with pytest.raises(NotAllowed):
        save_answers(application=apply.draft(lyon), answers={}, by=by, now=NOW)


def test_an_owner_is_on_the_step_too_and_dealing_with_it_closes_the_step(lyon: Branch) -> None:
    row, claire = apply.sent(lyon), make.login(Role.COORDINATOR, lyon)
    by = make.actor_of(claire)
    row = assign_owner(application=row, owner=claire, by=by, now=NOW)
    assert OpenStep.everywhere.get(closed_at=None).owner == claire
    move(row, "plan_talk", by=by, now=NOW)
    assert not OpenStep.everywhere.filter(closed_at=None).exists()


def test_withdrawing_and_opening_again_need_a_reason(lyon: Branch) -> None:
    row, by = apply.sent(lyon), make.coordinator(lyon)
    with pytest.raises(ReasonMissing):
        withdraw_application(application=row, reason="  ", by=by, now=NOW)
    row = withdraw_application(application=row, reason="Has found work", by=by, now=NOW)
    assert (row.state, row.reason) == (ApplicationState.WITHDRAWN, "Has found work")
    row = reopen_application(application=row, reason="Is free again", by=by, now=NOW + timedelta(days=3))
    assert row.state == ApplicationState.SENT
    assert OpenStep.everywhere.filter(kind="application.new", closed_at=None).count() == 1
    with pytest.raises(IllegalMove):
        reopen_application(application=row, reason="Again", by=by, now=NOW)


@pytest.mark.parametrize("side", [Side.MENTEE, Side.MENTOR])
def test_whoever_was_only_applying_leaves_and_comes_back_with_the_application(
    lyon: Branch, side: Side
) -> None:
    row, by = apply.sent(lyon, side=side, work={"no_plan": ["on"]}), make.coordinator(lyon)

    def state() -> str:
        return str(getattr(Person.everywhere.get(pk=row.person_id), side.value).state)

    withdraw_application(application=row, reason="Has found work", by=by, now=NOW)
    assert state() == "left"
    reopen_application(application=row, reason="Is free again", by=by, now=NOW)
    assert state() == "new"


def test_a_draft_that_was_stopped_is_not_opened_again(lyon: Branch) -> None:
    row, by = apply.draft(lyon), make.coordinator(lyon)
    row = withdraw_application(application=row, reason="Changed their mind", by=by, now=NOW)
    with pytest.raises(IllegalMove):
        reopen_application(application=row, reason="Again", by=by, now=NOW)


def test_somebody_of_another_branch_sees_nothing_and_may_nothing(lyon: Branch) -> None:
    row, other = apply.sent(lyon), make.coordinator(make.branch(slug="lille"))
    with pytest.raises(NotVisible):
        withdraw_application(application=row, reason="No", by=other, now=NOW)
    with pytest.raises(NotVisible):
        applications_of(actor=other, branch=lyon, now=NOW)


def test_the_list_finds_by_state_name_owner_and_lateness(lyon: Branch) -> None:
    old = apply.sent(lyon, now=NOW - timedelta(days=9), who={"first_name": ["Éléonore"]})
    new, draft = apply.sent(lyon), apply.draft(lyon, who={"first_name": ["Karim"]})
    by = make.coordinator(lyon)

    def found(**filters: Any) -> list[int]:
        rows = applications_of(actor=by, branch=lyon, now=NOW, **filters)
        return [row.pk for row in rows]

    assert found() == [old.pk, new.pk]
    assert found(text="eleonore") == [old.pk]
    assert found(state="draft", text="karim") == [draft.pk]
    assert found(late=True) == [old.pk]
    assert found(owner="0") == [old.pk, new.pk]
    assert found(side="mentor") == []


def test_no_state_of_the_team_is_what_the_person_reads(lyon: Branch) -> None:
    row = apply.sent(lyon)
    codes = set()
    for state in ApplicationState:
        row.state = state
        codes.add(standing(row))
    assert codes == set(Standing)
    assert codes.isdisjoint(ApplicationState.values)


def test_stopping_is_one_press_and_pressing_again_changes_nothing(lyon: Branch) -> None:
    row = apply.sent(lyon)
    for _ in range(2):
        leaving.stop(person=person_of(row), by=apply.VISITOR, now=NOW)
    row.refresh_from_db()
    assert row.state == ApplicationState.WITHDRAWN
    assert OpenStep.everywhere.filter(kind="wants_to_stop", closed_at=None).count() == 1


def test_erasing_a_person_empties_answers_and_drafts_and_an_export_holds_them_before(lyon: Branch) -> None:
    row, by = apply.sent(lyon), make.coordinator(lyon)
    person = person_of(row)
    keep_draft(owner="login:1", key=f"note:person:{person.pk}", content={"text": ["Canary"]}, now=NOW)
    assert "Tesfay" in str(export(person.pk))
    erase(person.pk, NOW)
    row.refresh_from_db()
    assert (row.answers, row.name, row.search_key) == ({}, "", "")
    assert find_draft(owner="login:1", key=f"note:person:{person.pk}", now=NOW) is None
    assert applications_of(actor=by, branch=lyon, now=NOW).count() == 1
