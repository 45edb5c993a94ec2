"""The early warning of a branch: which duos to look at, why, who looked already. For the team only.

A branch of 500 duos costs two queries, its duos and everything dated about them; a third if somebody
looked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.duos.queries import OPEN_DUO_ACT
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.queries import Step
from traboule.apps.support.models import Look
from traboule.apps.support.queries.warning_facts import facts_of
from traboule.apps.support.warning_enums import LOOK
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.remember import at_hand, remembered
from traboule.kernel.warning import Facts, Reason, Seen, Sign, is_silent, news_since, sign_of

# On the scale of `people.queries.days.RANKS`: by how much weighs for looking.
RANKS = {2: 48, 3: 38, 4: 28}


@dataclass(frozen=True, slots=True)
class Watched:
    """One open duo: its facts, what they amount to, and who said "not needed" (None: nobody, or it is over).

    `news`: the reasons that have come since somebody looked.
    """

    duo: Duo
    facts: Facts
    sign: Sign
    look: Look | None
    news: tuple[Reason, ...]

    @property
    def is_silent(self) -> bool:
        """Whether somebody looked, and nothing new has happened since."""
        return self.look is not None and is_silent(seen_by(self.look), self.look.until_on, self.sign)

    @property
    def looks(self) -> bool:
        """Whether somebody should look at it now."""
        return self.sign.looks and not self.is_silent

    @property
    def need(self) -> tuple[int, int, str, int]:
        """Orders by need: to look at first, then by what weighs, then by the oldest reason."""
        since = min((reason.since for reason in self.sign.reasons if reason.since), default=date.max)
        return (0 if self.looks else 1, -self.sign.points, since.isoformat(), self.duo.pk)


def seen_by(look: Look) -> tuple[Seen, ...]:
    """What somebody saw who looked."""
    return tuple(
        Seen(code, side, date.fromisoformat(latest) if latest else None) for code, side, latest in look.seen
    )


def watched_in(*, actor: Actor, branch: Branch, today: date) -> list[Watched]:
    """Return every open duo of a branch with its sign, by need. Raises NotAllowed (403)."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    return _watched_in(branch.pk, today)


def watched_duo(duo: Duo, today: date, *, looked: bool = True) -> Watched:
    """Return one duo with its sign; the caller has proven that a member of the team reads.

    `looked`: False where the caller knows already that nobody looked.
    """
    known: list[Watched] = at_hand(duo.branch_id, _name(today)) or []
    found = next((one for one in known if one.duo.pk == duo.pk), None)
    if found is not None:
        return found
    return _watch([duo], Duo.everywhere.filter(pk=duo.pk), duo.branch, today, looked=looked)[0]


def look_steps(branch_id: int, today: date) -> Iterator[Step]:
    """Duos to look at, for the page of today (registry: OPEN_STEPS)."""
    for found in _watched_in(branch_id, today):
        if not found.looks:
            continue
        duo, days = found.duo, [reason.since for reason in found.sign.reasons if reason.since]
        yield Step(
            person_id=duo.mentee_id,
            name=duo.mentee.display_name,
            side=Side.MENTEE,
            reason=LOOK,
            act=OPEN_DUO_ACT,
            since=min(days, default=today),
            rank=RANKS[min(max(found.sign.points, min(RANKS)), max(RANKS))],
            text=duo.mentor.display_name,
            owner=str(duo.owner),
            object_id=duo.pk,
            more=found,
        )


# What pages show of a duo; its other fields are read where a page asks for them.
_NAMES = tuple(
    f"{who}__{name}" for who in ("mentee", "mentor") for name in ("first_name", "last_name", "external_id")
)
_STAFF = tuple(f"{who}__{name}" for who in ("coordinator", "started_by") for name in ("name", "email"))
_BRANCH = ("branch__slug", "branch__timezone", "branch__country")
_DUO = ("branch", "state", "started_on", "ends_on", "paused_on", "closed_on", "close_reason")


def _watched_in(branch_id: int, today: date) -> list[Watched]:
    return remembered(branch_id, _name(today), lambda: _read(branch_id, today))


def _name(today: date) -> str:
    return f"warning {today}"


def _read(branch_id: int, today: date) -> list[Watched]:
    rows = Duo.everywhere.filter(branch_id=branch_id, state__in=OPEN_DUO_STATES)
    people = ("branch", "mentee", "mentor", "coordinator", "started_by")
    shown = rows.select_related(*people).only(*_DUO, *_NAMES, *_STAFF, *_BRANCH).order_by("pk")
    in_force = Look.everywhere.filter(duo=OuterRef("pk"), ended_at=None)
    duos = list(shown.annotate(has_look=Exists(in_force)))
    if not duos:
        return []
    looked = any(duo.has_look for duo in duos)
    watched = _watch(list[Duo](duos), rows, duos[0].branch, today, looked=looked)
    return sorted(watched, key=lambda found: found.need)


def _watch(
    duos: list[Duo], rows: QuerySet[Duo], branch: Branch, today: date, *, looked: bool
) -> list[Watched]:
    facts = facts_of(duos, rows, branch, {duo.pk: today for duo in duos})
    signs = {pk: sign_of(found) for pk, found in facts.items()}
    looks = _looks(rows, signs.values()) if looked else {}
    found = []
    for duo in duos:
        look = looks.get(duo.pk)
        news = news_since(seen_by(look), signs[duo.pk]) if look is not None else ()
        found.append(Watched(duo, facts[duo.pk], signs[duo.pk], look, news))
    return found


def _looks(rows: QuerySet[Duo], signs: Iterable[Sign]) -> dict[int, Look]:
    if not any(sign.reasons for sign in signs):
        return {}
    kept = Look.everywhere.filter(duo__in=rows.order_by().values("pk"), ended_at=None)
    return {look.duo_id: look for look in kept.select_related("looked_by").order_by("pk")}


def looks_of(duo: Duo) -> list[Look]:
    """Return who looked at a duo and why nothing was needed, the latest first; for the team."""
    return list(Look.everywhere.filter(duo=duo).select_related("looked_by").order_by("-looked_at", "-pk"))
