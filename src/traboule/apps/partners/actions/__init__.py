"""What may be done with partners. One call is one transaction with its audit entry."""

from traboule.apps.partners.actions.partners import (
    NameTaken,
    PartnerAsleep,
    add_partner,
    close_referrer,
    correct_partner,
    invite_referrer,
)

__all__ = [
    "NameTaken",
    "PartnerAsleep",
    "add_partner",
    "close_referrer",
    "correct_partner",
    "invite_referrer",
]
