"""Support in the demo: check-ins held, due and late; answers good and falling; somebody away; a worry."""

from datetime import datetime, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Part, Readers, Role, Side
from traboule.apps.people.models import Login
from traboule.apps.people.queries import actor_of
from traboule.apps.support.actions.absences import say_away
from traboule.apps.support.actions.advice import ask_advice
from traboule.apps.support.actions.concerns import tell_concern, write_entry
from traboule.apps.support.actions.settings import set_support
from traboule.apps.support.actions.substitutions import arrange_substitute
from traboule.apps.support.enums import AdviceTopic, CheckInState, Item
from traboule.apps.support.models import CheckIn, CheckInSide, DuoSupport, Pulse
from traboule.apps.support.queries.absences import candidates
from traboule.apps.support.queries.check_ins import SIDES, person_of
from traboule.apps.support.questions import shipped
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.kernel.calendar import check_in_days, pulse_day, pulses_due, working_days_after

SAID: dict[str, tuple[tuple[str, str, str], ...]] = {
    Side.MENTEE: (
        (
            "On rit beaucoup. Il m’explique sans se presser.",
            "Oui, le mardi. Une fois j’étais malade.",
            "Rien.",
        ),
        ("Bien, mais il parle vite.", "Presque toujours.", "Un endroit plus calme que le café."),
        (
            "Mon CV est prêt, j’ai envoyé six candidatures.",
            "Le téléphone en français.",
            "Un premier entretien.",
        ),
    ),
    Side.MENTOR: (
        (
            "Très bien. Elle arrive avec ses questions.",
            "Chaque semaine, deux heures.",
            "Des contacts en cuisine.",
        ),
        (
            "Un peu de silence au début, puis c’est venu.",
            "Oui, sauf pendant les vacances.",
            "Un exemple de plan.",
        ),
        (
            "Il a pris confiance, il appelle lui-même.",
            "Les papiers prennent trop de place.",
            "Un stage court.",
        ),
    ),
}
STORIES = ((5, 5, 4), (4, 4, 5), (3, 4, 4), (5, 4, 3), (4, 3, 2))
LATE_ONE_IN, SKIP_ONE_IN = 9, 7
DEMO = system("demo")
WORRY = "Elle dit que son logeur garde son passeport. Elle a peur d’en parler devant d’autres."


