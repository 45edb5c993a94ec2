"""The tables of this app."""

from traboule.apps.duos.models.duos import Duo, MentorPlace
from traboule.apps.duos.models.meetings import DuoRhythm, Meeting, MeetingLog
from traboule.apps.duos.models.plan import Goal, Milestone, PlanChoice, PlanTemplate, Suggestion
from traboule.apps.duos.models.plan_records import Interview, JobApplication, ShortJob

__all__ = [
    "Duo",
    "DuoRhythm",
    "Goal",
    "Interview",
    "JobApplication",
    "Meeting",
    "MeetingLog",
    "MentorPlace",
    "Milestone",
    "PlanChoice",
    "PlanTemplate",
    "ShortJob",
    "Suggestion",
]
