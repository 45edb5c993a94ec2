"""The tables of this app."""

from traboule.apps.support.models.absences import Absence, AdviceCall, Substitution
from traboule.apps.support.models.check_ins import (
    CheckIn,
    CheckInSide,
    DuoSupport,
    Pulse,
    QuestionSet,
    SupportSetting,
)
from traboule.apps.support.models.concerns import Concern, ConcernEntry

__all__ = [
    "Absence",
    "AdviceCall",
    "CheckIn",
    "CheckInSide",
    "Concern",
    "ConcernEntry",
    "DuoSupport",
    "Pulse",
    "QuestionSet",
    "Substitution",
    "SupportSetting",
]