def load_demo_support(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Fill the support of every branch, the same way each time."""
    for slug, branch in sorted(loaded.branches.items()):
        today = local_day(now, branch.timezone)
        rows = Duo.everywhere.filter(branch=branch).exclude(state=DuoState.CLOSED)
        duos = list(
            rows.select_related("branch__organisation", "mentee", "mentor", "started_by").order_by("pk")
        )
        host = loaded.coordinator(slug)
        lead = Login.objects.filter(grants__role=Role.DIRECTOR, grants__branch=branch).order_by("pk").first()
        set_support(
            branch=branch,
            months=(1, 3, 6),
            pulse_first=30,
            pulse_every=60,
            concern_lead=lead or host,
            by=by,
            now=now,
        )
        _check_ins(duos, host, today, now)
        _pulses(duos, today, now)
        _stories(branch, [duo for duo in duos if duo.state == DuoState.ACTIVE], host, now)


def _check_ins(duos: list[Duo], host: Login, today: Any, now: datetime) -> None:
    DuoSupport.everywhere.bulk_create(
        DuoSupport(duo=duo, planned_at=now, resting_since=duo.paused_on) for duo in duos
    )
    planned = [
        _check_in(duo, month, day, today, now)
        for duo in duos
        for month, day in check_in_days(duo.started_on, duo.ends_on)
    ]
    rows = CheckIn.everywhere.bulk_create(planned)
    CheckInSide.everywhere.bulk_create(
        _side(row, side, host, now) for row in rows if row.state == CheckInState.HELD for side in SIDES
    )


def _check_in(duo: Duo, month: int, day: Any, today: Any, now: datetime) -> CheckIn:
    """Past ones were held, but for one in nine that still waits."""
    days = (today - day).days
    held = days > 1 and ((duo.pk + month) % LATE_ONE_IN != 0 or days > 30)
    closed_at = now - timedelta(days=days - 1) if held else None
    state = CheckInState.HELD if held else CheckInState.PLANNED
    return CheckIn(duo=duo, month=month, due_on=day, state=state, closed_at=closed_at)


def _side(row: CheckIn, side: str, host: Login, now: datetime) -> CheckInSide:
    by_link = (row.duo_id + row.month) % 3 == 0
    words = SAID[side][(row.duo_id + row.month) % len(SAID[side])]
    questions = shipped(row.month)
    return CheckInSide(
        check_in=row,
        person=person_of(row.duo, side),
        side=side,
        asked_at=(row.closed_at or now) - timedelta(days=3),
        answers=[{"question": q, "answer": a} for q, a in zip(questions, words, strict=True)],
        readers=Readers.SHARED if by_link else Readers.STAFF,
        held_at=row.closed_at,
        held_by=None if by_link else host,
    )


def _pulses(duos: list[Duo], today: Any, now: datetime) -> None:
    rows = []
    for duo in duos:
        count = pulses_due(duo.started_on, today)
        for number in range(1, count + 1):
            asked = now - timedelta(days=(today - pulse_day(duo.started_on, number)).days)
            rows += [_pulse(duo, side, number, asked, number == count) for side in SIDES]
    Pulse.everywhere.bulk_create(rows)


def _pulse(duo: Duo, side: str, number: int, asked: datetime, is_last: bool) -> Pulse:
    row = Pulse(duo=duo, person=person_of(duo, side), side=side, number=number, asked_at=asked)
    row.reminded_at = asked + timedelta(days=4)
    draw = duo.pk * 2 + (side == Side.MENTOR)
    if is_last and draw % 4 == 0:
        return row
    if draw % SKIP_ONE_IN == 0:
        row.skipped_at = asked
        return row
    mark = STORIES[draw % len(STORIES)][min(number, 3) - 1]
    for place, item in enumerate(Item.values):
        setattr(row, item, max(1, min(5, mark + (place % 2) * (1 if draw % 3 else 0))))
    row.answered_at = asked
    return row


def _stories(branch: Branch, duos: list[Duo], host: Login, now: datetime) -> None:
    """Somebody away for three weeks with a substitute, somebody for a few days, two calls, one worry."""
    by, today = actor_of(host), local_day(now, branch.timezone)
    if len(duos) < 6:
        return
    first, away, alone, asking, worried, tired = duos[:6]
    long = {"from_on": today - timedelta(days=2), "until_on": today + timedelta(days=19)}
    absence = say_away(person=away.mentor, by=by, now=now, **long)
    ready = candidates(away, today, long["until_on"])
    if ready:
        arrange_substitute(duo=away, substitute=ready[0].person, absence=absence, by=by, now=now)
    later = {"from_on": today + timedelta(days=6), "until_on": today + timedelta(days=30)}
    say_away(person=alone.mentor, by=by, now=now, **later)
    short = {"from_on": today, "until_on": today + timedelta(days=4)}
    say_away(person=first.mentee, by=by, now=now, **short)
    questions = (
        (asking, AdviceTopic.MEETINGS, "Il arrive souvent en retard. Comment en parler sans le blesser ?"),
        (tired, AdviceTopic.HARD, "Son récit me reste en tête le soir. J’aimerais en parler à quelqu’un."),
    )
    for duo, topic, question in questions:
        call: dict[str, Any] = {"wanted_on": working_days_after(today, 1), "part": Part.AM}
        ask_advice(duo=duo, person=duo.mentor, topic=topic, question=question, by=DEMO, now=now, **call)
    told = now - timedelta(days=3)
    concern = tell_concern(branch=branch, duo=worried, text=WORRY, by=by, now=told)
    write_entry(
        concern=concern,
        text="Appelée. Elle n’est pas en danger ce soir. Elle veut être accompagnée.",
        next_step="L’accompagner à la permanence juridique",
        next_on=today + timedelta(days=2),
        by=DEMO,
        now=now - timedelta(days=2),
    )
