"""What turns input about duos into clean values."""

from traboule.apps.duos.forms.meetings import HandOverForm, LogForm, RhythmForm, SettleForm, TimeForm

__all__ = ["HandOverForm", "LogForm", "RhythmForm", "SettleForm", "TimeForm"]
