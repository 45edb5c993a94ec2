"""Outcomes in the demo: seven of ten ended duos with something, short contracts that add up, the unknown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.actions._papers_demo import drawn_paper
from traboule.apps.outcomes.actions.answers import note_answer
from traboule.apps.outcomes.actions.decisions import doubt_outcome, verify_outcome
from traboule.apps.outcomes.actions.telling import tell_outcome
from traboule.apps.outcomes.enums import PaperKind, ToldBy
from traboule.apps.outcomes.models import Outcome
from traboule.apps.outcomes.own_enums import Answer, ContractKind, OutcomeKind, Why
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.core.uploads import CheckedFile

DEMO = system("demo")
UNREADABLE = "La photo ne montre ni le nom ni les dates. On redemande une page du contrat."
_K, _C, _P, _T = OutcomeKind, ContractKind, PaperKind, ToldBy


@dataclass(frozen=True, slots=True)
class Step:
    """One telling: days after the end of the duo, how long (0: goes on), where, and what becomes of it."""

    kind: OutcomeKind
    after: int
    days: int
    where: str = ""
    occupation: str = ""
    contract: str = ""
    hours: int | None = None
    paper: PaperKind | None = None
    told_by: ToldBy = ToldBy.MENTEE
    fate: str = "verify"


# With which story a branch begins: the first ten, whose time is up, hold both with and without something.
FIRST = 5
# What becomes of twenty mentees, in turn: fourteen with something, four answers, two unknown.
STORIES: tuple[tuple[Step, ...], ...] = (
    (
        Step(
            _K.JOB,
            -12,
            0,
            "Boulangerie du Marché|Boulangerie Perrin|Au bon levain",
            "D1102",
            _C.PERMANENT,
            35,
            _P.CONTRACT,
        ),
    ),
    (
        Step(
            _K.JOB,
            20,
            184,
            "Entrepôt de la Plaine|Logistique du Rhône|Plateforme des Îles",
            "N1103",
            _C.FIXED,
            35,
            _P.PAYSLIP,
        ),
    ),
    (
        Step(_K.JOB, 10, 20, "Traiteur Deux Fleuves|Saveurs et Compagnie", "G1602", _C.TEMP, 24, _P.PAYSLIP),
        Step(_K.JOB, 25, 33, "Nettoyage Clair et Net", "K2204", _C.TEMP, 20, _P.PAYSLIP),
        Step(
            _K.JOB, 75, 61, "Traiteur Deux Fleuves|Saveurs et Compagnie", "G1602", _C.FIXED, 30, _P.CONTRACT
        ),
    ),
    (
        Step(
            _K.INTERNSHIP,
            -40,
            28,
            "Pharmacie de la Gare|Pharmacie des Remparts|Pharmacie du Parc",
            "J1307",
            "",
            35,
            _P.ATTESTATION,
        ),
        Step(
            _K.JOB,
            15,
            183,
            "Pharmacie de la Gare|Pharmacie des Remparts|Pharmacie du Parc",
            "J1307",
            _C.FIXED,
            28,
            _P.CONTRACT,
        ),
    ),
    (Step(_K.TRAINING, 30, 240, "Centre de formation des soins", "J1501", "", 35, _P.ATTESTATION),),
    (Step(_K.JOB, 8, 0, "Garage du Pont|Atelier Morel", "I1604", _C.PERMANENT, 39, None, fate="wait"),),
    (
        Step(_K.JOB, 14, 92, "Café de l’Étoile", "G1801", _C.FIXED, 30, _P.CONTRACT, fate="wait"),
        Step(_K.JOB, 16, 0, "CAFE DE L'ETOILE", "", _C.UNKNOWN, None, None, _T.MENTOR, "wait"),
    ),
    (
        Step(_K.LANGUAGE, -20, 60, "Cours du soir de la mairie", paper=_P.ATTESTATION),
        Step(_K.VOLUNTEERING, 5, 0, "Banque alimentaire", hours=6, fate="wait"),
    ),
    (Step(_K.STUDY, 45, 0, "Université, licence d’informatique", "M1805", paper=_P.ATTESTATION),),
    (Step(_K.OWN_BUSINESS, 60, 0, "Couture à domicile", "B1803", hours=30, paper=_P.OFFICE),),
    (
        Step(
            _K.JOB,
            -5,
            0,
            "Hôpital, soins et ménage|Maison de retraite des Tilleuls",
            "J1301",
            _C.PERMANENT,
            35,
            _P.OFFICE,
            _T.OFFICE,
        ),
    ),
    (Step(_K.JOB, 28, 45, "Vergers de la vallée|Pépinières du Val", "A1433", _C.FIXED, 35, _P.PAYSLIP),),
    (Step(_K.JOB, 18, 90, "Chantier des quais", "F1703", _C.FIXED, 35, _P.OTHER, fate="doubt"),),
    (Step(_K.JOB, 33, 0, "Électricité Martin|Plomberie Ferreira", "F1602", _C.APPRENTICE, 35, _P.CONTRACT),),
    *((),) * 6,
)
# What is answered where nothing was found: days after the end, answer, what makes it hard, from whom.
ANSWERS: dict[int, tuple[tuple[int, Answer, tuple[Why, ...], ToldBy], ...]] = {
    11: ((120, Answer.NOTHING_YET, (Why.WAITING,), _T.MENTEE),),
    14: ((40, Answer.NOTHING_YET, (Why.NO_OFFERS, Why.LANGUAGE), _T.MENTEE),),
    15: ((55, Answer.NOTHING_YET, (Why.HEALTH_OR_CARE, Why.TRANSPORT), _T.MENTEE),),
    16: ((30, Answer.RATHER_NOT, (), _T.MENTEE),),
    17: ((30, Answer.NOT_REACHED, (), _T.TEAM), (75, Answer.NOT_REACHED, (), _T.TEAM)),
}


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Give the ended duos of every branch their outcomes, the same way each time, by the real actions."""
    director = loaded.logins.get("agnes")
    for slug, branch in sorted(loaded.branches.items()):
        second = actor_of(loaded.coordinator(slug))
        boss = actor_of(director) if director is not None else second
        rows = Duo.everywhere.filter(branch=branch, state=DuoState.CLOSED)
        rows = rows.select_related("mentee__branch", "mentor")
        for number, duo in enumerate(rows.order_by("closed_on", "pk")):
            _live(branch, duo, number, (second, boss), now)


