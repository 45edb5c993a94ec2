"""Today: who waits, since when, and the next act. The first page of a coordinator's morning."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from traboule.apps.applications.actions.leaving import ASKS_TO_TALK, WANTS_TO_STOP
from traboule.apps.applications.actions.wishes import NOT_TO_MEET
from traboule.apps.applications.screening_enums import ScreeningStep
from traboule.apps.duos.enums import DuoStep, FirstStep
from traboule.apps.duos.enums_meetings import MeetingStep
from traboule.apps.duos.queries import OPEN_DUO_ACT
from traboule.apps.endings.enums import EndingStep
from traboule.apps.messages.enums import MessageStep
from traboule.apps.pairing.enums import LetterStep, ProposalStep
from traboule.apps.pairing.queries.steps import OPEN_PROPOSAL_ACT
from traboule.apps.people import queries
from traboule.apps.people.enums import Permission, Side, StepAct, StepReason
from traboule.apps.people.queries import Step
from traboule.apps.people.rules import CEILING_DAYS
from traboule.apps.privacy.enums import REQUEST_ACT, REQUEST_LATE, REQUEST_OPEN
from traboule.apps.steps.queries import OPEN_STEP_ACT
from traboule.apps.support.enums import SupportStep
from traboule.apps.support.queries.concerns import as_lead, concerns_due
from traboule.apps.support.warning_enums import LOOK
from traboule.apps.training.enums import TrainingStep
from traboule.web.access import Here, branch_page
from traboule.web.components.figures import waiting
from traboule.web.coordinator import (
    ending_words,
    follow_up_words,
    judging_words,
    support_words,
    warning_words,
)
from traboule.web.coordinator.fairness import waits_for_a_word
from traboule.web.site import url_or_none
from traboule.web.templatetags.traboule import say_date, say_days

STEPS_A_PAGE = 12

# Why a step is shown: the kind of its badge, and its words.
SAYS: dict[str, tuple[str, Promise]] = {
    ASKS_TO_TALK: ("urgent", _("Asks to talk with somebody")),
    WANTS_TO_STOP: ("urgent", _("Wants to stop")),
    NOT_TO_MEET: ("waiting", _("Would rather not meet somebody")),
    StepReason.MENTEE_CANNOT_WAIT: ("urgent", _("Cannot wait any longer")),
    StepReason.MENTOR_CANNOT_WAIT: ("urgent", _("Cannot wait any longer")),
    StepReason.MENTEE_PAST_CEILING: ("urgent", _("Waits longer than promised")),
    StepReason.MENTEE_COMES_FIRST: ("urgent", _("Change of mentor: comes first")),
    StepReason.STEP_OVERDUE: ("urgent", _("Overdue")),
    StepReason.PAUSE_OVER: ("waiting", _("The pause is over")),
    StepReason.MENTEE_WAITS_LONG: ("waiting", _("Has waited for two weeks")),
    StepReason.STEP_TODAY: ("waiting", _("To do today")),
    StepReason.MENTEE_WAITS: ("calm", _("Waits for a mentor")),
    StepReason.MENTEE_NEW: ("info", _("Just arrived")),
    StepReason.MENTOR_NEW: ("info", _("Not trained yet")),
    StepReason.STEP_COMING: ("calm", _("To do tomorrow")),
    ProposalStep.TELL_MENTEE: ("waiting", _("Proposal to tell the mentee")),
    ProposalStep.ASK_MENTOR: ("waiting", _("Mentor to ask")),
    ProposalStep.NO_ANSWER: ("urgent", _("No answer for days")),
    ProposalStep.MENTOR_ANSWERS: ("calm", _("The mentor thinks it over")),
    LetterStep.TALK_FIRST: ("urgent", _("Wants to talk before answering a proposal")),
    LetterStep.RATHER_NOT_MEET: ("waiting", _("Says whom they would rather not meet")),
    DuoStep.SIGNATURE_MISSING: ("waiting", _("A signature is missing for a week")),
    DuoStep.FIRST_MEETING_OPEN: ("waiting", _("The first meeting: did it take place?")),
    FirstStep.CANNOT_COME: ("urgent", _("Cannot come to the first meeting")),
    FirstStep.WRONG_HANDS: ("urgent", _("A link to sign was in wrong hands")),
    ProposalStep.MENTEE_ANSWERS: ("calm", _("The mentee thinks it over")),
    DuoStep.PAST_END: ("waiting", _("The duo is past its end")),
    MeetingStep.OPEN: ("waiting", _("Met or not? The two do not say the same")),
    MeetingStep.DIFFERS: ("calm", _("The two wrote different lengths")),
    MessageStep.CALL: ("waiting", MessageStep.CALL.label),
    MessageStep.LETTER: ("waiting", MessageStep.LETTER.label),
    MessageStep.REFERRER: ("waiting", MessageStep.REFERRER.label),
    MessageStep.BOUNCED: ("urgent", MessageStep.BOUNCED.label),
    MessageStep.FAILED: ("urgent", MessageStep.FAILED.label),
    MessageStep.UNREACHABLE: ("urgent", MessageStep.UNREACHABLE.label),
    MessageStep.SHUT_OUT: ("urgent", MessageStep.SHUT_OUT.label),
    MessageStep.NEWS_DUE: ("urgent", _("News is promised: decide before")),
    "referral_received": ("info", _("Sent by an adviser: call back")),
    ScreeningStep.REFERENCE_CALL: ("waiting", _("A referee prefers a call")),
    ScreeningStep.REFERENCE_EXPIRED: ("waiting", _("No answer: ask for another referee")),
    ScreeningStep.REFERENCE_DOUBT: ("waiting", _("A reference to read")),
    ScreeningStep.CHECK_APPROVE: ("waiting", _("A check waits for a second look")),
    TrainingStep.MODULE_MISSED: ("info", _("A module to catch up")),
    TrainingStep.READY_TO_DECLARE: ("good", _("All conditions are met")),
    TrainingStep.CHECK_ENDS: ("waiting", _("A check ends soon")),
    TrainingStep.CHECK_LAPSED: ("urgent", _("Out of the pool: the check has ended")),
    TrainingStep.EXCHANGE_DUE: ("waiting", _("Mentors have not come for two months")),
    "exchange.none_planned": ("waiting", _("A group has no gathering planned")),
    "expense.to_decide": ("waiting", _("An expense to look at")),
    "outcome.to_verify": ("waiting", _("An outcome to verify")),
    "application.new": ("waiting", _("New application")),
    "branch.closing": ("waiting", _("The branch closes: what next for them?")),
    "application.stopped": ("info", _("Stopped the application")),
    REQUEST_LATE: ("urgent", _("Answer about data is due")),
    REQUEST_OPEN: ("waiting", _("Asks about their data")),
    "talk.to_plan": ("waiting", _("Came to the session: plan the talk")),
    "session.list_open": ("waiting", _("Who came? The list is not complete")),
    "session.missed": ("info", _("Did not come to the session")),
}
SAYS |= judging_words.STEP_WORDS
SAYS |= support_words.STEP_WORDS
SAYS |= ending_words.STEP_WORDS
SAYS |= follow_up_words.STEP_WORDS
# Steps about two people: the text is the name of the mentor.
ABOUT_TWO = (
    *ProposalStep,
    *DuoStep,
    *MeetingStep,
    SupportStep.CHECK_IN,
    EndingStep.CLOSING_TALK,
    LOOK,
)
# Steps of the whole branch: the text is how many people, their page has no number.
OF_THE_BRANCH = (TrainingStep.EXCHANGE_DUE,)
ACTS: dict[str, Promise] = {
    StepAct.OPEN_TABLE: _("Look for a mentor"),
    StepAct.OPEN_TABLE_FOR_MENTOR: _("Look for a mentee"),
    StepAct.FINISH_STEP: _("Done"),
    StepAct.RESUME: _("Bring back"),
    StepAct.COMPLETE_PROFILE: _("Complete"),
    OPEN_PROPOSAL_ACT: _("Open the proposal"),
    OPEN_DUO_ACT: _("Open the duo"),
    REQUEST_ACT: _("Open the request"),
}
WAITING = (
    StepReason.MENTEE_CANNOT_WAIT,
    StepReason.MENTEE_PAST_CEILING,
    StepReason.MENTEE_COMES_FIRST,
    StepReason.MENTEE_WAITS_LONG,
    StepReason.MENTEE_WAITS,
)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the page: whom, why, since when, and the act."""

    step: Step
    href: str
    partner: str
    side: str
    kind: str
    badge: str
    detail: str
    act: str
    act_href: str
    is_post: bool


