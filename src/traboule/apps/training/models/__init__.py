"""The tables of this app."""

from traboule.apps.training.models.modules import Module, ReadinessRule
from traboule.apps.training.models.readiness import ConditionWaiver, Declaration
from traboule.apps.training.models.sessions import Attendance, Feedback, TrainingSession
from traboule.apps.training.models.trainers import ModuleMaterial, Trainer

__all__ = [
    "Attendance",
    "ConditionWaiver",
    "Declaration",
    "Feedback",
    "Module",
    "ModuleMaterial",
    "ReadinessRule",
    "Trainer",
    "TrainingSession",
]
