"""Talks of a branch, one talk with what its reader may see of it, and how well two assessors agree."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from traboule.apps.applications.enums_judging import TalkState
from traboule.apps.applications.models import Application, Talk, TalkNotes, TalkSlot
from traboule.apps.applications.models.talks import SCALES
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission, Readers
from traboule.apps.people.models import Login, RoleGrant
from traboule.apps.people.rules import ROLES
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.calibration import Agreement, agreement

LONGEST = timedelta(minutes=240)  # the table allows no longer talk


def talks_of(*, actor: Actor, branch: Branch, state: str = "") -> models.QuerySet[Talk]:
    """Return the talks of a branch in a state (default: planned), the next one first."""
    authorise(actor, Permission.TALKS_SEE, branch.pk)
    rows = Talk.objects.visible_to(actor).filter(branch=branch, state=state or TalkState.PLANNED)
    order = "starts_at" if (state or TalkState.PLANNED) == TalkState.PLANNED else "-starts_at"
    return rows.select_related("application__person", "host", "second").order_by(order, "pk")


def find_talk(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.TALKS_SEE
) -> Talk:
    """Return one talk of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = Talk.objects.visible_to(actor, permission).filter(branch=branch, pk=pk)
    talk = rows.select_related(
        "application__person", "application__branch", "branch", "host", "second"
    ).first()
    if talk is None:
        raise NotVisible
    return talk


def find_application(*, actor: Actor, branch: Branch, pk: int, permission: Permission) -> Application:
    """Return one application that was sent. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = Application.objects.visible_to(actor, permission).filter(
        branch=branch, pk=pk, person__isnull=False
    )
    found = rows.select_related("person__mentor", "person__mentee", "branch", "referred_by").first()
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True, slots=True)
class TalkPage:
    """A talk as one reader sees it. ``hidden``: how many others' notes this reader may not see yet."""

    talk: Talk
    mine: TalkNotes | None
    finished: list[TalkNotes]
    hidden: int
    to_agree: bool


def talk_page(*, actor: Actor, branch: Branch, pk: int) -> TalkPage:
    """Return one talk. An assessor sees the other's notes only after finishing the own ones."""
    talk = find_talk(actor=actor, branch=branch, pk=pk)
    notes = list(TalkNotes.everywhere.filter(talk=talk).select_related("assessor"))
    mine = next((row for row in notes if row.assessor_id == actor.id), None)
    assesses = mine is not None or actor.id in (talk.host_id, talk.second_id)
    blind = assesses and len_wished(talk, notes) > 1 and (mine is None or mine.finished_at is None)
    finished = [row for row in notes if row.finished_at is not None and not (blind and row is not mine)]
    others_open = [row for row in notes if row is not mine and row not in finished]
    done = [row for row in notes if row.finished_at is not None]
    return TalkPage(
        talk=talk,
        mine=mine,
        finished=finished,
        hidden=len(others_open),
        to_agree=len(done) == 2 and len(finished) == 2 and talk.agreed_at is None,
    )


def len_wished(talk: Talk, notes: list[TalkNotes]) -> int:
    """Return how many views of a talk are wished: two where a second assessor is named or has begun."""
    return max(len(notes), 2 if talk.second_id else 1)


def talks_about(*, actor: Actor, application: Application) -> list[Talk]:
    """Return the talks about one application, the latest first."""
    authorise(actor, Permission.TALKS_SEE, application.branch_id)
    rows = Talk.everywhere.filter(application=application).select_related("host", "second")
    return list(rows.order_by("-starts_at", "-pk"))


def hosts_of(branch: Branch) -> list[Login]:
    """Return who may hold a talk in a branch, by name."""
    roles = [role for role, held in ROLES.items() if Permission.TALKS_WRITE in held]
    here = models.Q(branch=branch) | models.Q(branch=None)
    logins = RoleGrant.objects.filter(here, role__in=roles).values("login")
    return list(Login.objects.filter(pk__in=logins, is_active=True))


@dataclass(frozen=True, slots=True)
class Calibration:
    """How two assessors of a branch agree: over all scales, and per scale. None under ten talks."""

    talks: int
    overall: Agreement | None
    by_scale: dict[str, Agreement | None]


def calibration_of(*, actor: Actor, branch: Branch) -> Calibration:
    """Compare the two views of each talk of a branch that two assessors finished."""
    authorise(actor, Permission.TALKS_SEE, branch.pk)
    rows = TalkNotes.everywhere.filter(talk__branch=branch, finished_at__isnull=False).order_by("talk", "pk")
    by_talk: dict[int, list[tuple[int | None, ...]]] = {}
    for talk, *values in rows.values_list("talk_id", *SCALES):
        by_talk.setdefault(talk, []).append(tuple(values))
    both = [views for views in by_talk.values() if len(views) == 2]
    pairs = {
        name: [
            (int(a[at]), int(b[at]))  # type: ignore[arg-type]  # both are asked for in the condition
            for a, b in both
            if a[at] is not None and b[at] is not None
        ]
        for at, name in enumerate(SCALES)
    }
    enough = len(both) >= 10
    every = [pair for found in pairs.values() for pair in found]
    return Calibration(
        talks=len(both),
        overall=agreement(every) if enough else None,
        by_scale={name: agreement(found) for name, found in pairs.items()},
    )


def talk_behind(pk: str) -> Talk | None:
    """Return the planned talk that a link opens."""
    rows = Talk.everywhere.filter(pk=pk, state=TalkState.PLANNED)
    return rows.select_related("application__person", "branch", "host").first()


def slots_of(talk: Talk) -> list[TalkSlot]:
    """Return the other dates of a talk: those offered, and the one that was chosen, in order."""
    return list(TalkSlot.everywhere.filter(talk=talk).order_by("starts_at", "pk"))


def free_slots(talk: Talk, now: datetime) -> list[TalkSlot]:
    """Return the dates that the person may still choose: to come, and nobody else was faster."""
    offered = [slot for slot in slots_of(talk) if slot.taken_at is None and slot.starts_at > now]
    return [slot for slot in offered if slot.host_id == talk.host_id and is_free(talk, slot.starts_at)]


def is_free(talk: Talk, start: datetime) -> bool:
    """Say whether the host of a talk holds no other one then."""
    if talk.host_id is None:
        return True
    ends = start + timedelta(minutes=talk.minutes)
    near = Talk.everywhere.filter(host_id=talk.host_id, state=TalkState.PLANNED).exclude(pk=talk.pk)
    rows = near.filter(starts_at__lt=ends, starts_at__gt=start - LONGEST).values_list("starts_at", "minutes")
    return all(at + timedelta(minutes=long) <= start for at, long in rows)


def shared_notes(pk: str) -> TalkNotes | None:
    """Return the finished notes that a link opens, if their author chose that the person reads them."""
    rows = TalkNotes.everywhere.filter(pk=pk, readers=Readers.SHARED, finished_at__isnull=False)
    return rows.select_related("talk__application", "talk__branch", "assessor").first()
