"""The tables of this app."""

from traboule.apps.duos.models.duos import Duo, MentorPlace
from traboule.apps.duos.models.meetings import DuoRhythm, Meeting, MeetingLog

__all__ = ["Duo", "DuoRhythm", "Meeting", "MeetingLog", "MentorPlace"]
