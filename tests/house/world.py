"""A small world for the matrix of addresses: in each of two branches one thing of each kind."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.factories import pairing as pairing_factory
from tests.factories import people as factory
from tests.factories import places as place_factory
from tests.factories import training as training_factory
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.actions.screening import ask_check
from traboule.apps.branches.models import Branch
from traboule.apps.pairing.actions import set_pair_rule
from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role, Side
from traboule.apps.people.models import Login, Person
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor

# What an argument of an address stands for: "address.argument", else the argument itself.
ARGUMENTS: dict[str, str] = {
    "people_import_map.pk": "import",
    "people_import_preview.pk": "import",
    "proposal.pk": "proposal",
    "proposal_answer.pk": "proposal",
    "proposal_told.pk": "proposal",
    "proposal_undo.pk": "proposal",
    "duo.pk": "duo",
    "team_role.pk": "login",
    "team_revoke.pk": "grant",
    "venue_edit.pk": "venue",
    "room_new.pk": "venue",
    "room_edit.pk": "room",
    **dict.fromkeys(
        [
            *("training_session.pk", "training_attendance.pk", "training_enrol.pk", "training_seat_back.pk"),
            *("training_sheet.pk", "training_sheet_seen.pk", "training_cancel.pk"),
        ],
        "training_session",
    ),
    "training_seat_back.seat": "seat",
    "training_module.pk": "module",
    **dict.fromkeys(
        [
            *("mentor_path.pk", "mentor_ready.pk", "mentor_dates.pk", "mentor_waive.pk"),
            *("training_certificate.pk", "screening_identity.pk", "reference_new.pk", "check_ask.pk"),
        ],
        "mentor",
    ),
    "mentor_waive.condition": "condition",
    "reference.pk": "reference",
    "reference_withdraw.pk": "reference",
    "check_note.pk": "check",
    "check_approve.pk": "check",
    "note": "step",
    "pk": "mentee",
}
MENTORS_CSV = b"id,postcode,languages,availability,occupations\nM1,69009,fr:C2,mon-am,M1101\n"


@dataclass(frozen=True, slots=True)
class World:
    """Two branches with the same things in each, and one login per role in the first."""

    own: dict[str, Any]
    other: dict[str, Any]
    logins: dict[Role, Login]


def make_world() -> World:
    own, other = factory.branch(slug="lyon"), factory.branch(slug="lille")
    logins = {role: factory.login(role, own) for role in Role}
    return World(own=things_of(own), other=things_of(other), logins=logins)


def things_of(branch: Branch) -> dict[str, Any]:
    colleague = factory.login(Role.COORDINATOR, branch)
    by = actor_of(colleague)
    mentee, mentor = factory.mentee(branch), factory.mentor(branch)
    asked = pairing_factory.proposal(factory.mentee(branch), factory.mentor(branch), by)
    duo = pairing_factory.duo(factory.mentee(branch), factory.mentor(branch), by)
    step = people.log_note(
        person=mentee,
        text="Called.",
        by=by,
        now=NOW,
        next_step="Call back",
        next_step_on=TODAY + timedelta(3),
    )
    rule = set_pair_rule(
        branch=branch,
        mentee=mentee,
        mentor=mentor,
        kind=PairRuleKind.FORBID,
        reason="They are cousins.",
        by=by,
        now=NOW,
    )
    run = people.stage_import(
        branch=branch, side=Side.MENTOR, content=MENTORS_CSV, file_name="mentors.csv", by=by, now=NOW
    )
    room = place_factory.room(branch)
    return {
        "branch": branch,
        "venue": room.venue_id,
        "room": room.pk,
        "mentee": mentee.pk,
        "mentor": mentor.pk,
        "step": step.pk,
        "import": run.pk,
        "proposal": asked.pk,
        "duo": duo.pk,
        "rule": rule.pk,
        "login": colleague.pk,
        "grant": colleague.grants.get().pk,
        **trained(mentor, by),
    }


def trained(mentor: Person, by: Actor) -> dict[str, Any]:
    """A half-day that a mentor attended, and what is known of their screening."""
    module = training_factory.modules(mentor.branch)[0]
    session = training_factory.sitting(mentor.branch, module=module)
    return {
        "module": module.pk,
        "training_session": session.pk,
        "seat": training_factory.seat(session, mentor).pk,
        "reference": training_factory.reference(mentor, by).pk,
        "check": ask_check(person=mentor, by=by, now=NOW).pk,
        "condition": "references",
    }


def thing_for(route: str, argument: str, things: dict[str, Any]) -> Any:
    kind = ARGUMENTS.get(f"{route}.{argument}") or ARGUMENTS.get(argument) or argument
    if kind not in things:
        raise AssertionError(f"say in ARGUMENTS what {argument} of {route} stands for")
    return things[kind]
