"""Words and legal values of pairing. The moves between the states stand in `kernel.lifecycle`."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProposalState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("state of a proposal", "Proposed")
    MENTEE_SAID_YES = "mentee_said_yes", pgettext_lazy("state of a proposal", "The mentee said yes")
    ACCEPTED = "accepted", pgettext_lazy("state of a proposal", "Accepted by both")
    DECLINED = "declined", pgettext_lazy("state of a proposal", "Declined")
    UNDONE = "undone", pgettext_lazy("state of a proposal", "Undone")


OPEN_PROPOSAL_STATES: tuple[str, ...] = (ProposalState.PROPOSED, ProposalState.MENTEE_SAID_YES)


class Answer(TextChoices):
    YES = "yes", pgettext_lazy("answer to a proposal", "Yes")
    NO = "no", pgettext_lazy("answer to a proposal", "No")


class DeclineReason(TextChoices):
    """Why somebody said no. Saying no does no harm, so "did not say" is a full answer."""

    OTHER_FIELD = "other_field", _("Hoped for another field of work")
    SCHEDULE = "schedule", _("The times do not suit")
    DISTANCE = "distance", _("Too far")
    NOT_NOW = "not_now", _("Not now")
    NO_LONGER = "no_longer", _("No longer takes part")
    KNOWS_THE_PERSON = "knows_the_person", _("Already knows this person")
    NOT_A_FIT = "not_a_fit", _("Does not feel right")
    NOT_SAID = "not_said", _("Did not say why")


class PairRuleKind(TextChoices):
    LOCK = "lock", pgettext_lazy("decision on a pair", "Keep together")
    FORBID = "forbid", pgettext_lazy("decision on a pair", "Never together")


class Bar(TextChoices):
    """Why a pair that passes every limit is still left out of a run; stands beside the kernel's limits."""

    FORBIDDEN = "forbidden", _("A coordinator decided: never together")
    DECLINED_BEFORE = "declined_before", _("One of the two said no before")
    EARLIER_DUO = "earlier_duo", _("They were a duo before")


class ProposalStep(StrEnum):
    """Why an open proposal stands on the page of today."""

    TELL_MENTEE = "proposal_tell_mentee"
    MENTEE_ANSWERS = "proposal_mentee_answers"
    ASK_MENTOR = "proposal_ask_mentor"
    NO_ANSWER = "proposal_no_answer"
    MENTOR_ANSWERS = "proposal_mentor_answers"


class AnswerVia(TextChoices):
    """How an answer came; empty: somebody of the team wrote it down."""

    LINK = "link", pgettext_lazy("way of an answer", "by a link")


class Shared(StrEnum):
    """What may be told about the other person; each is said in the reader's language."""

    WORK_DONE = "work_done"
    WORK_WANTED = "work_wanted"
    SAME_WORK = "same_work"
    BOTH_SPEAK = "both_speak"
    CAN_HELP = "can_help"
    WANTS_HELP = "wants_help"


class LetterStep(StrEnum):
    """What somebody said by the link of a proposal, for the team."""

    TALK_FIRST = "proposal.talk_first"
    RATHER_NOT_MEET = "proposal.rather_not_meet"
