"""The end of a duo has moved: its agreement is put right, in a version that all sign again."""

from datetime import datetime

from django.db import transaction

from traboule.apps.duos.actions.agreements import FIELDS, draft_agreement, withdraw_agreement
from traboule.apps.duos.enums import OPEN_AGREEMENT_STATES, AgreementState, Party
from traboule.apps.duos.models import Agreement, Duo
from traboule.apps.people.models import Login
from traboule.core.actors import Actor


@transaction.atomic
def amend_for_new_end(
    *, duo: Duo, by: Actor, now: datetime, decided_by: Login | None = None
) -> Agreement | None:
    """Draft the next version where one was sent or signed; a version on its way is withdrawn first.

    Without an agreement, or with a draft, nothing needs to be put right: the words are fixed on sending.
    """
    rows = Agreement.everywhere.filter(duo=duo).exclude(state=AgreementState.WITHDRAWN)
    last = rows.prefetch_related("signatures").order_by("-version").first()
    if last is None or last.state == AgreementState.DRAFTED:
        return last
    signed = list(last.signatures.all())
    if last.state in OPEN_AGREEMENT_STATES:
        withdraw_agreement(agreement=last, by=by, now=now, decided_by=decided_by)
    return draft_agreement(
        duo=duo,
        fields={name: getattr(last, name) for name in FIELDS},
        by=by,
        now=now,
        parties=[row.party for row in signed if row.party != Party.OTHER],
        others=[row.label for row in signed if row.party == Party.OTHER],
        decided_by=decided_by,
    )


@transaction.atomic
def withdraw_open_agreements(*, duo: Duo, by: Actor, now: datetime) -> None:
    """The duo has ended: nobody signs what is still on its way."""
    for row in Agreement.everywhere.filter(duo=duo, state__in=OPEN_AGREEMENT_STATES):
        withdraw_agreement(agreement=row, by=by, now=now)