def step_line(step: Step, here: Here) -> StepLine:
    """Put a step into words and find the address of its act."""
    kind, badge = SAYS.get(step.reason, ("info", step.reason))
    person = reverse("person", args=[here.branch.slug, step.person_id])
    href, is_post = _act(step, here, person)
    return StepLine(
        step=step,
        href=person,
        partner=step.text if step.reason in ABOUT_TWO else "",
        side=str(Side(step.side).label) if step.side in Side.values else "",
        kind=kind,
        badge=str(badge),
        detail=_detail(step, here),
        act=str(ACTS.get(step.act, _("Open"))),
        act_href=href,
        is_post=is_post,
    )


def _detail(step: Step, here: Here) -> str:
    parts = [step.text] if step.text and step.reason not in ABOUT_TWO else []
    if step.reason == LOOK:
        parts = [warning_words.say_short(step.more)]
    if step.reason in OF_THE_BRANCH:
        number = int(step.text or 0)
        parts = [ngettext("%(n)s mentor", "%(n)s mentors", number) % {"n": number}]
    if step.owner:
        parts.append(gettext("with %(owner)s") % {"owner": step.owner})
    if step.due is not None:
        parts.append(gettext("by %(day)s") % {"day": say_date(step.due)})
    days = {"days": say_days(step.days(here.today))}
    if step.reason in WAITING:
        parts.append(gettext("has waited for %(days)s") % days)
    elif step.act != StepAct.FINISH_STEP:
        parts.append(gettext("for %(days)s") % days)
    return " · ".join(parts)


