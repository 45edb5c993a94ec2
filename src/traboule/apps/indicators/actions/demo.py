"""In the demo one definition was changed, with its reason, and one branch wrote what its years cost."""

from datetime import datetime
from typing import Any

from traboule.apps.indicators.actions.costs import write_year_cost
from traboule.apps.indicators.actions.definitions import decide_version
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor

BRANCH = "lyon"
CHANGED = "follow_up_12_months"
WHY = "Beaucoup déménagent : nous laissons deux mois de plus pour les joindre, au lieu d’un."
YEARS = 3
FIRST_CENTS, MORE_EACH_YEAR = 9_850_000, 1_240_000


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Decide a second version, and write the costs of the years before this one, by the real actions."""
    branch, director = loaded.branches.get(BRANCH), loaded.logins.get("agnes")
    if branch is None or director is None:
        return
    writer, today = actor_of(director), now.date()
    decide_version(name=CHANGED, base=1, fields={"slack_days": 62}, why=WHY, day=today, by=writer, now=now)
    for number, year in enumerate(range(today.year - YEARS, today.year)):
        fields = {
            "year": year,
            "cents": FIRST_CENTS + number * MORE_EACH_YEAR,
            # The last accounts came without what mentors got back: it is added from the expenses.
            "with_expenses": year < today.year - 1,
            "source": f"Chiffre inventé pour la démonstration : comptes {year}, page 4.",
        }
        write_year_cost(branch=branch, fields=fields, today=today, by=writer, now=now)
