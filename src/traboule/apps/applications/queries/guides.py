"""The questions of a talk: those asked now, and those that notes of another day were written under."""

from datetime import datetime

from django.db import models

from traboule.apps.applications.guide_rows import read_questions
from traboule.apps.applications.models import BranchGuide, TalkGuide, TalkNotes
from traboule.apps.applications.talk_guide import SHIPPED, Question
from traboule.apps.branches.models import Branch
from traboule.apps.branches.queries import current_version
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import authorise


def guide_for(branch: Branch, side: str, at: datetime | None = None) -> tuple[Question, ...]:
    """Return the questions of a branch, now or as they were ``at`` a moment.

    Without a version of its own: those of the version of the programme, else the shipped ones.
    """
    rows = BranchGuide.everywhere.filter(branch=branch, side=side)
    own = (rows.filter(made_at__lte=at) if at else rows).first()
    if own is not None:
        return read_questions(own.questions, side)
    version = current_version(branch.organisation_id)
    guide = TalkGuide.objects.filter(version=version, side=side).first() if version else None
    return read_questions(guide.questions, side) if guide else SHIPPED[side]


def guide_of_notes(notes: TalkNotes) -> tuple[Question, ...]:
    """Return the questions of notes: those of the day when they were finished, and each that was answered.

    A question that was taken out of the guide since keeps its answer, and its words.
    """
    branch, side = notes.talk.branch, notes.talk.application.side
    asked = guide_for(branch, side, notes.finished_at)
    missing = {code for code, text in notes.answers.items() if text} - {row.code for row in asked}
    return (*asked, *_earlier(branch, side, missing)) if missing else asked


def _earlier(branch: Branch, side: str, codes: set[str]) -> list[Question]:
    versions = [read_questions(row.questions, side) for row in _versions(branch, side)]
    version = current_version(branch.organisation_id)
    guide = TalkGuide.objects.filter(version=version, side=side).first() if version else None
    versions += [read_questions(guide.questions, side)] if guide else []
    found: dict[str, Question] = {}
    for rows in (*versions, SHIPPED[side]):
        found |= {row.code: row for row in rows if row.code in codes and row.code not in found}
    return list(found.values())


def _versions(branch: Branch, side: str) -> models.QuerySet[BranchGuide]:
    return BranchGuide.everywhere.filter(branch=branch, side=side)


def guide_versions(*, actor: Actor, branch: Branch, side: str) -> list[BranchGuide]:
    """Return the versions that a branch wrote on one side, the latest first."""
    authorise(actor, Permission.TALKS_SEE, branch.pk)
    return list(_versions(branch, side).select_related("made_by"))


def codes_used(branch: Branch, side: str) -> set[str]:
    """Return every code that a question of this side ever had in a branch."""
    held = {row["code"] for guide in _versions(branch, side) for row in guide.questions}
    return held | {row.code for row in (*SHIPPED[side], *guide_for(branch, side))}
