"""What core asks about referrals, and what people who were sent are told."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.actions import demo_referrals, merging
from traboule.apps.applications.actions.referrals import RECEIVED
from traboule.apps.messages.kinds import Kind, register_kind
from traboule.core.registry import HANGS_ON, ON_DEMO, ON_MERGE, ON_UNMERGE


def register() -> None:
    """Answer the hooks."""
    ON_MERGE.register("applications", merging.settle_two_open)
    HANGS_ON.register("applications", merging.rows_of_talks)
    ON_UNMERGE.register("applications", merging.say_talks_hold)
    ON_DEMO.register("applications.referrals", demo_referrals.fill)
    register_kind(
        Kind(
            code=RECEIVED,
            title=_("To somebody whom an adviser wrote down"),
            subject=_("%(adviser)s wrote you down with us"),
            body=_(
                "Hello %(first_name)s,\n\n"
                "%(adviser)s from %(partner)s wrote you down with us, because you look for a mentor. "
                "We have your request.\n\n"
                "You hear from us by %(day)s at the latest.\n\n"
                "If you do not want this, just answer this message. It has no consequence.\n\n"
                "%(branch)s"
            ),
            sms=_(
                "%(first_name)s, %(adviser)s (%(partner)s) wrote you down with %(branch)s. "
                "You hear from us by %(day)s."
            ),
            example={
                "first_name": "Selam",
                "adviser": "Simon Meyer",
                "partner": "Maison des Jeunes",
                "branch": "Lyon",
                "day": "9/12/2026",
            },
        )
    )
