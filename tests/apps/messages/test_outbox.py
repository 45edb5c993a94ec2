"""From the fact to the receiver: one row, one decision, one message; and what comes back."""

import smtplib
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from tests.apps.messages.conftest import Deliver
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.messages import actions, queries
from traboule.apps.messages.enums import DeliveryState, MessageStep, Why
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Channel, ConsentPurpose, Role
from traboule.apps.people.models import Consent, Person
from traboule.apps.steps.models import OpenStep
from traboule.core import outbox
from traboule.core.actors import Actor, system
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed
from traboule.core.registry import ON_ERASE, ON_EXPORT

pytestmark = pytest.mark.django_db
BY = system("test")
MORNING = NOW + timedelta(days=1)


def say(person: Person, event: str = "news:1", **changes: Any) -> Message | None:
    values = {"first_name": person.first_name, "day": "Tuesday 10 March", "branch": "Lyon"}
    given = {"branch": person.branch, "kind": "pool.news", "values": values, "by": BY, "now": NOW}
    return actions.tell(person=person, event=event, **{**given, **changes})


def the(person: Person) -> Message:
    return Message.everywhere.get(person=person)


def test_a_message_goes_to_the_channel_of_the_person_in_their_language(
    lyon: Branch, deliver: Deliver
) -> None:
    selam = make.mentee(lyon, first_name="Selam", contact_language="en")
    say(selam)
    assert mail.outbox == []
    assert deliver(NOW) == 1
    (sent,) = mail.outbox
    row = the(selam)
    assert sent.to == [selam.email]
    assert "Hello Selam" in str(sent.body)
    assert str(row.uid) in sent.message()["Message-ID"]
    assert sent.message()["Auto-Submitted"] == "auto-generated"
    assert (row.state, row.sent_at) == (DeliveryState.SENT, NOW)
    assert deliver(NOW + timedelta(days=2)) == 0


def test_a_text_message_carries_its_uid_as_the_key(lyon: Branch, deliver: Deliver, texts: list[Any]) -> None:
    selam = make.mentee(lyon, channel=Channel.SMS, contact_language="en")
    say(selam)
    deliver(NOW)
    ((key, to, text),) = texts
    assert (key, to) == (str(the(selam).uid), selam.phone)
    assert "we look again" in text


def test_the_same_fact_is_told_once(lyon: Branch, deliver: Deliver) -> None:
    selam = make.mentee(lyon)
    first = say(selam)
    assert say(selam) == first
    deliver(NOW)
    say(selam)
    deliver(NOW)
    assert len(mail.outbox) == 1


def test_a_message_is_undone_with_its_fact(lyon: Branch) -> None:
    selam = make.mentee(lyon)
    with transaction.atomic():
        say(selam)
        assert Message.everywhere.exists()
        transaction.set_rollback(True)
    assert not Message.everywhere.exists()


def test_who_has_no_phone_is_written_to_by_mail_and_who_has_neither_becomes_a_step(lyon: Branch) -> None:
    with_mail = make.mentee(lyon, channel=Channel.SMS, phone="")
    with_nothing = make.mentee(lyon, channel=Channel.SMS, phone="", email="")
    assert say(with_mail) is not None
    assert the(with_mail).channel == Channel.EMAIL
    assert say(with_nothing) is None
    assert (the(with_nothing).state, the(with_nothing).reason) == (DeliveryState.WITHHELD, Why.NO_ADDRESS)
    assert OpenStep.everywhere.get(person=with_nothing).kind == MessageStep.UNREACHABLE


def test_who_is_archived_after_the_fact_is_left_in_peace(lyon: Branch, deliver: Deliver) -> None:
    selam = make.mentee(lyon)
    say(selam)
    Person.everywhere.filter(pk=selam.pk).update(archived_at=NOW)
    deliver(NOW)
    assert mail.outbox == []
    assert (the(selam).state, the(selam).reason) == (DeliveryState.WITHHELD, Why.ARCHIVED)


def test_without_consent_nothing_goes_out(lyon: Branch) -> None:
    selam = make.mentee(lyon)
    consent = Consent.everywhere.create(
        person=selam, purpose=ConsentPurpose.PROGRAMME, text_version="1", language="fr",
        channel=Channel.EMAIL, given_at=NOW - timedelta(days=3),
    )  # fmt: skip
    assert say(selam, "a") is not None
    Consent.everywhere.filter(pk=consent.pk).update(withdrawn_at=NOW)
    assert say(selam, "b") is None


def test_at_night_a_text_message_is_moved_and_says_why(
    lyon: Branch, deliver: Deliver, texts: list[Any]
) -> None:
    selam = make.mentee(lyon, channel=Channel.SMS)
    night = NOW.replace(hour=22)
    say(selam, now=night)
    row = the(selam)
    assert (row.reason, row.due_at) == (Why.QUIET_HOURS, datetime.fromisoformat("2026-03-03T07:00+00:00"))
    assert deliver(night) == 0
    deliver(row.due_at)
    assert len(texts) == 1


