"""An outcome is told, corrected or taken back: by the mentee, the mentor, or the team."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.actions._shared import (
    ask_to_verify,
    duos_of_mentee,
    flag_twin,
    login_id,
    no_step,
    person_locked,
    record,
    was_heard,
)
from traboule.apps.outcomes.actions.papers import keep_paper
from traboule.apps.outcomes.enums import STANDING, OutcomeState, PaperKind, ToldBy
from traboule.apps.outcomes.models import Outcome
from traboule.apps.outcomes.own_enums import ContractKind, OutcomeKind
from traboule.apps.outcomes.rules import may_tell
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import NotVisible, authorise
from traboule.core.scope import locked
from traboule.core.uploads import CheckedFile
from traboule.kernel.lifecycle import OUTCOME, IllegalMove

FAR_AHEAD = timedelta(days=366)
WORK_KINDS = frozenset({OutcomeKind.JOB, OutcomeKind.INTERNSHIP, OutcomeKind.TRAINING})
# What staff and people say of an outcome; the rest follows.
SAID = ("kind", "contract", "weekly_hours", "starts_on", "ends_on", "employer", "occupation")


class WrongDates(ValueError):
    """It ends before it starts, or starts more than a year ahead."""


class BeforeDuo(ValueError):
    """It started before the first duo of this mentee began; carries that day."""

    def __init__(self, began_on: date) -> None:
        super().__init__(began_on.isoformat())
        self.began_on = began_on


@transaction.atomic
def tell_outcome(
    *,
    person: Person,
    fields: Mapping[str, Any],
    told_by: ToldBy,
    by: Actor,
    now: datetime,
    teller: Person | None = None,
    paper: CheckedFile | None = None,
    paper_kind: PaperKind = PaperKind.CONTRACT,
    apart_from_duo: bool = False,
) -> Outcome:
    """Write down what a mentee found; telling it twice from one side returns the first row.

    ``fields``: kind, starts_on; where known contract, weekly_hours, ends_on, employer, occupation (ROME).
    ``teller`` is the mentor who tells. It belongs to the duo that ran, or had run, when it started; what
    started earlier raises BeforeDuo unless it is noted ``apart_from_duo``. Raises WrongDates; NotVisible,
    NotAllowed.
    """
    may_tell_of(person, teller, told_by, by)
    person_locked(person)
    today = local_day(now, person.branch.timezone)
    said = _checked(fields, today)
    duo = None if apart_from_duo else duo_at(duos_of_mentee(person.pk), said["starts_on"])
    row = _told_already(person, said, told_by)
    if row is None:
        row = Outcome(branch=person.branch, person=person, duo=duo, told_by=told_by, told_at=now, **said)
        row.seen_on, row.recorded_by_id = today, login_id(by)
        flag_twin(row)
        row.save()
        record(row, "told", by, now, side=str(told_by), twin=row.maybe_same_as_id)
    if paper is not None:
        keep_paper(row, paper, paper_kind, by, now)
    if told_by == ToldBy.MENTEE:
        touch(person.pk, now)
    if row.state == OutcomeState.TOLD:
        ask_to_verify(row, by, now)
    was_heard(person.pk, by, now)
    return row


@transaction.atomic
def correct_outcome(
    *, outcome: Outcome, fields: Mapping[str, Any], by: Actor, now: datetime, apart_from_duo: bool = False
) -> Outcome:
    """Correct what was told; a second person looks at it anew. Without an end it is known to run today.

    Raises WrongDates, BeforeDuo, IllegalMove; NotVisible, NotAllowed.
    """
    authorise(by, Permission.OUTCOMES_WRITE, outcome.branch_id)
    person_locked(outcome.person)
    row = locked(outcome)
    row.state = OUTCOME.after(row.state, "tell_again")
    today = local_day(now, row.branch.timezone)
    said = _checked({name: getattr(row, name) for name in SAID} | dict(fields), today)
    changed = sorted(name for name in SAID if getattr(row, name) != said[name])
    row.duo = None if apart_from_duo else duo_at(duos_of_mentee(row.person_id), said["starts_on"])
    for name in SAID:
        setattr(row, name, said[name])
    row.seen_on, row.corrected_at, row.corrected_by_id = today, now, login_id(by)
    row.decided_at, row.decided_by, row.reason = None, None, ""
    flag_twin(row)
    row.save()
    ask_to_verify(row, by, now)
    record(row, "corrected", by, now, changed=changed)
    was_heard(row.person_id, by, now)
    return row


@transaction.atomic
def withdraw_outcome(*, outcome: Outcome, by: Actor, now: datetime) -> Outcome:
    """Take an outcome back: the team, or a mentee what they told themselves and nobody looked at yet.

    It stays to be read and counts nowhere. Raises IllegalMove; NotVisible, NotAllowed.
    """
    row = locked(outcome)
    if not (by.kind is ActorKind.LOGIN and by.may(Permission.OUTCOMES_WRITE, row.branch_id)):
        authorise_own(row.person, by)
        if row.told_by != ToldBy.MENTEE or row.state != OutcomeState.TOLD:
            raise IllegalMove(OUTCOME.name, row.state, "withdraw")
    before = row.state
    row.state = OUTCOME.after(before, "withdraw")
    row.maybe_same_as = None
    row.save(update_fields=["state", "maybe_same_as"])
    Outcome.everywhere.filter(maybe_same_as=row).update(maybe_same_as=None)
    no_step(row, by, now)
    record(row, "withdrawn", by, now, before=before)
    return row


def duo_at(duos: list[Duo], day: date) -> Duo | None:
    """Return the latest duo that had begun on ``day``; None without any duo. Raises BeforeDuo."""
    begun = [duo for duo in duos if duo.started_on <= day]
    if duos and not begun:
        raise BeforeDuo(duos[0].started_on)
    return begun[-1] if begun else None


def may_tell_of(person: Person, teller: Person | None, told_by: ToldBy, by: Actor) -> None:
    if told_by == ToldBy.MENTOR and teller is not None:
        if not Duo.everywhere.filter(mentor=teller, mentee=person).exists():
            raise NotVisible
    else:
        teller = person
    may_tell(by, teller, told_by, person.branch_id)


def _checked(fields: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the fields as they are written. Raises WrongDates."""
    kind = OutcomeKind(fields["kind"])
    starts_on, ends_on = fields["starts_on"], fields.get("ends_on")
    if (ends_on is not None and ends_on < starts_on) or starts_on > today + FAR_AHEAD:
        raise WrongDates
    contract = fields.get("contract") or (ContractKind.UNKNOWN if kind == OutcomeKind.JOB else "")
    return {
        "kind": kind,
        "contract": str(contract) if kind in WORK_KINDS else "",
        "weekly_hours": fields.get("weekly_hours"),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "employer": str(fields.get("employer") or "").strip(),
        "occupation": str(fields.get("occupation") or ""),
    }


def _told_already(person: Person, said: Mapping[str, Any], told_by: ToldBy) -> Outcome | None:
    """Return the row of a button that was pressed twice."""
    same = {name: said[name] for name in ("kind", "contract", "starts_on", "ends_on", "employer")}
    rows = Outcome.everywhere.filter(person=person, told_by=told_by, state__in=STANDING, **same)
    return rows.order_by("pk").first()
