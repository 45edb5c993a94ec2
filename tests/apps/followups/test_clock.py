"""The clock of follow-up, by travelling through time: asked, reminded twice, called, or let go and why."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from tests.factories import follow_ups as make_follow_up
from tests.factories import outcomes as tell
from tests.factories import people as make
from tests.factories import support as app
from tests.factories.follow_ups import messages_of, noon
from tests.factories.people import TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.followups.actions.answering import refuse_follow_up, say_now
from traboule.apps.followups.actions.asking import remind_of_follow_up
from traboule.apps.followups.actions.calling import note_call
from traboule.apps.followups.actions.settings import WrongMonths, set_months
from traboule.apps.followups.actions.ticks import tick_follow_ups
from traboule.apps.followups.enums import CallResult
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.own_enums import Now
from traboule.apps.followups.queries.facts import answers_of
from traboule.apps.messages import actions as messages
from traboule.apps.messages.models import Message
from traboule.apps.outcomes.actions.answers import note_answer
from traboule.apps.outcomes.enums import ToldBy
from traboule.apps.outcomes.own_enums import Answer
from traboule.apps.people.actions import give_consents
from traboule.apps.people.enums import Channel, ConsentPurpose, Role
from traboule.apps.people.models import Consent, Person
from traboule.apps.steps.models import OpenStep
from traboule.core.models import AuditEntry
from traboule.kernel.calendar import months_after

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


def tick(day: date) -> None:
    tick_follow_ups(noon(day))


def only() -> FollowUp:
    return FollowUp.everywhere.get()


def steps() -> list[OpenStep]:
    return list(OpenStep.everywhere.filter(kind="follow_up.call", closed_at=None))


def test_eighteen_months_day_by_day_ask_three_times_with_two_reminders_and_one_call_each(
    lyon: Branch,
) -> None:
    duo = make_follow_up.ended(lyon, ended_on=TODAY)
    seen: dict[tuple[int, int], str] = {}
    dues = {month: months_after(TODAY, month) for month in (6, 12, 18)}
    day = TODAY
    while day <= dues[18] + timedelta(days=20):
        tick(day)
        for row in FollowUp.everywhere.all():
            seen.setdefault((row.month, (day - row.due_on).days), row.state)
        day += ONE
    walk = {0: "asked", 2: "asked", 3: "reminded", 10: "reminded", 16: "reminded", 17: "to_call"}
    for month in dues:
        assert {after: seen[month, after] for after in walk} == walk
    assert messages_of(duo.mentee_id) == ["follow_up.asked", "follow_up.reminder", "follow_up.reminder"] * 3
    states = dict(FollowUp.everywhere.values_list("month", "state"))
    assert states == {6: "not_asked", 12: "not_asked", 18: "to_call"}  # nobody called: let go after 90 days
    assert set(FollowUp.everywhere.exclude(month=18).values_list("why_not", flat=True)) == {"no_call"}
    step = steps()[0]
    assert (len(steps()), step.owner, step.person) == (1, duo.started_by, duo.mentee)
    assert step.due_on is not None
    assert step.due_on > dues[18] + timedelta(days=17)


def test_ticking_twice_changes_nothing(lyon: Branch) -> None:
    duo = make_follow_up.ended(lyon)
    for day in (TODAY, TODAY, TODAY + 3 * ONE, TODAY + 3 * ONE):
        tick(day)
    assert messages_of(duo.mentee_id) == ["follow_up.asked", "follow_up.reminder"]
    verbs = AuditEntry.objects.filter(verb__startswith="follow_up.").values_list("verb", flat=True)
    assert sorted(verbs) == ["follow_up.asked", "follow_up.opened", "follow_up.reminded"]


def test_a_worker_with_an_old_row_does_not_remind_a_second_time(lyon: Branch) -> None:
    duo = make_follow_up.ended(lyon)
    row = make_follow_up.asked(duo)
    old = FollowUp.everywhere.get(pk=row.pk)
    for stale in (row, old):
        remind_of_follow_up(row=stale, by=make_follow_up.CLOCK, now=noon(TODAY + 3 * ONE))
    assert messages_of(duo.mentee_id) == ["follow_up.asked", "follow_up.reminder"]


def test_a_clock_that_slept_for_a_year_asks_only_for_the_day_that_is_near(lyon: Branch) -> None:
    make_follow_up.ended(lyon, months_ago=12)
    tick(TODAY)
    assert dict(FollowUp.everywhere.values_list("month", "state")) == {6: "not_asked", 12: "asked"}
    assert FollowUp.everywhere.get(month=6).why_not == "too_late"


def test_a_branch_asks_after_its_own_months(lyon: Branch) -> None:
    director = make.actor(Role.DIRECTOR, lyon)
    set_months(branch=lyon, months=[9, 3, 9], by=director, now=noon(TODAY))
    make_follow_up.ended(lyon, months_ago=3)
    tick(TODAY)
    assert only().month == 3
    for wrong in ([], [0], [61], list(range(1, 8))):
        with pytest.raises(WrongMonths):
            set_months(branch=lyon, months=wrong, by=director, now=noon(TODAY))


def test_an_answer_by_link_or_a_no_quiets_everything(lyon: Branch) -> None:
    answers, refuses = make_follow_up.ended(lyon), make_follow_up.ended(lyon)
    tick(TODAY)
    rows = {row.duo_id: row for row in FollowUp.everywhere.all()}
    say_now(row=rows[answers.pk], what=Now.OTHER, by=make_follow_up.LINK, now=noon(TODAY + ONE))
    refuse_follow_up(row=rows[refuses.pk], by=make_follow_up.LINK, now=noon(TODAY + ONE))
    for after in (2, 3, 10, 17, 30):
        tick(TODAY + after * ONE)
    for duo in (answers, refuses):
        assert messages_of(duo.mentee_id) == ["follow_up.asked"]
    assert steps() == []
    half = FollowUp.everywhere.get(duo=answers)
    assert (half.state, half.ask_again, half.done_at is not None) == ("reached", None, True)


def test_an_outcome_told_meanwhile_stops_it_at_once_and_one_of_long_ago_does_not(lyon: Branch) -> None:
    duo = make_follow_up.ended(lyon)
    told = TODAY - 40 * ONE
    tell.told(duo.mentee, now=noon(told), starts_on=told, contract="permanent")
    tick(TODAY)
    assert only().state == "asked"
    tell.told(duo.mentee, now=noon(TODAY + ONE), starts_on=TODAY - 5 * ONE, employer="Another one")
    row = only()
    assert (row.state, row.through, row.heard_from) == ("heard", "other", "mentee")
    tick(TODAY + 3 * ONE)
    assert messages_of(duo.mentee_id) == ["follow_up.asked"]


def test_what_was_told_in_the_weeks_before_needs_no_question(lyon: Branch) -> None:
    duo = make_follow_up.ended(lyon)
    tell.told(duo.mentee, now=noon(TODAY - 20 * ONE), starts_on=TODAY - 60 * ONE)
    tick(TODAY)
    assert only().state == "heard"
    assert messages_of(duo.mentee_id) == []


@pytest.mark.parametrize(
    ("answer", "told_by", "state"),
    [
        (Answer.NOTHING_YET, ToldBy.MENTEE, "heard"),
        (Answer.RATHER_NOT, ToldBy.MENTEE, "refused"),
        (Answer.NOT_REACHED, ToldBy.TEAM, "to_call"),
    ],
)
def test_an_answer_of_the_outcomes_counts_and_not_reached_is_none(
    lyon: Branch, answer: Answer, told_by: ToldBy, state: str
) -> None:
    duo = make_follow_up.ended(lyon)
    row = make_follow_up.asked(duo)
    for after in (3, 10, 17):
        tick(TODAY + after * ONE)
    by = make.coordinator(lyon)
    note_answer(person=duo.mentee, answer=answer, told_by=told_by, by=by, now=noon(TODAY + 18 * ONE))
    row.refresh_from_db()
    assert row.state == state
    assert len(steps()) == (state == "to_call")


def test_a_message_that_waits_for_the_morning_is_called_back(lyon: Branch, settings: Settings) -> None:
    settings.TRABOULE_SMS_PROVIDER = "console"
    duo = make_follow_up.ended(lyon, channel="sms", phone="+33612345678")
    tick(TODAY)
    tell.told(duo.mentee, now=noon(TODAY), starts_on=TODAY)
    message = Message.everywhere.get(person=duo.mentee, kind="follow_up.asked")
    assert (message.channel, message.state, message.reason) == ("sms", "withheld", "withdrawn")


def _archive(duo: Duo) -> None:
    Person.everywhere.filter(pk=duo.mentee_id).update(archived_at=noon(TODAY))


def _no_programme(duo: Duo) -> None:
    _withdrawn(duo, ConsentPurpose.PROGRAMME)


def _no_asking(duo: Duo) -> None:
    _withdrawn(duo, ConsentPurpose.ALUMNI)


def _withdrawn(duo: Duo, purpose: ConsentPurpose) -> None:
    give_consents(
        person=duo.mentee, purposes=[purpose], language="en", by=make_follow_up.LINK, now=noon(TODAY)
    )
    Consent.everywhere.filter(person=duo.mentee, purpose=purpose).update(withdrawn_at=noon(TODAY))


def _stop(duo: Duo) -> None:
    person = Person.everywhere.get(pk=duo.mentee_id)
    for channel, address in ((Channel.EMAIL, person.email), (Channel.SMS, person.phone)):
        if address:
            messages.record_stop(channel=channel, address=address, by=make_follow_up.LINK, now=noon(TODAY))


def _second_duo(duo: Duo) -> None:
    other = app.duo(duo.branch, started_on=TODAY)
    Duo.everywhere.filter(pk=other.pk).update(mentee=duo.mentee)


AGAINST: list[tuple[Any, str]] = [
    (_archive, "gone"),
    (_no_programme, "consent"),
    (_no_asking, "consent"),
    (_stop, "stopped"),
]


@pytest.mark.parametrize(("cause", "why"), AGAINST)
def test_whom_nobody_may_ask_is_not_asked_and_the_reason_is_kept(lyon: Branch, cause: Any, why: str) -> None:
    duo = make_follow_up.ended(lyon)
    cause(duo)
    tick(TODAY)
    assert (only().state, only().why_not) == ("not_asked", why)
    assert messages_of(duo.mentee_id) == []


@pytest.mark.parametrize(("cause", "why"), [*AGAINST, (_second_duo, "new_duo")])
def test_what_comes_meanwhile_ends_the_asking_and_its_call(lyon: Branch, cause: Any, why: str) -> None:
    duo = make_follow_up.ended(lyon)
    for after in (0, 3, 10, 17):
        tick(TODAY + after * ONE)
    assert len(steps()) == 1
    cause(duo)
    tick(TODAY + 18 * ONE)
    assert (only().state, only().why_not, steps()) == ("not_asked", why, [])


def test_who_is_in_another_duo_is_asked_after_that_one(lyon: Branch) -> None:
    duo = make_follow_up.ended(lyon)
    _second_duo(duo)
    tick(TODAY)
    assert not FollowUp.everywhere.exists()


def test_who_asked_not_to_be_asked_again_is_not(lyon: Branch) -> None:
    duo = make_follow_up.ended(lyon, months_ago=12)
    first = make_follow_up.asked(duo)
    note_call(
        row=first,
        result=CallResult.ANSWERED,
        what="other",
        ask_again=False,
        by=make.coordinator(lyon),
        now=noon(first.due_on),
    )
    tick(TODAY)
    assert FollowUp.everywhere.get(month=12).why_not == "asked_not_to"


def test_who_is_away_is_asked_on_coming_back(lyon: Branch) -> None:
    duo = make_follow_up.ended(lyon)
    app.absence(duo.mentee, from_on=TODAY, until_on=TODAY + 4 * ONE)
    tick(TODAY)
    assert only().state == "due"
    tick(TODAY + 5 * ONE)
    assert only().state == "asked"


def test_whom_no_message_reaches_is_called_and_a_letter_goes_once(lyon: Branch) -> None:
    none = make_follow_up.ended(lyon, email="", phone="")
    phone = make_follow_up.ended(lyon, channel="phone")
    letter = make_follow_up.ended(lyon, channel="letter")
    for after in (0, 3, 10, 16):
        tick(TODAY + after * ONE)
    found = dict(FollowUp.everywhere.values_list("duo", "state"))
    assert found == {none.pk: "to_call", phone.pk: "to_call", letter.pk: "asked"}
    assert messages_of(letter.mentee_id) == ["follow_up.asked"]
    tick(TODAY + 17 * ONE)
    assert FollowUp.everywhere.get(duo=letter).state == "to_call"


def test_of_two_addresses_the_one_without_stop_is_used(lyon: Branch, settings: Settings) -> None:
    settings.TRABOULE_SMS_PROVIDER = "console"
    duo = make_follow_up.ended(lyon, phone="+33612345678")
    email = Person.everywhere.get(pk=duo.mentee_id).email
    messages.record_stop(channel=Channel.EMAIL, address=email, by=make_follow_up.LINK, now=noon(TODAY))
    tick(TODAY)
    assert Message.everywhere.get(person=duo.mentee, kind="follow_up.asked").channel == "sms"


def test_one_that_breaks_stops_nobody_else(lyon: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    from traboule.apps.followups.actions import ticks
    from traboule.core.each import SomeFailed

    broken, other = make_follow_up.ended(lyon), make_follow_up.ended(lyon)
    real = ticks.ask_follow_up

    def ask(*, row: FollowUp, **more: Any) -> FollowUp:
        if row.duo_id == broken.pk:
            raise RuntimeError
        return real(row=row, **more)

    monkeypatch.setattr(ticks, "ask_follow_up", ask)
    with pytest.raises(SomeFailed):
        tick(TODAY)
    assert dict(FollowUp.everywhere.values_list("duo", "state")) == {broken.pk: "due", other.pk: "asked"}


def test_the_indicators_read_every_kind_of_answer_and_a_past_day_again(lyon: Branch) -> None:
    by = make.coordinator(lyon)
    duos = [make_follow_up.ended(lyon) for _ in range(5)]
    rows = [make_follow_up.asked(duo) for duo in duos]
    later = TODAY + 20 * ONE
    said = (CallResult.ANSWERED, CallResult.REFUSED, CallResult.UNREACHABLE)
    for row, result in zip(rows, said, strict=False):
        what = "searching" if result == CallResult.ANSWERED else ""
        note_call(row=row, result=result, what=what, by=by, now=noon(later))
    mentor = duos[3].mentor
    tell.told(duos[3].mentee, now=noon(later), starts_on=TODAY, told_by=ToldBy.MENTOR, teller=mentor)
    found = answers_of([lyon], later)
    says = [(fact.month, str(fact.answer), fact.on) for duo in duos for fact in found[duo.pk]]
    assert says == [
        (6, "reached", later),
        (6, "refused", later),
        (6, "unreachable", later),
        (6, "unknown", later),  # the mentor told it: nobody reached the mentee
        (6, "unknown", TODAY),
    ]
    before = [str(fact.answer) for facts in answers_of([lyon], later - ONE).values() for fact in facts]
    assert before == ["unknown"] * 5
    assert answers_of([lyon], TODAY - ONE) == {}
