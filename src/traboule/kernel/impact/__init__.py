"""What a programme changes, said so that a sceptic can check it: effects with their diagnostics, attrition,
time to an event, sequential looks, and what the next cohort can show.

The estimate itself needs numpy and scipy only. `survival` needs the extra ``impact`` and says so.
"""

from traboule.kernel.impact.evaluation import METHODS, Evaluation, Gap, Method, evaluate, overlap
from traboule.kernel.impact.sample import CannotEstimate, Finding

__all__ = ["METHODS", "CannotEstimate", "Evaluation", "Finding", "Gap", "Method", "evaluate", "overlap"]