def _act(step: Step, here: Here, person: str) -> tuple[str, bool]:
    slug = here.branch.slug
    if step.act == StepAct.OPEN_TABLE:
        table = url_or_none("table", slug)
        return (f"{table}?mentee={step.person_id}#mentee-{step.person_id}" if table else person), False
    if step.act == StepAct.OPEN_TABLE_FOR_MENTOR:
        return url_or_none("table", slug) or person, False
    if step.act == StepAct.FINISH_STEP and step.object_id is not None:
        return reverse("step_finish", args=[slug, step.person_id, step.object_id]), True
    if step.act == OPEN_STEP_ACT:
        return _open_step(step, here, person)
    if step.act == OPEN_PROPOSAL_ACT:
        return url_or_none("proposal", slug, step.object_id) or person, False
    if step.act == OPEN_DUO_ACT:
        return url_or_none("duo", slug, step.object_id) or person, False
    if step.act == REQUEST_ACT and here.may(Permission.RIGHTS_SEE):
        return reverse("rights_one", args=[slug, step.object_id]), False
    if step.act == StepAct.RESUME:
        return reverse("person_resume", args=[slug, step.person_id]), False
    if step.act == StepAct.COMPLETE_PROFILE:
        return reverse("person_edit", args=[slug, step.person_id]), False
    return person, False


# Where a step of the app `steps` is dealt with: kind -> name of an address that takes the id of its subject.
STEP_PAGES: dict[str, str] = {
    **{step: "message" for step in MessageStep if step != MessageStep.NEWS_DUE},
    MessageStep.NEWS_DUE: "person",
    ScreeningStep.REFERENCE_CALL: "reference",
    ScreeningStep.REFERENCE_EXPIRED: "reference",
    ScreeningStep.REFERENCE_DOUBT: "reference",
    ScreeningStep.CHECK_APPROVE: "mentor_path",
    TrainingStep.MODULE_MISSED: "mentor_path",
    TrainingStep.READY_TO_DECLARE: "mentor_path",
    TrainingStep.CHECK_ENDS: "mentor_path",
    TrainingStep.CHECK_LAPSED: "mentor_path",
    **dict.fromkeys(MeetingStep, "duo"),
    TrainingStep.EXCHANGE_DUE: "training_exchange",
    "exchange.none_planned": "exchange_group",
    "expense.to_decide": "expense",
    "outcome.to_verify": "outcome",
    NOT_TO_MEET: "not_to_meet",
    "application.new": "application",
    "branch.closing": "person",
    "referral_received": "application",
    "session.list_open": "session_attendance",
    **dict.fromkeys(LetterStep, "proposal"),
    **dict.fromkeys(FirstStep, "duo"),
    **judging_words.STEP_PAGES,
    **support_words.STEP_PAGES,
    **ending_words.STEP_PAGES,
    **follow_up_words.STEP_PAGES,
}


def _open_step(step: Step, here: Here, person: str) -> tuple[str, bool]:
    """The page where the step is dealt with; a step without one is ticked off."""
    name = STEP_PAGES.get(step.reason, "")
    of = () if step.reason in OF_THE_BRANCH else (step.subject_id,)
    href = url_or_none(name, here.branch.slug, *of) if name else None
    return (href, False) if href else (reverse("step_tick", args=[here.branch.slug, step.object_id]), True)


def people_who_wait(steps: Iterable[Step]) -> int:
    """Count the people for whom the next act is ours and not due only tomorrow; each counts once."""
    return len(
        {step.person_id for step in steps if step.waits_for == "us" and step.reason != StepReason.STEP_COMING}
    )


@require_safe
@branch_page(Permission.TODAY_SEE)
def today(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the open steps, the most harmful wait first, and how long people wait."""
    steps = queries.today(actor=here.actor, branch=here.branch, today=here.today)
    summary = queries.day_summary(steps, here.today)
    page = Paginator(steps, STEPS_A_PAGE).get_page(request.GET.get("page"))
    days = [step.days(here.today) for step in steps if step.reason in WAITING]
    return render(
        request,
        "coordinator/today.html",
        {
            "here": here,
            "page": page,
            "lines": [step_line(step, here) for step in page],
            "summary": summary,
            "people": people_who_wait(steps),
            "waiting": waiting(days, promise=CEILING_DAYS) if days else None,
            "first_name": here.actor.name.split(" ")[0],
            "may_write": here.may(Permission.NOTES_WRITE),
            # Never among the steps: those are read by the whole team.
            "concerns": concerns_due(as_lead(here.actor, here.branch), here.branch, here.today),
            # Nor is this: it is for directors, once a month.
            "fairness": waits_for_a_word(request, here),
        },
    )
