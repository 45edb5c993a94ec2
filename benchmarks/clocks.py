"""Two clocks on a branch of the demo, read from its database; then a definition gets a second version."""

import json
import tempfile
from pathlib import Path
from typing import Any

PEOPLE, SEED, BRANCH = 120, 1, "lyon"
NAMES = ("positive_outcome_from_start", "positive_outcome_from_end")
READ = f"""
import json
from django.utils import timezone
from traboule.apps.branches.models import Branch
from traboule.apps.indicators.actions.definitions import decide_version
from traboule.apps.indicators.queries.figures import figures_of
from traboule.core.actors import system
from traboule.kernel.indicators.frozen import Frozen, thaw
by, branch, now = system("benchmark"), Branch.objects.get(slug={BRANCH!r}), timezone.now()
day, names = timezone.localdate(now), {NAMES!r}
def asked():
    found = figures_of(actor=by, branch=branch, as_of=day)
    return {{name: found[name] for name in names}}
first = asked()
issued = Frozen(first).data
decide_version(name=names[0], base=1, fields={{"months": 6}}, why="Measured.", day=day, by=by, now=now)
second = asked()
rows = [[one.label, one.hits, one.known, one.n, one.not_due] for one in first.values()]
stands = thaw(issued).data == issued != Frozen(second).data
print(json.dumps({{"rows": rows, "stands": stands, "version": second[names[0]].definition.version}}))
"""


def measure() -> dict[str, Any]:
    """Label, hits, known, n and not yet due of each clock, and whether what was issued stands."""
    from tests.journeys.server import Running, load

    with tempfile.TemporaryDirectory() as folder:
        var = load(Path(folder), PEOPLE, SEED)
        said = Running("", var).ask(READ)
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found
