"""A small world for the matrix of addresses: in each of two branches one thing of each kind."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.factories import pairing as pairing_factory
from tests.factories import people as factory
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions import tell
from traboule.apps.pairing.actions import set_pair_rule
from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role, Side
from traboule.apps.people.models import Login
from traboule.apps.people.queries import actor_of

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
    "message.pk": "message",
    "message_act.pk": "message",
    "message_letter.pk": "message",
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
    told = tell(
        branch=branch,
        kind="pool.news",
        event="world",
        values={"first_name": "Selam", "day": "Thursday", "branch": branch.name},
        person=mentee,
        by=by,
        now=NOW,
    )
    assert told is not None
    return {
        "message": told.pk,
        "kind": "pool.news",
        "language": "fr",
        "branch": branch,
        "mentee": mentee.pk,
        "mentor": mentor.pk,
        "step": step.pk,
        "import": run.pk,
        "proposal": asked.pk,
        "duo": duo.pk,
        "rule": rule.pk,
        "login": colleague.pk,
        "grant": colleague.grants.get().pk,
    }


def thing_for(route: str, argument: str, things: dict[str, Any]) -> Any:
    kind = ARGUMENTS.get(f"{route}.{argument}") or ARGUMENTS.get(argument) or argument
    if kind not in things:
        raise AssertionError(f"say in ARGUMENTS what {argument} of {route} stands for")
    return things[kind]