def test_a_worker_that_slept_until_the_night_moves_the_message_again(
    lyon: Branch, deliver: Deliver, texts: list[Any]
) -> None:
    selam = make.mentee(lyon, channel=Channel.SMS)
    say(selam)
    deliver(NOW.replace(hour=22))
    assert texts == []
    assert (the(selam).state, the(selam).attempts) == (DeliveryState.WAITING, 0)


def test_a_worker_that_slept_three_days_sends_no_stale_message(lyon: Branch, deliver: Deliver) -> None:
    fresh, stale = make.mentee(lyon), make.mentee(lyon)
    say(fresh)
    say(stale, not_after=NOW + timedelta(days=1))
    deliver(NOW + timedelta(days=3))
    assert [sent.to for sent in mail.outbox] == [[fresh.email]]
    assert the(stale).reason == Why.STALE


def test_the_same_words_to_one_address_go_once_when_a_person_is_here_twice(
    lyon: Branch, deliver: Deliver
) -> None:
    one = make.mentee(lyon, first_name="Selam", email="selam@example.org")
    two = make.mentee(lyon, first_name="Selam", email="selam@example.org")
    say(one)
    say(two)
    deliver(NOW)
    assert len(mail.outbox) == 1
    assert the(two).reason == Why.DUPLICATE


def test_the_same_words_are_news_again_after_others(lyon: Branch, deliver: Deliver) -> None:
    selam = make.mentee(lyon)
    for number, kind in enumerate(("pool.news", "pool.news_open", "pool.news")):
        say(selam, f"news:{number}", kind=kind)
        deliver(NOW)
    assert len(mail.outbox) == 3
    say(selam, "news:4")
    deliver(NOW)
    assert len(mail.outbox) == 3  # nothing lay between these two


@pytest.mark.parametrize(
    ("channel", "kind"),
    [
        (Channel.PHONE, MessageStep.CALL),
        (Channel.LETTER, MessageStep.LETTER),
        (Channel.REFERRER, MessageStep.REFERRER),
    ],
)
def test_what_no_machine_can_send_becomes_a_step_that_one_press_closes(
    lyon: Branch, coordinator: Actor, deliver: Deliver, channel: Channel, kind: MessageStep
) -> None:
    selam = make.mentee(lyon, channel=channel)
    say(selam)
    deliver(NOW)
    row = the(selam)
    assert row.state == DeliveryState.HANDED
    step = OpenStep.everywhere.get(person=selam)
    assert (step.kind, step.subject_id) == (kind, row.pk)
    actions.record_delivery(message=row, by=coordinator, now=MORNING)
    step.refresh_from_db()
    assert step.closed_at == MORNING
    assert the(selam).state == DeliveryState.DELIVERED


def test_a_bounce_opens_one_step_and_sending_again_closes_it_under_a_new_name(
    lyon: Branch, coordinator: Actor, deliver: Deliver
) -> None:
    selam = make.mentee(lyon)
    say(selam)
    deliver(NOW)
    first = the(selam).uid
    for _twice in range(2):
        actions.record_bounce(message=the(selam), by=BY, now=NOW, trouble="550 no such box")
    assert OpenStep.everywhere.get(person=selam).kind == MessageStep.BOUNCED
    Person.everywhere.filter(pk=selam.pk).update(email="new@example.org")
    actions.send_again(message=the(selam), by=coordinator, now=MORNING)
    deliver(MORNING)
    assert mail.outbox[-1].to == ["new@example.org"]
    assert the(selam).uid != first
    assert not OpenStep.everywhere.filter(closed_at=None).exists()
    assert AuditEntry.objects.filter(verb="message.bounced").count() == 1


def test_a_message_that_waits_is_not_sent_again(lyon: Branch, coordinator: Actor) -> None:
    message = say(make.mentee(lyon))
    assert message is not None
    with pytest.raises(actions.StillWaiting):
        actions.send_again(message=message, by=coordinator, now=NOW)


def test_who_may_only_look_cannot_send_again(lyon: Branch, deliver: Deliver) -> None:
    message = say(make.mentee(lyon))
    assert message is not None
    deliver(NOW)
    with pytest.raises(NotAllowed):
        actions.send_again(message=message, by=make.actor(Role.FUNDER, lyon), now=NOW)


def test_stop_holds_for_the_address_until_it_is_taken_back(lyon: Branch, coordinator: Actor) -> None:
    selam = make.mentee(lyon, channel=Channel.SMS, phone="+33698765432")
    actions.record_stop(channel=Channel.SMS, address="+33 6 98 76 54 32", by=BY, now=NOW)
    assert say(selam, "a") is None
    assert queries.stopped_channels(selam) == [Channel.SMS]
    actions.lift_stop(channel=Channel.SMS, person=selam, by=coordinator, now=NOW)
    assert say(selam, "b") is not None


