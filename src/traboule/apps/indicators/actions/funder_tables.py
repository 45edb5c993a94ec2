"""Handing out a table for those who pay: it is kept, so that no later one gives somebody away beside it."""

from datetime import date, datetime

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.models import HandedTable
from traboule.apps.indicators.queries.funder_tables import Wish
from traboule.apps.indicators.queries.handed import Offer, latest_of, offered, row_of
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise

TRIES = 5


class Overtaken(Exception):
    """Others handed out tables of this branch again and again while this one was made: try once more."""


def hand_out_table(*, branch: Branch, wish: Wish, as_of: date, by: Actor, now: datetime) -> HandedTable:
    """Keep a table as it goes out; the same table of the same day is kept once and goes out as it was.

    It is worked out before the transaction. If somebody hands out another one meanwhile, it is worked out
    again. Raises Overtaken, NotVisible, NotAllowed.
    """
    authorise(by, Permission.PEOPLE_EXPORT, branch.pk)
    for _ in range(TRIES):
        offer = offered(actor=by, branch=branch, wish=wish, as_of=as_of)
        kept = offer.handed or _kept(offer, wish, branch, as_of, by, now)
        if kept is not None:
            return kept
    raise Overtaken


@transaction.atomic
def _kept(
    offer: Offer, wish: Wish, branch: Branch, as_of: date, by: Actor, now: datetime
) -> HandedTable | None:
    """Keep it, unless another one went out since it was worked out. The branch is locked meanwhile."""
    Branch.objects.select_for_update().get(pk=branch.pk)
    if latest_of(branch.pk) != offer.latest:
        return None
    one = row_of(offer, wish, branch, as_of)
    one.handed_at = now
    one.save()
    facts = {
        **wish.facts,
        "as_of": as_of.isoformat(),
        "digest": one.digest,
        "hidden": sum(count is None for count in offer.table.shown.values()),
        "hidden_because_of_earlier": offer.because,
    }
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="funder_table.handed_out",
        subject_type="funder_table",
        subject_id=one.pk,
        facts=facts,
    )
    return one
