"""What turns input about duos into clean values."""

from traboule.apps.duos.forms.meetings import LogForm, RhythmForm, TimeForm
from traboule.apps.duos.forms.team import HandOverForm, SettleForm

__all__ = ["HandOverForm", "LogForm", "RhythmForm", "SettleForm", "TimeForm"]