class DownThenUp(EmailBackend):
    """A mail server that is down for a while: a real backend of Django's interface."""

    is_down = True

    def send_messages(self, messages: Any) -> int:
        if self.is_down:
            raise smtplib.SMTPServerDisconnected
        return super().send_messages(messages)


def test_a_server_that_is_down_for_a_day_loses_nothing(
    lyon: Branch, deliver: Deliver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.DownThenUp"
    monkeypatch.setattr("traboule.apps.messages.post.get_connection", DownThenUp)
    selam = make.mentee(lyon)
    say(selam)
    for quarter in range(4 * 24):
        deliver(NOW + timedelta(minutes=15 * quarter))
    assert (the(selam).state, the(selam).reason) == (DeliveryState.WAITING, Why.TRIES_AGAIN)
    assert the(selam).attempts < outbox.MOST_TRIES
    monkeypatch.setattr(DownThenUp, "is_down", False)
    deliver(NOW + timedelta(hours=30))
    assert len(mail.outbox) == 1
    assert the(selam).state == DeliveryState.SENT


def test_after_all_tries_it_fails_and_becomes_a_step(
    lyon: Branch, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("traboule.apps.messages.post.get_connection", DownThenUp)
    selam = make.mentee(lyon)
    say(selam)
    for hour in range(0, 24 * 6, 4):
        deliver(NOW + timedelta(hours=hour))
    assert (the(selam).state, the(selam).reason) == (DeliveryState.FAILED, Why.GAVE_UP)
    assert OpenStep.everywhere.get(person=selam).kind == MessageStep.FAILED


def test_a_lease_that_ran_out_is_taken_over_and_its_old_worker_writes_nothing(lyon: Branch) -> None:
    selam = make.mentee(lyon)
    say(selam)
    (held,) = outbox.claim(Message, now=NOW, limit=5)
    assert outbox.claim(Message, now=NOW, limit=5) == []
    later = NOW + outbox.LEASE
    (taken,) = outbox.claim(Message, now=later, limit=5)
    assert taken.uid == held.uid
    assert not outbox.settle(held, outbox.Outcome(DeliveryState.FAILED))
    assert outbox.settle(taken, outbox.Outcome(DeliveryState.SENT))


def test_erasing_takes_the_messages_and_an_export_holds_them(lyon: Branch) -> None:
    selam, other = make.mentee(lyon, first_name="Canari"), make.mentee(lyon)
    say(selam)
    say(other)
    export = dict(ON_EXPORT._handlers)["messages"](selam.pk)
    assert "Canari" in export["messages"][0]["text"]
    dict(ON_ERASE._handlers)["messages"](selam.pk, NOW)
    assert list(Message.everywhere.values_list("person_id", flat=True)) == [other.pk]


def test_a_branch_says_it_in_its_own_words(lyon: Branch) -> None:
    director = make.actor(Role.DIRECTOR, lyon)
    words = {"subject": "Du nouveau", "body": "Salut %(first_name)s, à %(day)s !", "sms": ""}
    actions.set_wording(branch=lyon, kind="pool.news", language="fr", **words, by=director, now=NOW)
    say(make.mentee(lyon, first_name="Selam", contact_language="fr"))
    assert Message.everywhere.get().body == "Salut Selam, à Tuesday 10 March !"
    actions.drop_wording(branch=lyon, kind="pool.news", language="fr", by=director, now=NOW)
    assert queries.wording_of(branch=lyon, kind="pool.news", language="fr") is None


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("Hello %(firstname)s %(link)s", "%(firstname)s"),
        ("Hello %(first_name)s", "%(link)s"),
        ("100 % sure %(link)s", "%%"),
    ],
)
def test_a_wrong_place_in_own_words_is_named(lyon: Branch, body: str, named: str) -> None:
    director = make.actor(Role.DIRECTOR, lyon)
    with pytest.raises(actions.BadWording) as refused:
        actions.set_wording(
            branch=lyon,
            kind="pool.how_long",
            language="en",
            subject="?",
            body=body,
            sms="",
            by=director,
            now=NOW,
        )
    assert named in refused.value.errors["body"]


def test_no_text_message_of_the_house_holds_a_sensitive_word_or_takes_more_than_two_parts() -> None:
    from traboule.apps.messages.kinds import kinds
    from traboule.apps.messages.rules import in_plain_signs, length_of
    from traboule.apps.messages.validators import check_short

    for kind in kinds():
        check_short(str(kind.sms))
        assert length_of(in_plain_signs(str(kind.sms) % kind.example)).parts <= 2 if kind.sms else True
