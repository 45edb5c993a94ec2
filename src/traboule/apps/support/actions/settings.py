"""How a branch follows its duos: months, rhythm, the named lead, its own questions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.apps.support.actions._writing import record
from traboule.apps.support.models import QuestionSet, SupportSetting
from traboule.apps.support.questions import QUESTION_LENGTH, QUESTIONS_A_TALK
from traboule.core.actors import Actor
from traboule.core.languages import EVERYBODY
from traboule.core.permissions import authorise

MOST_MONTHS = 24


class WrongRhythm(ValueError):
    """Months from 1 to 24, each once; first question after a week at least, then every two at most."""


class ThreeQuestions(ValueError):
    """All three questions, or none."""


@transaction.atomic
def set_support(
    *,
    branch: Branch,
    months: Sequence[int],
    pulse_first: int,
    pulse_every: int,
    concern_lead: Login | None,
    by: Actor,
    now: datetime,
) -> SupportSetting:
    """Set the rhythm for duos that begin from now on, and who is lead for concerns. Raises WrongRhythm."""
    authorise(by, Permission.RULES_SET, branch.pk)
    kept = sorted(set(months))
    if not kept or kept[0] < 1 or kept[-1] > MOST_MONTHS or pulse_first < 7 or pulse_every < 14:
        raise WrongRhythm
    row, _new = SupportSetting.everywhere.update_or_create(
        branch=branch,
        defaults={
            "months": kept,
            "pulse_first": pulse_first,
            "pulse_every": pulse_every,
            "concern_lead": concern_lead,
        },
    )
    facts = {"months": kept, "lead": concern_lead.pk if concern_lead else None}
    record(branch.pk, "branch", branch.pk, "support.set", by, now, **facts)
    return row


@transaction.atomic
def set_questions(
    *, branch: Branch, month: int, language: str, questions: Sequence[str], by: Actor, now: datetime
) -> None:
    """Word the three questions of a month in one language; three empty ones give the shipped ones back.

    Raises ThreeQuestions.
    """
    authorise(by, Permission.TEMPLATES_SET, branch.pk)
    kept = [text.strip()[:QUESTION_LENGTH] for text in questions]
    if language not in EVERYBODY or len(kept) != QUESTIONS_A_TALK or (any(kept) and not all(kept)):
        raise ThreeQuestions
    wanted: dict[str, Any] = {"branch": branch, "month": month, "language": language}
    if any(kept):
        said = {"questions": kept, "written_at": now}
        QuestionSet.everywhere.update_or_create(**wanted, defaults=said)
    else:
        QuestionSet.everywhere.filter(**wanted).delete()
    facts = {"month": month, "language": language, "own": any(kept)}
    record(branch.pk, "branch", branch.pk, "support.questions_set", by, now, **facts)
