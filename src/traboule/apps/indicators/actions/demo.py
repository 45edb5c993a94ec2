"""In the demo one definition was changed, one branch wrote what its years cost, and one table went out."""

from datetime import datetime, timedelta
from typing import Any

from traboule.apps.indicators.actions.costs import write_year_cost
from traboule.apps.indicators.actions.definitions import decide_version
from traboule.apps.indicators.actions.funder_tables import hand_out_table
from traboule.apps.indicators.queries.funder_tables import INDICATORS, Wish, month_end
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor
from traboule.kernel.indicators.groups import Group

BRANCH = "lyon"
CHANGED = "follow_up_12_months"
WHY = "Beaucoup déménagent : nous laissons deux mois de plus pour les joindre, au lieu d’un."
YEARS = 3
AGO = 40
FIRST_CENTS, MORE_EACH_YEAR = 9_850_000, 1_240_000


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Decide a second version, write the costs of past years, hand out a table, by the real actions."""
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
    # Two months ago the payer got a table by gender: the page shows what that means for today's.
    then = month_end(month_end(today))
    wish = Wish(Group.SEX.value, "", INDICATORS[:2])
    hand_out_table(branch=branch, wish=wish, as_of=then, by=writer, now=now - timedelta(days=AGO))
