"""A branch of the demo asks mentees one question of its own, after those that ship."""

from datetime import datetime

from traboule.apps.applications.actions.guides import write_guide
from traboule.apps.applications.talk_guide import MENTEE
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Side
from traboule.core.actors import Actor

OWN = {
    "fr": "Comment venez-vous jusqu’à La Duchère ?",
    "en": "How do you get to La Duchère?",
    "nl": "Hoe komt u naar La Duchère?",
}


def write_own_guide(branch: Branch, by: Actor, now: datetime) -> None:
    """Write the first version of the branch."""
    rows = [{"code": one.code, "section": one.section, "shipped": True} for one in MENTEE]
    rows.append({"code": "way_here", "section": MENTEE[-1].section, "text": OWN, "hint": ""})
    write_guide(branch=branch, side=Side.MENTEE, questions=rows, base=0, by=by, now=now)
