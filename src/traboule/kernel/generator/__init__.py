"""A seeded programme whose people follow the published shares: the open benchmark, and the demo."""

from traboule.kernel.generator.assumptions import ASSUMPTIONS, Assumption
from traboule.kernel.generator.life import Programme, programme
from traboule.kernel.generator.places import BRANCHES, BranchPlan, PlaceLike
from traboule.kernel.generator.pools import People, generate
from traboule.kernel.generator.records import MenteeRecord, MentorRecord

__all__ = [
    "ASSUMPTIONS",
    "BRANCHES",
    "Assumption",
    "BranchPlan",
    "MenteeRecord",
    "MentorRecord",
    "People",
    "PlaceLike",
    "Programme",
    "generate",
    "programme",
]
