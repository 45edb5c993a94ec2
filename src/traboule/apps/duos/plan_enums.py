"""Words and legal values of a plan."""
# said to: everybody -- mentees, mentors and staff read them

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class GoalKind(TextChoices):
    """What a goal is about."""

    PROJECT = "project", pgettext_lazy("goal", "Find my plan")
    CV = "cv", pgettext_lazy("goal", "A good CV")
    LETTERS = "letters", pgettext_lazy("goal", "Good letters")
    APPLICATIONS = "applications", pgettext_lazy("goal", "Send applications")
    INTERVIEWS = "interviews", pgettext_lazy("goal", "Be ready for interviews")
    NETWORK = "network", pgettext_lazy("goal", "Meet people who can help")
    FRENCH = "french", pgettext_lazy("goal", "Better French")
    DIGITAL = "digital", pgettext_lazy("goal", "At ease with a computer")
    PAPERS = "papers", pgettext_lazy("goal", "My papers in order")
    OWN = "own", pgettext_lazy("goal", "Something else")


class GoalState(TextChoices):
    """How far a goal has come."""

    OPEN = "open", pgettext_lazy("state of a goal", "on the way")
    REACHED = "reached", pgettext_lazy("state of a goal", "reached")
    DROPPED = "dropped", pgettext_lazy("state of a goal", "put aside")


class PointState(TextChoices):
    """What became of a milestone."""

    OPEN = "open", pgettext_lazy("state of a milestone", "to do")
    DONE = "done", pgettext_lazy("state of a milestone", "done")
    DROPPED = "dropped", pgettext_lazy("state of a milestone", "put aside")


class Reply(TextChoices):
    """What came back on a job application."""

    WAITING = "waiting", pgettext_lazy("answer of an employer", "No answer yet")
    INTERVIEW = "interview", pgettext_lazy("answer of an employer", "Invited to an interview")
    NO = "no", pgettext_lazy("answer of an employer", "No, not this time")
    OFFER = "offer", pgettext_lazy("answer of an employer", "They offer me the job")


class Went(TextChoices):
    """How an interview went."""

    GOOD = "good", pgettext_lazy("an interview", "It went well")
    MIXED = "mixed", pgettext_lazy("an interview", "So-so")
    HARD = "hard", pgettext_lazy("an interview", "It was hard")
    NOT_HELD = "not_held", pgettext_lazy("an interview", "It did not take place")


class Taken(TextChoices):
    """What the mentee did with a suggestion of the mentor."""

    WAITING = "waiting", pgettext_lazy("a suggestion", "not read yet")
    ACCEPTED = "accepted", pgettext_lazy("a suggestion", "in the plan")
    PUT_AWAY = "put_away", pgettext_lazy("a suggestion", "put away")
