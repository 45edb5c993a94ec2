"""From a draft to three signatures: draft, send, sign, amend, withdraw.

One state and one link per signatory. The words are fixed when the agreement is sent.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.duos.actions import agreement_links as links
from traboule.apps.duos.clauses import WORDING, digest_of_texts, texts_of
from traboule.apps.duos.enums import (
    OPEN_AGREEMENT_STATES,
    OPEN_DUO_STATES,
    AgreementState,
    FirstStep,
    Party,
    SignedBy,
)
from traboule.apps.duos.models import Agreement, Duo, Signature
from traboule.apps.duos.queries.agreements import template_of
from traboule.apps.duos.rules import human, human_behind
from traboule.apps.duos.validators import SHORTEST_NAME, drawn, plain
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.apps.steps.actions import open_step
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.languages import EVERYBODY
from traboule.core.permissions import NotAllowed, authorise
from traboule.core.scope import locked
from traboule.kernel.lifecycle import AGREEMENT, IllegalMove

FIELDS = ("hours", "weekday", "place", "own_words", "own_words_read")


class DuoIsClosed(Exception):
    """A closed duo agrees on nothing new."""


class WaitsForSignatures(Exception):
    """A version is on its way: sign it or withdraw it first."""


class NobodySigns(ValueError):
    """At least two sign."""


class AlreadySigned(Exception):
    """This signatory has signed, at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class NameMissing(ValueError):
    """A signature is a typed name."""


@transaction.atomic
def draft_agreement(
    *,
    duo: Duo,
    fields: Mapping[str, Any],
    by: Actor,
    now: datetime,
    parties: Sequence[str] = (Party.MENTEE, Party.MENTOR, Party.COORDINATOR),
    others: Sequence[str] = (),
    decided_by: Login | None = None,
) -> Agreement:
    """Write the draft of the next version, or change the draft that is there.

    `others`: one more signatory, by the capacity. Raises DuoIsClosed, WaitsForSignatures, NobodySigns.
    """
    authorise(by, Permission.DUOS_WRITE, duo.branch_id)
    login = human_behind(by, decided_by)
    duo = _held(duo)
    if duo.state not in OPEN_DUO_STATES:
        raise DuoIsClosed
    rows = Agreement.everywhere.filter(duo=duo)
    draft = rows.filter(state__in=OPEN_AGREEMENT_STATES).first()
    if draft is not None and draft.state == AgreementState.SENT:
        raise WaitsForSignatures
    if len(parties) + len(others) < 2:
        raise NobodySigns
    if draft is None:
        last = rows.order_by("-version").values_list("version", flat=True).first() or 0
        draft = Agreement(branch_id=duo.branch_id, duo=duo, version=last + 1, state=AGREEMENT.first)
    draft.wording, draft.template = WORDING, template_of(duo.branch_id)
    draft.language = duo.mentee.contact_language
    draft.drafted_by_id, draft.drafted_at = login, now
    draft.hours, draft.weekday = fields.get("hours", 2), fields.get("weekday")
    draft.place = plain(fields["place"], 200)
    draft.own_words = plain(fields.get("own_words", ""), 1_000)
    draft.own_words_read = plain(fields.get("own_words_read", ""), 1_000)
    draft.save()
    draft.signatures.all().delete()
    _add_signatories(draft, parties, others)
    _record(draft, "agreement.drafted", by, now, version=draft.version)
    return draft


def amend(
    *, agreement: Agreement, changes: Mapping[str, Any], by: Actor, now: datetime, **more: Any
) -> Agreement:
    """Draft the next version from an earlier one; whoever signs now signs it, and the old one stays."""
    before = {name: getattr(agreement, name) for name in FIELDS}
    return draft_agreement(duo=agreement.duo, fields=before | dict(changes), by=by, now=now, **more)


def _add_signatories(draft: Agreement, parties: Sequence[str], others: Sequence[str]) -> None:
    people = {Party.MENTEE.value: draft.duo.mentee, Party.MENTOR.value: draft.duo.mentor}
    wanted = [Party(party) for party in Party.values if party in parties and party != Party.OTHER]
    rows = [Signature(agreement=draft, party=party, person=people.get(party.value)) for party in wanted]
    labels = dict.fromkeys(label for text in others if (label := plain(text, 80)))
    rows += [Signature(agreement=draft, party=Party.OTHER, label=label) for label in list(labels)[:1]]
    Signature.everywhere.bulk_create(rows)


@transaction.atomic
def send_for_signature(*, agreement: Agreement, by: Actor, now: datetime) -> Agreement:
    """Fix the words and ask everybody to sign: the two by a link of their own. Raises IllegalMove."""
    authorise(by, Permission.DUOS_WRITE, agreement.branch_id)
    login = human(by)
    agreement = _locked(agreement)
    agreement.state = AGREEMENT.after(agreement.state, "send")
    agreement.texts = texts_of(agreement)
    agreement.digest = digest_of_texts(agreement.texts)
    agreement.sent_by_id, agreement.sent_at = login, now
    agreement.save()
    for signature in agreement.signatures.exclude(person=None):
        links.ask_to_sign(signature, agreement, by=by, now=now, event="sent")
    _record(agreement, "agreement.sent", by, now, version=agreement.version, digest=agreement.digest)
    return agreement


@transaction.atomic
def ask_again(*, signature: Signature, by: Actor, now: datetime) -> None:
    """Send the link to sign once more; the earlier one opens nothing any more. Raises IllegalMove."""
    if by.kind is ActorKind.LOGIN and not by.may(Permission.DUOS_WRITE, signature.agreement.branch_id):
        _refuse_others(signature, by)
    agreement = _locked(signature.agreement)
    signature = _open(agreement, signature)
    links.withdraw(signature, now, links.SIGN)
    links.ask_to_sign(signature, agreement, by=by, now=now, event=f"again:{now.isoformat()}")
    _record(agreement, "agreement.asked_again", by, now, party=signature.party)


