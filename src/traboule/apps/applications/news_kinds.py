"""What people read on the day that was promised to them: what happens now, and when they hear again."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.queries.standing import NEWS
from traboule.apps.messages.kinds import Kind, register_kind
from traboule.core.languages import interface

_NOW = {
    ApplicationState.SENT: _("We have read your request. We call you to find a date for a talk."),
    ApplicationState.TALK_PLANNED: _("Our talk is planned. Did it not take place? Then call us."),
    ApplicationState.TALK_HELD: _("We still think about our talk. There is no answer yet."),
    ApplicationState.DEFERRED: _("We look at your request again, as we promised."),
    ApplicationState.ACCEPTED: _("You are in. Your training goes on, step by step."),
}


def said_now(state: str, language: str) -> str:
    """Return what happens now, in the language of the reader."""
    with translation.override(interface(language)):
        return str(_NOW[ApplicationState(state)])


def register_kinds() -> None:
    """Register the message."""
    register_kind(
        Kind(
            code=NEWS,
            title=_("News while somebody waits for our answer"),
            subject=_("News from us, as we promised"),
            body=_(
                "Hello %(first_name)s,\n\nWe promised you news today. %(now)s\n\n"
                "You are not forgotten. Next news: %(day)s, or before.\n\nThe team in %(branch)s"
            ),
            sms=_("Hello %(first_name)s, %(now)s Next news: %(day)s or before. %(branch)s"),
            example={
                "first_name": "Selam",
                "now": "We have read your request.",
                "day": "Tuesday 9 December",
                "branch": "Lyon",
            },
        )
    )
