"""The tables of this app."""

from traboule.apps.duos.models.agreements import Agreement, AgreementTemplate, FirstMeeting, Signature
from traboule.apps.duos.models.calendar import CalendarFeed
from traboule.apps.duos.models.duos import Duo, MentorPlace
from traboule.apps.duos.models.meetings import DuoRhythm, Meeting, MeetingLog
from traboule.apps.duos.models.plan import Goal, Milestone, PlanChoice, PlanTemplate, Suggestion
from traboule.apps.duos.models.plan_records import Interview, JobApplication, ShortJob

__all__ = [
    "Agreement",
    "AgreementTemplate",
    "CalendarFeed",
    "Duo",
    "DuoRhythm",
    "FirstMeeting",
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
    "Signature",
    "Suggestion",
]