@transaction.atomic
def sign(
    *,
    signature: Signature,
    name: str,
    channel: SignedBy,
    language: str,
    by: Actor,
    now: datetime,
    drawing: str = "",
) -> Agreement:
    """One signs; the last signature puts the version in force and the one before out of it.

    Raises IllegalMove (not sent, withdrawn, replaced), AlreadySigned, NameMissing, NotAllowed.
    """
    _refuse_wrong_hand(signature, channel, by)
    clean = plain(name, 160)
    if len(clean) < SHORTEST_NAME:
        raise NameMissing
    agreement = _locked(signature.agreement)
    signature = _open(agreement, signature)
    signature.name, signature.signed_at, signature.channel = clean, now, channel
    signature.language = language if language in EVERYBODY else ""
    signature.drawing, signature.digest = drawn(drawing), agreement.digest
    signature.login_id = by.id if by.kind is ActorKind.LOGIN else None
    signature.save()
    touch(signature.person_id, now)
    links.withdraw(signature, now, links.SIGN)
    _record(agreement, "agreement.signed", by, now, party=signature.party, channel=str(channel))
    if not agreement.signatures.filter(signed_at=None).exists():
        _complete(agreement, by, now)
    return agreement


def _complete(agreement: Agreement, by: Actor, now: datetime) -> None:
    """The last has signed: the older version ends, this one is in force, everybody gets a copy."""
    for older in Agreement.everywhere.filter(duo=agreement.duo_id, state=AgreementState.SIGNED):
        older.state, older.ended_at = AGREEMENT.after(older.state, "replace"), now
        older.save(update_fields=["state", "ended_at"])
        _record(older, "agreement.replaced", by, now, version=older.version)
    agreement.state, agreement.signed_at = AGREEMENT.after(agreement.state, "complete"), now
    agreement.save(update_fields=["state", "signed_at"])
    for signature in agreement.signatures.exclude(person=None):
        links.send_copy(signature, agreement, by=by, now=now)
    _record(agreement, "agreement.completed", by, now, version=agreement.version)


@transaction.atomic
def withdraw_agreement(
    *, agreement: Agreement, by: Actor, now: datetime, decided_by: Login | None = None
) -> Agreement:
    """End a version: its links open nothing any more, and nobody can sign it. Raises IllegalMove."""
    authorise(by, Permission.DUOS_WRITE, agreement.branch_id)
    human_behind(by, decided_by)
    return _withdraw(agreement, by, now, "agreement.withdrawn")


@transaction.atomic
def say_wrong_hands(*, signature: Signature, by: Actor, now: datetime) -> Agreement:
    """Whoever opened the link is somebody else: the version ends, the team is told. Raises IllegalMove."""
    agreement = _withdraw(signature.agreement, by, now, "agreement.in_wrong_hands")
    open_step(
        branch=agreement.branch,
        kind=FirstStep.WRONG_HANDS,
        key=f"{FirstStep.WRONG_HANDS}:{signature.pk}",
        by=by,
        now=now,
        person=signature.person,
        due_on=local_day(now, agreement.branch.timezone),
        owner=agreement.sent_by,
        rank=10,
        subject_type="duo",
        subject_id=agreement.duo_id,
    )
    return agreement


def _withdraw(agreement: Agreement, by: Actor, now: datetime, verb: str) -> Agreement:
    agreement = _locked(agreement)
    agreement.state, agreement.ended_at = AGREEMENT.after(agreement.state, "withdraw"), now
    agreement.save(update_fields=["state", "ended_at"])
    for signature in agreement.signatures.all():
        links.withdraw(signature, now)
    _record(agreement, verb, by, now, version=agreement.version)
    return agreement


def _refuse_wrong_hand(signature: Signature, channel: SignedBy, by: Actor) -> None:
    """The team's screen and the coordinator need a colleague; one's own place is one's own."""
    if channel == SignedBy.SCREEN or signature.person_id is None:
        authorise(by, Permission.DUOS_WRITE, signature.agreement.branch_id)
        human(by)
    else:
        _refuse_others(signature, by)


def _refuse_others(signature: Signature, by: Actor) -> None:
    if signature.person is None:
        raise NotAllowed(Permission.DUOS_WRITE)
    authorise_own(signature.person, by)


def _open(agreement: Agreement, signature: Signature) -> Signature:
    """The signature under a lock, if it may still be given."""
    signature = locked(signature)
    if agreement.state != AgreementState.SENT:
        raise IllegalMove("agreement", agreement.state, "sign")
    if signature.signed_at is not None:
        raise AlreadySigned(signature.signed_at)
    return signature


def _held(duo: Duo) -> Duo:
    rows = Duo.everywhere.select_for_update(of=("self",)).select_related("mentee", "mentor", "branch")
    return rows.get(pk=duo.pk)


def _locked(agreement: Agreement) -> Agreement:
    """The agreement under a lock: two who press at once are served one after the other."""
    _held(agreement.duo)
    rows = Agreement.everywhere.select_for_update(of=("self",))
    return rows.select_related("duo__mentee", "duo__mentor", "branch", "sent_by").get(pk=agreement.pk)


def _record(agreement: Agreement, verb: str, by: Actor, now: datetime, **facts: object) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=agreement.branch_id,
        verb=verb,
        subject_type="duo",
        subject_id=agreement.duo_id,
        facts={"agreement": agreement.pk, **facts},
    )
