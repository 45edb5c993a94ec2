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
from traboule.apps.support.models.exchange import Gathering, GatheringInvitation, PeerGroup, PeerMember
from traboule.apps.support.models.looks import Look

__all__ = [
    "Absence",
    "AdviceCall",
    "CheckIn",
    "CheckInSide",
    "Concern",
    "ConcernEntry",
    "DuoSupport",
    "Gathering",
    "GatheringInvitation",
    "Look",
    "PeerGroup",
    "PeerMember",
    "Pulse",
    "QuestionSet",
    "Substitution",
    "SupportSetting",
]
