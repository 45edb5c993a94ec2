"""What mentees and mentors choose among, in their own words. None of it blames anybody."""

# said to: everybody

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutcomeKind(models.TextChoices):
    """What somebody found. Several at once are several outcomes."""

    JOB = "job", _("A job")
    INTERNSHIP = "internship", _("An internship")
    TRAINING = "training", _("A training that leads to a job")
    STUDY = "study", _("Back to school or university")
    LANGUAGE = "language", _("A step in the language")
    VOLUNTEERING = "volunteering", _("Volunteering")
    OWN_BUSINESS = "own_business", _("An own business")


class ContractKind(models.TextChoices):
    """On what terms somebody works."""

    PERMANENT = "permanent", _("Without an end")
    FIXED = "fixed", _("With an end")
    TEMP = "temp", _("Through an agency, now and then")
    APPRENTICE = "apprentice", _("Work and school in turn")
    SUPPORTED = "supported", _("A supported job")
    OTHER = "other", pgettext_lazy("terms of work", "Something else")
    UNKNOWN = "unknown", pgettext_lazy("terms of work", "I do not know")


class Answer(models.TextChoices):
    """What was said, or not, on a day without an outcome."""

    NOTHING_YET = "nothing_yet", _("Nothing yet")
    RATHER_NOT = "rather_not", _("Would rather not say")
    NOT_REACHED = "not_reached", _("Not reached")


class Why(models.TextChoices):
    """What makes it hard. Circumstances, never faults; several may hold at once.

    Health and care share one word on purpose: a figure about obstacles needs no data about anybody's health.
    """

    NO_OFFERS = "no_offers", _("Few offers, or no answers")
    PAPERS = "papers", _("Papers, or a diploma that is not recognised")
    LANGUAGE = "language", _("The language")
    HEALTH_OR_CARE = "health_or_care", _("Health, or somebody to care for")
    HOUSING = "housing", _("Housing")
    TRANSPORT = "transport", _("Getting there")
    MOVED = "moved", _("Living elsewhere now")
    REFUSED = "refused", _("Refused for who I am")
    WAITING = "waiting", _("Waiting for a start or an answer")
    OTHER = "other", pgettext_lazy("what makes it hard", "Something else")
