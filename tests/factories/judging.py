"""Applications that were sent, at the step that a test asks for."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.applications.actions import eligibility, talk_notes, talks
from traboule.apps.applications.models import Application, Funder, RuleSet, Talk, TalkNotes
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MenteeState, MentorState, Readers, Side
from traboule.apps.people.models import Login
from traboule.core.actors import Actor

RULES: list[dict[str, Any]] = [
    {"code": "age", "kind": "age", "sentence": "Is 18 to 30.", "low": 18, "high": 30, "evidence": ["ID"]},
    {
        "code": "place",
        "kind": "territory",
        "sentence": "Lives here.",
        "places": ["69"],
        "evidence": ["Lease"],
    },
    {"code": "agrees", "kind": "question", "sentence": "Agrees to be called later."},
]
STAY = {"code": "stay", "kind": "right_to_stay", "sentence": "Permit seen.", "evidence": ["Permit"]}


def application(at: Branch, side: Side = Side.MENTEE, *, state: str = "sent", **fields: Any) -> Application:
    """An application of a new person in a state."""
    if "person" not in fields:
        new = make.mentee if side == Side.MENTEE else make.mentor
        begins = MenteeState.NEW if side == Side.MENTEE else MentorState.NEW
        more: dict[str, Any] = {} if side == Side.MENTEE else {"trained_on": None}
        fields["person"] = new(at, state=begins, **more)
    return Application.everywhere.create(
        branch=at,
        side=side,
        state=state,
        started_at=NOW,
        saved_at=NOW,
        sent_at=NOW,
        moved_at=NOW,
        **fields,
    )


def talk(
    of: Application, by: Actor, *, second: Login | None = None, starts_at: datetime | None = None
) -> Talk:
    """A talk planned for the day after, held by whoever plans it."""
    return talks.plan_talk(
        application=of,
        starts_at=starts_at or NOW + timedelta(days=1),
        host=Login.objects.get(pk=by.id),
        second=second,
        where="12 rue de la Paix",
        by=by,
        now=NOW,
    )


def notes(of: Talk, by: Actor, **fields: Any) -> TalkNotes:
    """Notes that somebody began about a talk."""
    begun = talk_notes.start_notes(talk=of, readers=Readers.STAFF, by=by, now=NOW)
    return talk_notes.save_notes(notes=begun, fields=fields, revision=begun.revision, by=by, now=NOW)


def held(of: Application, by: Actor) -> Application:
    """The application after its talk."""
    talk_notes.finish_notes(notes=notes(talk(of, by), by), by=by, now=NOW)
    of.refresh_from_db()
    return of


def rules(at: Branch, by: Actor, *, name: str = "Plan", rows: list[dict[str, Any]] | None = None) -> RuleSet:
    """A funder with one version of rules in force."""
    funder: Funder = eligibility.add_funder(branch=at, name=name, by=by, now=NOW)
    return eligibility.publish_rules(
        funder=funder, rules=rows or RULES, valid_from=date(2026, 1, 1), by=by, now=NOW
    )
