"""Turning what somebody typed into clean values for the actions."""

from traboule.apps.training.forms.feedback import DatesForm, FeedbackForm
from traboule.apps.training.forms.modules import ModuleForm, RuleForm, WaiverForm
from traboule.apps.training.forms.sessions import SessionChangeForm, SessionForm
from traboule.apps.training.forms.trainers import MaterialForm, TrainerForm

__all__ = [
    "DatesForm",
    "FeedbackForm",
    "MaterialForm",
    "ModuleForm",
    "RuleForm",
    "SessionChangeForm",
    "SessionForm",
    "TrainerForm",
    "WaiverForm",
]
