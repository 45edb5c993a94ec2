"""The tables of this app."""

from traboule.apps.endings.models.changes import EndWord, Extension
from traboule.apps.endings.models.closing import Certificate, ClosingTalk, MentorChoice, WellBeing

__all__ = ["Certificate", "ClosingTalk", "EndWord", "Extension", "MentorChoice", "WellBeing"]
