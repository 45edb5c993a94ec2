"""Named reads of this app."""

from traboule.apps.partners.queries.partners import (
    find_partner,
    find_referrer,
    partner_of,
    partners_of,
    referrers_of,
)

__all__ = ["find_partner", "find_referrer", "partner_of", "partners_of", "referrers_of"]
