"""Check-ins and the short scale: one page, what was said before, what a person has still to answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Permission, Readers, Side
from traboule.apps.people.models import Person
from traboule.apps.support.enums import BIG_FALL, LOW_MEAN, CheckInState
from traboule.apps.support.models import CheckIn, CheckInSide, Pulse
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

SIDES = (Side.MENTEE, Side.MENTOR)


def find_check_in(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.DUOS_SEE
) -> CheckIn:
    """Return one check-in with its duo. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = CheckIn.objects.visible_to(actor, permission).filter(duo__branch=branch, pk=pk)
    people = ("duo__branch__organisation", "duo__mentee", "duo__mentor", "duo__started_by")
    found = rows.select_related(*people).prefetch_related(_sides()).first()
    if found is None:
        raise NotVisible
    return found


def check_ins_of(duo: Duo) -> list[CheckIn]:
    """Return the check-ins of a duo with both sides, in the order of their days; for the team."""
    return list(CheckIn.everywhere.filter(duo=duo).prefetch_related(_sides()).order_by("due_on", "pk"))


def check_ins_of_page(duo: Duo) -> list[CheckIn]:
    """Read them once for all parts of a page that only shows: the row of the duo keeps them."""
    known: list[CheckIn] | None = getattr(duo, "_check_ins", None)
    if known is None:
        known = duo._check_ins = check_ins_of(duo)  # type: ignore[attr-defined]  # kept on the row that was read
    return known


def _sides() -> "Prefetch[str]":
    return Prefetch("sides", queryset=CheckInSide.everywhere.select_related("held_by", "person"))


def person_of(duo: Duo, side: str) -> Person:
    """Return the one of the two who stands on this side."""
    return duo.mentor if side == Side.MENTOR else duo.mentee


def said_before(check_in: CheckIn, side: str) -> list[CheckInSide]:
    """Return what this side said at earlier check-ins of the duo, the latest first."""
    rows = CheckInSide.everywhere.filter(
        check_in__duo_id=check_in.duo_id, side=side, held_at__isnull=False, check_in__month__lt=check_in.month
    )
    return list(rows.select_related("check_in", "held_by").order_by("-held_at"))


def open_sides_of(person: Person) -> list[CheckInSide]:
    """Return the check-ins that a person may answer now; the caller has proven who reads."""
    rows = CheckInSide.everywhere.filter(
        person=person, held_at=None, asked_at__isnull=False, check_in__state=CheckInState.PLANNED
    )
    return list(rows.exclude(check_in__duo__state=DuoState.CLOSED).select_related(*_PEOPLE))


def shared_with(person: Person) -> list[CheckInSide]:
    """Return what was written with this person and that they may read along."""
    rows = CheckInSide.everywhere.filter(person=person, held_at__isnull=False, readers=Readers.SHARED)
    return list(rows.select_related("check_in").order_by("-held_at"))


_PEOPLE = ("check_in__duo__branch__organisation", "check_in__duo__mentee", "check_in__duo__mentor", "person")


def side_behind(subject_id: str, scope: int | None) -> CheckInSide | None:
    """Return the side that a link opens, if it is still there; the link itself gives the right."""
    if scope is None or not subject_id.isdigit():
        return None
    rows = CheckInSide.everywhere.filter(pk=int(subject_id), check_in__duo__branch_id=scope)
    return rows.select_related(*_PEOPLE, "check_in__duo__started_by").first()


def pulse_behind(subject_id: str, scope: int | None) -> Pulse | None:
    """Return the short scale that a link opens, if it is still there."""
    if scope is None or not subject_id.isdigit():
        return None
    rows = Pulse.everywhere.filter(pk=int(subject_id), duo__branch_id=scope)
    return rows.select_related("duo__branch", "duo__mentee", "duo__mentor", "person").first()


def open_pulse_of(person: Person) -> Pulse | None:
    """Return the short scale that a person has not answered yet, the latest one."""
    rows = Pulse.everywhere.filter(person=person, answered_at=None, skipped_at=None)
    open_ones = rows.exclude(duo__state=DuoState.CLOSED).select_related(
        "duo__branch", "duo__mentee", "duo__mentor", "person"
    )
    return open_ones.order_by("-asked_at", "-pk").first()


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One time that both were asked: the mean of each side, None where nothing was answered."""

    number: int
    mentee: float | None
    mentor: float | None
    skipped: tuple[str, ...]


def trend(duo: Duo) -> list[TrendRow]:
    """Return how each side judged the relation, time by time; for the team only."""
    rows = list(Pulse.everywhere.filter(duo=duo).order_by("number"))
    numbers = sorted({row.number for row in rows})
    by_side = {(row.number, row.side): row for row in rows}
    return [
        TrendRow(
            number,
            _mean(by_side.get((number, Side.MENTEE))),
            _mean(by_side.get((number, Side.MENTOR))),
            tuple(side for side in SIDES if (row := by_side.get((number, side))) and row.skipped_at),
        )
        for number in numbers
    ]


def _mean(row: Pulse | None) -> float | None:
    return row.mean if row is not None else None


def needs_a_word(means: Iterable[float | None]) -> bool:
    """Say whether the means of one side, in their order, end low or have fallen by a whole step."""
    said = [mean for mean in means if mean is not None]
    if not said:
        return False
    return said[-1] < LOW_MEAN or (len(said) > 1 and said[-2] - said[-1] >= BIG_FALL)
