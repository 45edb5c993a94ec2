"""Tables of this app."""

from traboule.apps.evaluations.models.evaluations import Evaluation
from traboule.apps.evaluations.models.plans import EvaluationPlan

__all__ = ["Evaluation", "EvaluationPlan"]
