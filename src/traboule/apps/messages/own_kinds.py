"""What this app itself says to people: while they wait for a duo, and a new link to their page."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import Kind, register_kind

_NEWS = {"first_name": "Selam", "day": "jeudi 10 décembre", "branch": "Lyon"}
_LINK = {"first_name": "Selam", "link": "https://traboule.example/l/abc/", "branch": "Lyon"}


def _with_link(text: Promise | str, between: str = "\n\n") -> Promise | str:
    """The text, and behind it the link to the reader's own page."""
    return format_lazy("{text}{between}%(link)s", text=text, between=between)


KINDS = (
    Kind(
        code="pool.entered",
        title=_("You wait for a mentor: the first word"),
        subject=_("We look for a mentor for you"),
        body=_with_link(
            _(
                "Hello %(first_name)s,\n\nWe look for a mentor for you. Next news: %(day)s.\n\n"
                "If something changes for you, tell us.\n\nThe team in %(branch)s"
            ),
        ),
        sms=_with_link(
            _("Hello %(first_name)s, all is well, we are looking. Next news: %(day)s. %(branch)s"), " "
        ),
        example=_NEWS | _LINK,
    ),
    Kind(
        code="pool.entered_mentor",
        title=_("A mentor is ready: the first word"),
        subject=_("You are ready to be a mentor"),
        body=_with_link(
            _(
                "Hello %(first_name)s,\n\nYou are ready. We look for the person you can help most. "
                "Next news: %(day)s.\n\nThe team in %(branch)s"
            ),
        ),
        sms=_with_link(
            _("Hello %(first_name)s, you are ready, we are looking. Next news: %(day)s. %(branch)s"), " "
        ),
        example=_NEWS | _LINK,
    ),
    Kind(
        code="pool.news",
        title=_("News while a mentee waits"),
        subject=_("We still look for a mentor for you"),
        body=_(
            "Hello %(first_name)s,\n\nWe promised you news today. We have not found your mentor yet. "
            "You are not forgotten.\n\nWe look again. Next news: %(day)s.\n\nThe team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, nothing found yet, we look again. Next news: %(day)s. %(branch)s"),
        example=_NEWS,
    ),
    Kind(
        code="pool.news_mentor",
        title=_("News while a mentor waits"),
        subject=_("We still look for somebody for you"),
        body=_(
            "Hello %(first_name)s,\n\nWe promised you news today. Nobody who suits has come yet. "
            "Thank you for your patience.\n\nWe look again. Next news: %(day)s.\n\n"
            "The team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, nobody yet, we look again. Next news: %(day)s. %(branch)s"),
        example=_NEWS,
    ),
    Kind(
        code="pool.news_open",
        title=_("News while something is being decided"),
        subject=_("Something is under way"),
        body=_(
            "Hello %(first_name)s,\n\nWe promised you news today. Something is under way, and not decided "
            "yet.\n\nNext news: %(day)s, or before.\n\nThe team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, something is under way. Next news: %(day)s or before. %(branch)s"),
        example=_NEWS,
    ),
    Kind(
        code="pool.how_long",
        title=_("Until when can you wait?"),
        subject=_("Until when can you wait?"),
        body=_(
            "Hello %(first_name)s,\n\nUntil when can you wait for a mentor? Please tell us here:\n"
            "%(link)s\n\nNo answer is wrong. It helps us to look in the right order.\n\n"
            "The team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, until when can you wait? %(link)s %(branch)s"),
        example=_LINK,
    ),
    Kind(
        code="pool.how_long_mentor",
        title=_("Until when can a mentor wait?"),
        subject=_("Until when can you wait?"),
        body=_(
            "Hello %(first_name)s,\n\nWe look for somebody whom you can accompany. Until when can you wait? "
            "Please tell us here:\n%(link)s\n\nNo answer is wrong. It helps us to look in the right order."
            "\n\nThe team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, until when can you wait? %(link)s %(branch)s"),
        example=_LINK,
    ),
    Kind(
        code="retention.notice",
        title=_("Your data go soon: 30 days before"),
        subject=_("We have not heard from you for two years"),
        body=_(
            "Hello %(first_name)s,\n\nWe have not heard from you for two years. "
            "So we erase what we hold about you, from %(day)s.\n\n"
            "Do you want to stay? Do you want a copy first? Tell us here:\n%(link)s\n\n"
            "If you do nothing, everything is erased.\n\nThe team in %(branch)s"
        ),
        sms=_("%(first_name)s, we erase your data from %(day)s. Stay, or have a copy: %(link)s %(branch)s"),
        example=_NEWS | _LINK,
        owed=True,
    ),
    Kind(
        code="place.link",
        title=_("A new link to the own page"),
        subject=_("Your page: a new link"),
        body=_(
            "Hello %(first_name)s,\n\nHere is your page:\n%(link)s\n\n"
            "The link works for three months.\n\nThe team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, your page: %(link)s %(branch)s"),
        example=_LINK,
    ),
)


def register_own_kinds() -> None:
    """Register the messages of the pool."""
    for kind in KINDS:
        register_kind(kind)
