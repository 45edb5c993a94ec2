"""What a mentor or a mentee chooses among, in their own words. None of it blames anybody."""

# said to: everybody

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SideReason(TextChoices):
    """Why it ends, as one of the two sees it."""

    NO_TIME = "no_time", _("I have no more time")
    WORK = "work", _("I found work, a training or an internship")
    MOVING = "moving", _("I live elsewhere now")
    PERSONAL = "personal", _("Health or family")
    LANGUAGE = "language", _("It was hard to understand each other")
    RHYTHM = "rhythm", _("We hardly met")
    OTHER_NEED = "other_need", _("I need something else now")
    NO_FIT = "no_fit", _("It did not click between us")
    HEAVY = "heavy", _("It was too heavy for me")
    NOT_AT_EASE = "not_at_ease", _("I did not feel at ease")
    OTHER = "other", _("Another reason")
    RATHER_NOT = "rather_not", _("I would rather not say")


class Onward(TextChoices):
    """What a mentor wants to do next."""

    AGAIN = "again", pgettext_lazy("what a mentor does next", "Again: I am ready for a new duo")
    REST = "rest", pgettext_lazy("what a mentor does next", "Rest: ask me again later")
    OTHER_ROLE = "other_role", pgettext_lazy("what a mentor does next", "Another role in the association")
    STOP = "stop", pgettext_lazy("what a mentor does next", "Stop here")


class OtherRole(TextChoices):
    """What else there is to do."""

    TRAINER = "trainer", _("Help at half-days of training")
    EXCHANGE = "exchange", _("Help at the exchange of practice")
    WITNESS = "witness", _("Tell new people how it is")
    EVENTS = "events", _("Help at meetings and events")
    OFFICE = "office", _("Help the team with its work")


class Brought(TextChoices):
    """What it brought to the mentor: three sentences, 1 to 5."""

    USEFUL = "useful", _("I feel useful.")
    SKILLS = "skills", _("I have learned something.")
    NETWORK = "network", _("I know more people now.")


class Load(TextChoices):
    """How heavy it is at the moment."""

    LIGHT = "light", pgettext_lazy("how heavy it is", "Light")
    RIGHT = "right", pgettext_lazy("how heavy it is", "Just right")
    HEAVY = "heavy", pgettext_lazy("how heavy it is", "Rather heavy")
    TOO_MUCH = "too_much", pgettext_lazy("how heavy it is", "Too much")
