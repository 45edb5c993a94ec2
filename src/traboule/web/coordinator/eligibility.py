"""Eligibility of one person: where they stand with each funder, judging, facts that are kept apart."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.applications.actions import eligibility as actions
from traboule.apps.applications.actions import sensitive
from traboule.apps.applications.actions.errors_judging import (
    JudgesOwnReferral,
    NotTheLatestRules,
    ProofWithoutDay,
    SensitiveOff,
    UnknownRule,
)
from traboule.apps.applications.enums_judging import AnswerState
from traboule.apps.applications.forms.judging import RuleForm
from traboule.apps.applications.queries import eligibility as queries
from traboule.apps.applications.queries.talks import find_application
from traboule.apps.people.enums import Permission
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.core.reading import writes_on_get
from traboule.kernel.funding import Verdict
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator import judging_words as words

ANSWERS = ["GET", "HEAD", "POST"]


def _application(here: Here, pk: int, permission: Permission) -> Any:
    return find_application(actor=here.actor, branch=here.branch, pk=pk, permission=permission)


def cards_of(here: Here, application: Any) -> list[dict[str, Any]]:
    """Return each funder with its rules, in words."""
    found = queries.eligibility_of(actor=here.actor, application=application, today=here.today)
    return [
        {
            "card": card,
            "standing": words.say_standing(card.standing),
            "lines": [
                (line, words.say_verdict(line.verdict), words.HINTS.get(line.hint, "")) for line in card.lines
            ],
        }
        for card in found
    ]


@require_safe
@branch_page(Permission.ELIGIBILITY_SEE)
def eligibility(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show where a person stands with each funder, rule by rule."""
    application = _application(here, pk, Permission.ELIGIBILITY_SEE)
    cards = cards_of(here, application)
    own = queries.referred_by(application.person_id, here.actor)
    context = {
        "here": here,
        "application": application,
        "head": words.head_of(here, application, "eligibility"),
        "cards": cards,
        "own_referral": own,
        "may_judge": here.may(Permission.ELIGIBILITY_JUDGE) and not own,
        "may_open": here.may(Permission.SENSITIVE_SEE) and any(each["card"].apart for each in cards),
        "history": [
            (row, words.say_verdict(Verdict(row.verdict)))
            for row in queries.history_of(actor=here.actor, application=application)
        ],
    }
    return render(request, "judging/eligibility.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.ELIGIBILITY_JUDGE)
def eligibility_judge(request: HttpRequest, here: Here, pk: int, rules: int) -> HttpResponse:
    """Judge the rules of one funder: what is new or changed is written down, the rest stays."""
    application = _application(here, pk, Permission.ELIGIBILITY_JUDGE)
    rule_set = queries.find_rule_set(
        actor=here.actor, branch=here.branch, pk=rules, permission=Permission.ELIGIBILITY_JUDGE
    )
    found = queries.eligibility_of(actor=here.actor, application=application, today=here.today)
    card = next((each for each in found if each.rule_set.pk == rule_set.pk), None)
    if card is None:
        messages.warning(request, _("There is a newer version of these rules. Judge that one."))
        return redirect("eligibility", here.branch.slug, pk)
    forms = [_rule_form(here, line, posted(request)) for line in card.lines]
    valid = [form.is_valid() for form in forms]  # every one, so that every error shows
    if request.method == "POST" and all(valid):
        said = {form.rule.code: form.said() for form in forms if form.has_changed()}
        if _judged(request, here, application, rule_set, said):
            return redirect("eligibility", here.branch.slug, pk)
    context = {
        "here": here,
        "head": words.head_of(here, application, "eligibility"),
        "funder": rule_set.funder,
        "rows": [
            (form, words.HINTS.get(line.hint, "")) for form, line in zip(forms, card.lines, strict=True)
        ],
        "application": application,
    }
    wrong = any(form.errors for form in forms)
    return render(request, "judging/eligibility_judge.html", context, status=422 if wrong else 200)


def _rule_form(here: Here, line: Any, data: Any) -> RuleForm:
    """A form that says what stands; a suggestion stands beside it and fills nothing in."""
    row = line.judgement
    initial = {"answer": AnswerState.NOT_ASKED}
    if row is not None:
        initial = {
            "answer": row.answer,
            "evidence": row.evidence,
            "seen_on": row.seen_on,
            "due_on": row.due_on,
        }
    return RuleForm(data, rule=line.rule, today=here.today, initial=initial)


def _judged(request: HttpRequest, here: Here, application: Any, rule_set: Any, said: Any) -> bool:
    try:
        actions.judge_all(application=application, rule_set=rule_set, said=said, by=here.actor, now=here.now)
    except JudgesOwnReferral:
        messages.error(request, _("You sent this person yourself. A colleague judges instead of you."))
    except NotTheLatestRules:
        messages.warning(request, _("There is a newer version of these rules. Judge that one."))
    except (UnknownRule, ProofWithoutDay):
        messages.error(request, _("This is not possible now: somebody changed it in the meantime."))
    else:
        messages.success(request, _("Saved, with your name and the date."))
    return True


def _refusals_are_written_down(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever asks for these facts without the permission is refused, and that is written down (trust P7)."""

    @wraps(view)
    def gate(request: HttpRequest, slug: str, pk: int, **more: Any) -> HttpResponse:
        try:
            return view(request, slug, pk=pk, **more)
        except NotAllowed:
            here: Here = request.here  # type: ignore[attr-defined]  # set by the gate of the branch
            sensitive.note_refused_reading(branch=here.branch, application_id=pk, by=here.actor, now=here.now)
            raise

    return gate


@writes_on_get("each reading of facts about residence, and each refused one, is written down")
@require_http_methods(ANSWERS)
@_refusals_are_written_down
@branch_page(Permission.SENSITIVE_SEE)
def eligibility_apart(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show what is kept apart, after writing down that it was read; a POST writes down what was seen."""
    application = _application(here, pk, Permission.SENSITIVE_SEE)
    head = words.head_of(here, application, "eligibility")
    try:
        kept = sensitive.read_sensitive(application=application, by=here.actor, now=here.now)
    except SensitiveOff:
        return render(request, "judging/apart.html", {"here": here, "head": head, "off": True, "pk": pk})
    rows = [
        (rule_set, rule, fact, _apart_form(here, rule_set, rule, fact, request))
        for rule_set, rule, fact in kept
    ]
    asked = [(rule_set, rule, form) for rule_set, rule, _fact, form in rows if form.is_bound]
    valid = [form.is_valid() for _s, _r, form in asked]
    if asked and all(valid):
        _write_apart(request, here, application, asked)
        return redirect("eligibility", here.branch.slug, pk)
    context = {
        "here": here,
        "head": head,
        "rows": [
            (s, r, f, words.say_verdict(Verdict(f.verdict)) if f else None, form) for s, r, f, form in rows
        ],
        "may_write": here.may(Permission.SENSITIVE_WRITE),
        "pk": pk,
    }
    return render(request, "judging/apart.html", context, status=422 if asked else 200)


def _apart_form(here: Here, rule_set: Any, rule: Any, fact: Any, request: HttpRequest) -> RuleForm:
    initial = {"answer": fact.answer, "evidence": fact.evidence, "seen_on": fact.seen_on} if fact else {}
    prefix = f"{rule_set.pk}-{rule.code}"
    mine = request.method == "POST" and request.POST.get("rule") == prefix
    data = request.POST if mine else None
    form = RuleForm(
        data,
        rule=rule,
        today=here.today,
        with_due=False,
        initial={"answer": "not_asked", **initial},
        prefix=prefix,
    )
    return form


def _write_apart(request: HttpRequest, here: Here, application: Any, asked: list[Any]) -> None:
    for rule_set, rule, form in asked:
        try:
            sensitive.write_sensitive(
                application=application,
                rule_set=rule_set,
                code=rule.code,
                by=here.actor,
                now=here.now,
                **form.said(),
            )
        except JudgesOwnReferral:
            messages.error(request, _("You sent this person yourself. A colleague judges instead of you."))
        except (NotVisible, UnknownRule, ProofWithoutDay):
            messages.error(request, _("This is not possible now: somebody changed it in the meantime."))
        else:
            messages.success(request, _("Saved apart, with your name and the date."))
