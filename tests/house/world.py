"""A small world for the matrix of addresses: in each of two branches one thing of each kind."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.core.hostile_files import docx
from tests.factories import access as access_factory
from tests.factories import applications as application_factory
from tests.factories import endings as ending_factory
from tests.factories import evaluations as evaluation_factory
from tests.factories import exchange as exchange_factory
from tests.factories import expenses as expense_factory
from tests.factories import follow_ups as follow_up_factory
from tests.factories import judging as judging_factory
from tests.factories import meetings as meeting_factory
from tests.factories import outcomes as outcome_factory
from tests.factories import pairing as pairing_factory
from tests.factories import people as factory
from tests.factories import places as place_factory
from tests.factories import reports as report_factory
from tests.factories import sessions as session_factory
from tests.factories import starting as starting_factory
from tests.factories import support as support_factory
from tests.factories import training as training_factory
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.actions.decisions import decide
from traboule.apps.applications.actions.screening import ask_check
from traboule.apps.applications.enums_judging import Outcome, Reason
from traboule.apps.branches.actions import type_site_figure
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions.plan_templates import start_templates
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions.choices import ask_choice
from traboule.apps.messages.actions import tell
from traboule.apps.pairing.actions import set_pair_rule
from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.partners.actions import add_partner, invite_referrer
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role, Side
from traboule.apps.people.models import Login, Person
from traboule.apps.people.queries import actor_of
from traboule.apps.privacy.actions import ask, set_hold
from traboule.apps.privacy.enums import AskedBy, RequestKind
from traboule.apps.training.actions.trainers import add_trainer, keep_material
from traboule.core.actors import Actor, system
from traboule.core.uploads import check_upload

# What an argument of an address stands for: "address.argument", else the argument itself.
ARGUMENTS: dict[str, str] = {
    "people_import_map.pk": "import",
    "people_import_preview.pk": "import",
    "proposal.pk": "proposal",
    "proposal_answer.pk": "proposal",
    "proposal_told.pk": "proposal",
    "proposal_undo.pk": "proposal",
    "duo.pk": "duo",
    "duo_plan.pk": "duo",
    "plan_template.pk": "plan_template",
    **dict.fromkeys(("duo_rhythm.pk", "meeting_note.pk"), "duo"),
    **dict.fromkeys(("duo_calendar.pk", "duo_sheet.pk", "duo_sheet_print.pk"), "duo"),
    **dict.fromkeys(("meeting_settle.pk", "meeting_phone.pk"), "meeting"),
    "team_hand_over.pk": "login",
    "proposal_send.pk": "proposal",
    **dict.fromkeys(("duo_first_meeting.pk", "duo_agreement_draft.pk"), "duo"),
    "duo_first_meeting_close.pk": "first_meeting",
    **dict.fromkeys(
        ("duo_agreement.pk", "duo_agreement_act.pk", "duo_agreement_sign.pk", "duo_agreement_paper.pk"),
        "agreement",
    ),
    **dict.fromkeys(("absence_new.pk", "substitute_end.pk", "duo_look.pk", "duo_look_end.pk"), "duo"),
    **dict.fromkeys(("check_in.pk", "check_in_hold.pk"), "check_in"),
    **dict.fromkeys(("duo_end.pk", "duo_rest.pk", "duo_extend.pk", "closing_talk.pk"), "ending_duo"),
    **dict.fromkeys(
        ("duo_end_word.pk", "mentor_choice.pk", "duo_certify.pk", "duo_certificate.pk"), "ended_duo"
    ),
    "extension_act.pk": "extension",
    "duo_end.how": "how",
    "check_in_hold.side": "side",
    "advice.pk": "advice",
    **dict.fromkeys(("absence.pk", "absence_back.pk"), "absence"),
    **dict.fromkeys(("concern.pk", "concern_pause.pk", "concern_close.pk"), "concern"),
    "site_figure.pk": "figure",
    **dict.fromkeys(
        ("talk.pk", "talk_move.pk", "talk_close.pk", "talk_start.pk", "talk_notes.pk", "talk_agree.pk"),
        "talk",
    ),
    "talk_slots.pk": "talk",
    "talk_take_over.pk": "talk",
    **dict.fromkeys(("talk_guide.side", "talk_guide_edit.side"), "guide_side"),
    **dict.fromkeys(("talk_plan.pk", "eligibility.pk", "eligibility_apart.pk"), "application"),
    **dict.fromkeys(("eligibility_judge.pk", "decision.pk", "decision_reopen.pk"), "application"),
    **dict.fromkeys(("decision_approve.pk", "decision_undo.pk"), "decision"),
    "eligibility_judge.rules": "rule_set",
    "eligibility_version.pk": "funder",
    "team_role.pk": "login",
    "team_revoke.pk": "grant",
    "partner.pk": "partner",
    "partner_edit.pk": "partner",
    "referrer_invite.pk": "partner",
    "referrer_close.pk": "referrer",
    "merge_undo.pk": "merge",
    "first": "mentee",
    "second": "mentor",
    "venue_edit.pk": "venue",
    "room_new.pk": "venue",
    "room_edit.pk": "room",
    "application.pk": "application",
    "application_owner.pk": "application",
    "application_withdraw.pk": "application",
    "application_reopen.pk": "application",
    "rights_one.pk": "rights_request",
    "rights_identity.pk": "rights_request",
    "rights_answer.pk": "rights_request",
    "rights_export.pk": "rights_request",
    "rights_withdraw.pk": "rights_request",
    "rights_erase.pk": "rights_request",
    "rights_hold_lift.pk": "hold",
    "document": "document",
    **dict.fromkeys(
        (
            *("info_session.pk", "info_session_edit.pk", "info_session_copy.pk", "info_session_cancel.pk"),
            *("booking_new.pk", "session_attendance.pk", "session_attendance_rows.pk"),
            *("session_attendance_worker.pk", "session_walk_in.pk", "session_sheet.pk", "public_session.pk"),
        ),
        "info_session",
    ),
    "booking_move.pk": "booking",
    "booking_cancel.pk": "booking",
    "branch": "branch_slug",
    "message.pk": "message",
    "message_act.pk": "message",
    "message_letter.pk": "message",
    **dict.fromkeys(
        [
            "training_session_edit.pk",
            *("training_session.pk", "training_attendance.pk", "training_enrol.pk", "training_seat_back.pk"),
            *("training_sheet.pk", "training_sheet_seen.pk", "training_cancel.pk"),
        ],
        "training_session",
    ),
    "training_seat_back.seat": "seat",
    **dict.fromkeys(["training_attendance_rows.pk", "training_attendance_worker.pk"], "training_session"),
    **dict.fromkeys(["trainer_agenda.pk", "trainer_drop.pk"], "trainer"),
    **dict.fromkeys(["training_materials.pk", "training_material.pk", "training_material_drop.pk"], "module"),
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
    **dict.fromkeys(
        [
            *("exchange_group.pk", "exchange_group_edit.pk", "exchange_group_members.pk"),
            *("exchange_group_close.pk", "gathering_new.pk"),
        ],
        "peer_group",
    ),
    **dict.fromkeys(
        [
            *("gathering.pk", "gathering_attendance.pk", "gathering_attendance_rows.pk"),
            *("gathering_attendance_worker.pk", "gathering_cancel.pk"),
        ],
        "gathering",
    ),
    "expense.pk": "expense",
    "expense_proof.pk": "expense",
    "reimbursement_file.pk": "reimbursement",
    "reimbursement_paid.pk": "reimbursement",
    "expense_bank.pk": "mentor",
    "expense_statement.pk": "mentor",
    **dict.fromkeys(("outcome.pk", "outcome_edit.pk"), "outcome"),
    "outcome_paper.pk": "evidence",
    "follow_up.pk": "follow_up",
    **dict.fromkeys(
        [
            *("impact_plan.pk", "impact_how.pk", "impact_amend.pk", "impact_text.pk", "impact_data.pk"),
            *("impact_example.pk", "impact_register.pk"),
        ],
        "evaluation_plan",
    ),
    "impact_result.pk": "evaluation",
    **dict.fromkeys(("report_draft.pk", "report_draft_edit.pk", "report_draft_drop.pk"), "report_draft"),
    **dict.fromkeys(("report.pk", "report_file.pk", "report_check.pk"), "report"),
    "report_file.form": "report_form",
    **dict.fromkeys(
        ("figure_definition.name", "figure_definition_new.name", "figure_rows.name"), "indicator"
    ),
    "api_token_stop.pk": "api_token",
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
        "plan_template": a_plan_template(branch),
        "meeting": meeting_factory.meeting(duo, NOW + timedelta(days=1), now=NOW).pk,
        "side": "mentor",
        "first_meeting": starting_factory.meeting(duo, by, starts_at=timezone.now() + timedelta(3)).pk,
        "agreement": starting_factory.agreement(duo, by).pk,
        "rule": rule.pk,
        "login": colleague.pk,
        "grant": colleague.grants.get().pk,
        **things_of_the_site(branch, by),
        **things_of_partners(branch, by),
        **things_of_rights(branch, mentee, mentor, by),
        **things_of_applications(branch, by),
        **trained(mentor, by),
        **things_of_exchange(branch, mentor, by),
        **things_of_expenses(branch, mentor, by),
        **things_of_outcomes(duo.mentee),
        **things_of_support(duo),
        **things_of_endings(branch),
        **things_of_evaluations(branch),
        **things_of_reports(branch),
        "api_token": access_factory.token(branch)[0].pk,
    }


def things_of_evaluations(branch: Branch) -> dict[str, Any]:
    plan = evaluation_factory.plan(branch)
    return {
        "evaluation_plan": plan.pk,
        "evaluation": evaluation_factory.result(plan).pk,
        "indicator": "positive_outcome_from_start",
    }


def things_of_reports(branch: Branch) -> dict[str, Any]:
    found = {"report": report_factory.issued(branch).pk, "report_draft": report_factory.draft(branch).pk}
    return {**found, "report_form": "csv"}


def things_of_exchange(branch: Branch, mentor: Person, by: Actor) -> dict[str, Any]:
    group = exchange_factory.group(branch, by, mentor)
    return {"peer_group": group.pk, "gathering": exchange_factory.gathering(group, by).pk}


def things_of_expenses(branch: Branch, mentor: Person, by: Actor) -> dict[str, Any]:
    paid = expense_factory.batch(branch, mentor, by)
    return {"expense": expense_factory.claim(mentor).pk, "reimbursement": paid.pk, "year": 2026}


def things_of_outcomes(mentee: Person) -> dict[str, Any]:
    told = outcome_factory.told(mentee, paper=outcome_factory.paper(), starts_on=TODAY)
    return {
        "outcome": told.pk,
        "evidence": told.papers.get().pk,
        "follow_up": follow_up_factory.asked(follow_up_factory.ended(mentee.branch)).pk,
    }


def a_plan_template(branch: Branch) -> int:
    offered = start_templates(branch=branch, by=system("world"), now=NOW)
    return int(offered[0].pk)


def things_of_the_site(branch: Branch, by: Actor) -> dict[str, Any]:
    figure = type_site_figure(
        branch=branch,
        fields={"value": "38", "label": "duos", "source": "report", "as_of": TODAY, "counted": 76},
        language="fr",
        by=by,
        now=NOW,
    )
    room = place_factory.room(branch)
    meeting = session_factory.session(branch, room=room)
    return {
        "figure": figure.pk,
        "venue": room.venue_id,
        "room": room.pk,
        "branch_slug": branch.slug,
        "info_session": meeting.pk,
        "booking": session_factory.booking(meeting).pk,
    }


def things_of_partners(branch: Branch, by: Actor) -> dict[str, Any]:
    partner = add_partner(branch=branch, fields={"name": "House"}, by=by, now=NOW)
    referrer = invite_referrer(
        partner=partner,
        email=f"adviser@{branch.slug}.example",
        name="Simon",
        locale="en",
        by=by,
        now=NOW,
        sign_in_url="/",
    )
    merge = people.merge_people(
        kept=factory.mentee(branch), dropped=factory.mentee(branch), choices={}, by=by, now=NOW
    )
    return {"partner": partner.pk, "referrer": referrer.pk, "merge": merge.pk}


def things_of_rights(branch: Branch, mentee: Person, mentor: Person, by: Actor) -> dict[str, Any]:
    officer = actor_of(factory.login(Role.DPO, branch))
    request = ask(person=mentee, kind=RequestKind.ACCESS, asked_by=AskedBy.PHONE, by=officer, now=NOW)
    until = TODAY + timedelta(3_650)
    hold = set_hold(person=mentor, reason="A court asked.", until=until, by=officer, now=NOW)
    letter = check_upload(SimpleUploadedFile("cv.docx", docx()))
    document = people.keep_document(person=mentee, file=letter, about="CV", by=by, now=NOW)
    return {"rights_request": request.pk, "hold": hold.pk, "document": document.pk}


def things_of_applications(branch: Branch, by: Actor) -> dict[str, Any]:
    rule_set = judging_factory.rules(branch, system("world"))
    decided = decide(
        application=judging_factory.application(branch),
        outcome=Outcome.REFUSED,
        reason=Reason.AGE,
        by=by,
        now=NOW,
    )
    return {
        "application": application_factory.sent(branch).pk,
        "talk": judging_factory.talk(judging_factory.application(branch), by).pk,
        "guide_side": "mentee",
        "rule_set": rule_set.pk,
        "funder": rule_set.funder_id,
        "decision": decided.pk,
    }


def things_of_support(duo: Duo) -> dict[str, Any]:
    call = support_factory.advice(duo)
    support_factory.substitution(duo)
    return {
        "check_in": support_factory.check_in(duo).pk,
        "side": "mentee",
        "advice": call.pk,
        "absence": support_factory.absence(duo.mentee).pk,
        "concern": support_factory.concern(duo).pk,
    }


def things_of_endings(branch: Branch) -> dict[str, Any]:
    """A duo in its last weeks that is asked to go on, and one that the team ended, with all that follows."""
    duo = ending_factory.duo(branch)
    asked = ending_factory.asked_to_go_on(duo)
    ended = ending_factory.ended(branch, reason=CloseReason.NO_TIME)
    ask_choice(duo=ended, by=system("world"), now=NOW)
    return {"ending_duo": duo.pk, "extension": asked.pk, "ended_duo": ended.pk, "how": "early"}


def trained(mentor: Person, by: Actor) -> dict[str, Any]:
    """A half-day that a mentor attended, and what is known of their screening."""
    module = training_factory.modules(mentor.branch)[0]
    session = training_factory.sitting(mentor.branch, module=module)
    file = check_upload(SimpleUploadedFile("plan.docx", docx()))
    paper = keep_material(module=module, file=file, about="Plan", by=system("world"), now=NOW)
    return {
        "module": module.pk,
        "training_session": session.pk,
        "seat": training_factory.seat(session, mentor).pk,
        "reference": training_factory.reference(mentor, by).pk,
        "check": ask_check(person=mentor, by=by, now=NOW).pk,
        "condition": "references",
        "trainer": add_trainer(branch=mentor.branch, name="Odile", by=by, now=NOW).pk,
        "material": paper.pk,
    }


def thing_for(route: str, argument: str, things: dict[str, Any]) -> Any:
    kind = ARGUMENTS.get(f"{route}.{argument}") or ARGUMENTS.get(argument) or argument
    if kind not in things:
        raise AssertionError(f"say in ARGUMENTS what {argument} of {route} stands for")
    return things[kind]
