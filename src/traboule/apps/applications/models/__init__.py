"""The tables of this app."""

from traboule.apps.applications.models.applications import Application
from traboule.apps.applications.models.closing import BranchClosing, ClosingPerson
from traboule.apps.applications.models.decisions import Decision
from traboule.apps.applications.models.eligibility import (
    Funder,
    Judgement,
    RuleSet,
    SensitiveFact,
    SensitiveSwitch,
)
from traboule.apps.applications.models.screening import IdentityCheck, Reference, SafeguardingCheck
from traboule.apps.applications.models.sessions import Attendance, Booking, InfoSession
from traboule.apps.applications.models.talks import BranchGuide, Talk, TalkGuide, TalkNotes, TalkSlot

__all__ = [
    "Application",
    "Attendance",
    "Booking",
    "BranchClosing",
    "BranchGuide",
    "ClosingPerson",
    "Decision",
    "Funder",
    "IdentityCheck",
    "InfoSession",
    "Judgement",
    "Reference",
    "RuleSet",
    "SafeguardingCheck",
    "SensitiveFact",
    "SensitiveSwitch",
    "Talk",
    "TalkGuide",
    "TalkNotes",
    "TalkSlot",
]