def _live(branch: Branch, duo: Duo, number: int, team: tuple[Actor, Actor], now: datetime) -> None:
    today = local_day(now, branch.timezone)
    ended = duo.closed_on or today
    turn, place = divmod(number + FIRST, len(STORIES))
    for step in STORIES[place]:
        begins = max(ended + timedelta(days=step.after), duo.started_on)
        if begins <= today:
            _tell(duo, step, _firm(step, turn), begins, team, lambda day: now - (today - day))
    for after, answer, whys, told_by in ANSWERS.get(place, ()):
        day = ended + timedelta(days=after)
        if day <= today:
            at = now - (today - day)
            note_answer(person=duo.mentee, answer=answer, whys=whys, told_by=told_by, by=DEMO, now=at)


def _firm(step: Step, turn: int) -> str:
    """Where it was: of several names, parted by a bar, the next one each time the story is told."""
    names = step.where.split("|")
    return names[turn % len(names)]


def _tell(
    duo: Duo, step: Step, firm: str, begins: date, team: tuple[Actor, Actor], at: Callable[[date], datetime]
) -> None:
    by = team[0] if step.told_by == ToldBy.OFFICE else DEMO
    town = duo.mentee.commune_name
    last = begins + timedelta(days=step.days - 1) if step.days else None
    paper = CheckedFile("paper.png", "png", drawn_paper(str(step.paper), step.after)) if step.paper else None
    row = tell_outcome(
        person=duo.mentee,
        fields={
            "kind": step.kind, "starts_on": begins, "ends_on": last, "contract": step.contract,
            "weekly_hours": step.hours, "occupation": step.occupation,
            "employer": f"{firm}, {town}" if town else firm,
        },
        told_by=step.told_by,
        teller=duo.mentor if step.told_by == ToldBy.MENTOR else None,
        paper=paper,
        paper_kind=step.paper or PaperKind.CONTRACT,
        by=by,
        now=at(begins),
    )  # fmt: skip
    _look(row, step.fate, team[1] if by is team[0] else team[0], at(begins))


def _look(row: Outcome, fate: str, by: Actor, now: datetime) -> None:
    if row.maybe_same_as_id is not None or fate == "wait":
        return
    if fate == "doubt":
        doubt_outcome(outcome=row, reason=UNREADABLE, by=by, now=now)
    else:
        verify_outcome(outcome=row, by=by, now=now)
