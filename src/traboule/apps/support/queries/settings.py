"""The rhythm of a branch, its questions, and who looks after a duo."""

from django.utils import translation

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.people.models import Login
from traboule.apps.support.models import QuestionSet, SupportSetting
from traboule.apps.support.questions import shipped
from traboule.core.languages import HOUSE


def setting_of(branch: Branch) -> SupportSetting:
    """Return how a branch follows its duos; the published rhythm where nothing was set."""
    row = SupportSetting.everywhere.select_related("concern_lead").filter(branch=branch).first()
    return row or SupportSetting(branch=branch)


def owner_of(duo: Duo) -> Login:
    """Return who looks after a duo: its coordinator where one is named, else who started it."""
    return getattr(duo, "coordinator", None) or duo.started_by


def questions_for(branch: Branch, month: int, language: str) -> list[str]:
    """Return the questions of a month: the branch's in this language, its French ones, else the shipped."""
    rows = QuestionSet.everywhere.filter(branch=branch, month=month, language__in=[language, HOUSE])
    own = {row.language: row.questions for row in rows}
    found = own.get(language) or own.get(HOUSE)
    if found:
        return list(found)
    with translation.override(language):
        return shipped(month)


def own_questions(branch: Branch, language: str) -> dict[int, list[str]]:
    """Return what the branch words itself in one language, by month."""
    rows = QuestionSet.everywhere.filter(branch=branch, language=language)
    return {row.month: list(row.questions) for row in rows}
