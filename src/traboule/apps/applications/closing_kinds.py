"""What people read when their branch closes."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import Kind, register_kind

CLOSES = "branch.closes"


def register_kinds() -> None:
    """Register the message."""
    register_kind(
        Kind(
            code=CLOSES,
            title=_("The branch closes"),
            subject=_("Our place in %(branch)s closes"),
            body=_(
                "Hello %(first_name)s,\n\nOur place in %(branch)s closes on %(day)s. You did nothing wrong. "
                "You are not left alone.\n\n"
                "You can go on with another place of ours, if you wish. Say so here:\n%(link)s\n\n"
                "Without your yes nothing moves. Questions? Ask %(host)s.\n\nThe team in %(branch)s"
            ),
            sms=_("%(first_name)s, our place in %(branch)s closes on %(day)s. What next? %(link)s %(host)s"),
            example={
                "first_name": "Selam",
                "branch": "Lyon",
                "day": "1 March",
                "host": "Claire Vasseur",
                "link": "https://example.org/l/abc/",
            },
            owed=True,
        )
    )
