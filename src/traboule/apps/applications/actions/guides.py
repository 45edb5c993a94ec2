"""The questions of a talk: each save of a branch is a new version, and none is lost."""

from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.applications.guide_rows import read_questions
from traboule.apps.applications.models import BranchGuide, TalkGuide
from traboule.apps.branches.models import Branch, ProgrammeVersion
from traboule.apps.people.enums import Permission, Side
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise
from traboule.core.scope import locked


class GuideChanged(Exception):
    """Somebody wrote another version in the meantime; carries its number."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


@transaction.atomic
def write_guide(
    *, branch: Branch, side: Side, questions: list[dict[str, Any]], base: int, by: Actor, now: datetime
) -> BranchGuide:
    """Write the next version of what a branch asks on one side; ``base`` was changed (0: none).

    What stands there already is not written again. Raises GuideBroken, GuideChanged, NotVisible, NotAllowed.
    """
    authorise(by, Permission.TALKS_SET, branch.pk)
    read_questions(questions, side)
    locked(branch)
    newest = BranchGuide.everywhere.filter(branch=branch, side=side).first()
    number = newest.number if newest else 0
    if newest is not None and newest.questions == questions:
        return newest
    if number != base:
        raise GuideChanged(number)
    guide = BranchGuide.everywhere.create(
        branch=branch,
        side=side,
        number=number + 1,
        questions=questions,
        made_at=now,
        made_by_id=by.id if by.kind is ActorKind.LOGIN else None,
    )
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="talk_guide.written",
        subject_type="talk_guide",
        subject_id=guide.pk,
        facts={"side": side, "number": guide.number, "questions": len(questions)},
    )
    return guide


@transaction.atomic
def set_guide(
    *, version: ProgrammeVersion, side: Side, questions: list[dict[str, str]], by: Actor, now: datetime
) -> TalkGuide:
    """Give a version of the programme its own questions for one side. Raises GuideBroken."""
    authorise(by, Permission.RULES_SET, None)
    read_questions(questions, side)
    guide, _new = TalkGuide.objects.update_or_create(
        version=version, side=side, defaults={"questions": questions, "made_at": now}
    )
    audit.record(
        by=by,
        now=now,
        branch_id=None,
        verb="talk_guide.set",
        subject_type="programme_version",
        subject_id=version.pk,
        facts={"side": side, "questions": len(questions)},
    )
    return guide
