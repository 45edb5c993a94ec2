"""What became of those whom an adviser sent: for the adviser only with consent, for the team by partner."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from traboule.apps.applications.enums import ApplicationState, ReferralOutcome, Source
from traboule.apps.applications.models import Application
from traboule.apps.applications.rules import referral_outcome
from traboule.apps.branches.models import Branch
from traboule.apps.partners.models import Partner, Referrer
from traboule.apps.people.enums import ConsentPurpose, MenteeState, Permission
from traboule.apps.people.models import Consent
from traboule.core.actors import Actor
from traboule.core.permissions import authorise


@dataclass(frozen=True, slots=True)
class Referral:
    """One line for the adviser: nothing but a name, a date and a plain sentence."""

    name: str
    sent_at: datetime | None
    outcome: ReferralOutcome
    draft_id: int | None


@dataclass(frozen=True, slots=True)
class Sent:
    """How many a partner or an adviser sent, and what became of them."""

    total: int = 0
    waiting: int = 0
    with_mentor: int = 0
    ended: int = 0


def my_referrals(*, actor: Actor, branch: Branch) -> models.QuerySet[Application]:
    """Return what ``actor`` sent to this branch, the latest first; see ``as_referral``."""
    authorise(actor, Permission.REFERRALS_MAKE, branch.pk)
    # The yes belongs to the adviser who asked for it: after a merge another one does not hear by it.
    hears = Consent.everywhere.filter(
        person=OuterRef("person"),
        purpose=ConsentPurpose.REFERRER_NEWS,
        collected_by=OuterRef("referred_by"),
        withdrawn_at=None,
    )
    rows = Application.everywhere.filter(branch=branch, referred_by_id=actor.id, source=Source.REFERRER)
    return (
        rows.select_related("person", "person__mentee")
        .annotate(may_hear=Exists(hears))
        .order_by("-started_at", "-pk")
    )


def as_referral(row: Application) -> Referral:
    """Return the line of one row of ``my_referrals``."""
    is_draft = row.state == ApplicationState.DRAFT
    if row.person is not None:
        name = f"{row.person.first_name} {row.person.last_name}".strip()
    else:
        name = " ".join(str(row.answers.get(part, "")) for part in ("first_name", "last_name")).strip()
    mentee = getattr(row.person, "mentee", None)
    hears = bool(getattr(row, "may_hear", False))
    outcome = referral_outcome(row.state, mentee.state if mentee else None, may_hear=hears)
    return Referral(name, row.sent_at, outcome, row.pk if is_draft else None)


def find_draft(*, actor: Actor, branch: Branch, pk: str | None) -> Application | None:
    """Return a referral that ``actor`` has not sent yet, or None."""
    authorise(actor, Permission.REFERRALS_MAKE, branch.pk)
    if not pk or not pk.isdecimal():
        return None
    rows = Application.everywhere.filter(branch=branch, referred_by_id=actor.id, source=Source.REFERRER)
    return rows.filter(pk=int(pk[:18]), state=ApplicationState.DRAFT).first()


def referrals_by_login(*, actor: Actor, branch: Branch) -> dict[int, Sent]:
    """Count what became of those whom each adviser sent, by login; one query."""
    authorise(actor, Permission.PARTNERS_SEE, branch.pk)
    sent = Application.everywhere.filter(branch=branch, referred_by__isnull=False, source=Source.REFERRER)
    matched = Q(person__mentee__state=MenteeState.MATCHED)
    over = Q(state__in=[ApplicationState.REFUSED, ApplicationState.WITHDRAWN]) | Q(
        person__mentee__state=MenteeState.LEFT
    )
    rows = (
        sent.exclude(state=ApplicationState.DRAFT)
        .order_by()
        .values("referred_by_id")
        .annotate(
            total=Count("pk"),
            with_mentor=Count("pk", filter=matched),
            ended=Count("pk", filter=over & ~matched),
        )
    )
    return {
        row["referred_by_id"]: Sent(
            total=row["total"],
            waiting=row["total"] - row["with_mentor"] - row["ended"],
            with_mentor=row["with_mentor"],
            ended=row["ended"],
        )
        for row in rows
    }


def sent_by(referrers: list[Referrer], counted: dict[int, Sent]) -> Sent:
    """Add up the advisers of one partner; an adviser who left and came back counts once."""
    total: Counter[str] = Counter()
    for login in {referrer.login_id for referrer in referrers}:
        found = counted.get(login, Sent())
        total.update({name: getattr(found, name) for name in Sent.__slots__})
    return Sent(**{name: total[name] for name in Sent.__slots__})


def referrals_of_partner(*, actor: Actor, partner: Partner) -> models.QuerySet[Application]:
    """Return whom the advisers of a partner sent, the latest first, for the team of the branch."""
    authorise(actor, Permission.PARTNERS_SEE, partner.branch_id)
    logins = Referrer.everywhere.filter(partner=partner).values("login_id")
    return (
        Application.everywhere.filter(
            branch_id=partner.branch_id, referred_by__in=logins, source=Source.REFERRER, person__isnull=False
        )
        .select_related("person", "person__mentee", "referred_by")
        .order_by("-sent_at", "-pk")
    )
