"""A hundred people of a demo branch are erased: no issued byte moves, and current counts follow the rules.

The rules, as a change of the facts that were read before (`predicted`):
- a duo goes on counting, with its days, outcomes, hours, rests and costs, under stand-ins without a name;
- what the erased person said of how useful it was is emptied; what the other one said stays;
- a stand-in has no day of training;
- its intake is the day of acceptance if there was an application, else the month in which the person came;
- somebody who waits for a first duo does not wait any more: the stand-in has left.
The kernel works the figures out of these facts; what the database gives must be the same, row by row.
"""

import hashlib
import json
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from traboule.kernel.indicators import Facts

ROOT = Path(__file__).resolve().parent.parent
PEOPLE, SEED, BRANCH, ERASED = 320, 1, "lyon", 100
LONGEST = 180.0


def measure() -> dict[str, Any]:
    """What `inside` found in a demo of its own, and how long all of it took."""
    from tests.journeys.server import Running, load

    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        var = load(Path(folder), PEOPLE, SEED)
        code = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom benchmarks.erasure import inside\n"
        said = Running("", var).ask(f"{code}print(inside())")
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found | {"seconds": time.perf_counter() - begun}


def inside() -> str:
    """Issue, erase, compare; beside the pages, in the database that they show. JSON."""
    from django.utils import timezone

    from traboule.apps.branches.models import Branch
    from traboule.apps.indicators.queries.definitions import in_force
    from traboule.apps.indicators.queries.facts import branches_facts
    from traboule.apps.reports.models import Report
    from traboule.core.audit import check_chain
    from traboule.kernel.indicators import figure

    branch, now = Branch.objects.get(slug=BRANCH), timezone.now()
    day = timezone.localdate(now)
    _issue(branch, day, now)
    issued, then = _issued(), branches_facts([branch])
    accepted, month = _days(branch)
    gone = _erase(branch, now)
    today = branches_facts([branch])
    told = predicted(then, gone, accepted, month)
    moved, wrong = {}, {}
    for name, definition in in_force(on=day).items():
        before, wanted, found = (figure(definition, facts, day) for facts in (then, told, today))
        if before.counts != found.counts or before.numbers != found.numbers:
            moved[name] = [dict(before.counts), dict(found.counts)]
        if not _same(wanted, found):
            wrong[name] = [dict(wanted.counts), dict(found.counts)]
    return json.dumps(
        {
            "reports": Report.everywhere.count(),
            "files": len(issued),
            "same": _issued() == issued,
            "erased": len(gone),
            "duos": sum(not {duo.mentor, duo.mentee}.isdisjoint(gone) for duo in then.duos),
            "figures": len(in_force(on=day)),
            "moved": moved,
            "wrong": wrong,
            "chain": check_chain(branch.pk) is None,
        }
    )


def _issue(branch: Any, day: Any, now: Any) -> None:
    """One report of each kind, as of today, beside those of the demo."""
    from tests.factories import reports as make
    from traboule.apps.reports.actions.drafts import draft_report
    from traboule.apps.reports.actions.issuing import issue_report
    from traboule.core.actors import system

    by = system("benchmark")
    for kind in ("board", "funder", "collective"):
        draft = draft_report(branch=branch, fields=make.said(as_of=day, kind=kind), by=by, now=now)
        issue_report(draft=draft, note="", by=by, now=now)


def _issued() -> dict[str, str]:
    """The hash of every issued byte, worked out anew from what the database holds."""
    from traboule.apps.reports.models import Report, ReportFile

    pieces = {f"report {row.pk}": bytes(row.frozen) for row in Report.everywhere.all()}
    pieces |= {f"{row.form} of {row.report_id}": bytes(row.content) for row in ReportFile.everywhere.all()}
    return {name: hashlib.sha256(piece).hexdigest() for name, piece in pieces.items()}


def _days(branch: Any) -> tuple[dict[int, date], dict[int, date]]:
    """Before anybody goes: the day of the first acceptance, and the month in which each person came."""
    from django.db.models import Min

    from traboule.apps.applications.models import Application
    from traboule.apps.people.models import Person

    rows = Application.everywhere.filter(branch=branch, side="mentee", state="accepted", person__isnull=False)
    said = rows.order_by().values_list("person").annotate(Min("decided_at"))
    zone = ZoneInfo(branch.timezone)
    people = Person.everywhere.filter(branch=branch).values_list("pk", "created_at")
    return (
        {person: at.astimezone(zone).date() for person, at in said if at is not None},
        {person: at.date().replace(day=1) for person, at in people},
    )


def _erase(branch: Any, now: Any) -> set[int]:
    """The first hundred people in whose way nothing stands, those of ended duos first."""
    from traboule.apps.duos.models import Duo
    from traboule.apps.people.models import Person
    from traboule.apps.privacy.actions.erasing import erase_person, in_the_way
    from traboule.apps.privacy.enums import EraseReason
    from traboule.core.actors import system

    duos = Duo.everywhere.filter(branch=branch, closed_on__isnull=False).order_by("closed_on", "pk")
    order = [pk for pair in duos.values_list("mentee", "mentor") for pk in pair]
    rows = Person.everywhere.filter(branch=branch, merged_into=None).order_by("pk")
    order += rows.values_list("pk", flat=True)
    gone: set[int] = set()
    for pk in dict.fromkeys(order):
        if len(gone) < ERASED and not in_the_way(pk, now):
            person = Person.everywhere.get(pk=pk)
            erase_person(person=person, by=system("benchmark"), now=now, reason=EraseReason.ASKED)
            gone.add(pk)
    return gone


def predicted(
    then: "Facts", gone: set[int], accepted: Mapping[int, date], month: Mapping[int, date]
) -> "Facts":
    """The facts of before, changed as the rules say; nothing is read from the database after the erasure.

    Stand-ins keep the numbers of those whom they stand for: rows of people are compared without numbers.
    """
    duos = tuple(replace(duo, ratings=_kept_ratings(duo, gone)) for duo in then.duos)
    mentors = tuple(replace(one, trained_on=None) if one.id in gone else one for one in then.mentors)
    mentees = tuple(
        _stand_in(one, accepted.get(one.id, month[one.id])) if one.id in gone else one for one in then.mentees
    )
    return replace(then, duos=duos, mentors=mentors, mentees=mentees)


def _kept_ratings(duo: Any, gone: set[int]) -> tuple[Any, ...]:
    sides = {"mentor": duo.mentor, "mentee": duo.mentee}
    return tuple(one for one in duo.ratings if sides[one.side] not in gone)


def _stand_in(one: Any, intake: date) -> Any:
    """Who was matched stays so; who was not has left on the day of intake: that day alone is known."""
    if one.matched_on is not None:
        return replace(one, intake_on=min(intake, one.matched_on))
    return replace(one, intake_on=intake, left_on=intake)


def _same(wanted: Any, found: Any) -> bool:
    """The same rows: of duos by number, of people whoever stands for them."""
    is_duo = wanted.definition.among.startswith("duos")

    def rows(figure: Any) -> Counter[Any]:
        return Counter(
            (row.id if is_duo else 0, row.verdict, row.first, row.last, row.value) for row in figure.rows
        )

    return wanted.numbers == found.numbers and rows(wanted) == rows(found)
