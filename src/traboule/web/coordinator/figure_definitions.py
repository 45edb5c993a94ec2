"""Definitions in words with their versions, and the next version tried out on the branch's own data."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.indicators import words
from traboule.apps.indicators.actions import definitions as actions
from traboule.apps.indicators.forms.definitions import VersionForm
from traboule.apps.indicators.queries.definitions import in_force, versions_of
from traboule.apps.indicators.queries.figures import facts_at_hand
from traboule.apps.indicators.queries.rows import may_name
from traboule.apps.people.enums import Permission
from traboule.kernel.indicators import (
    Definition,
    DefinitionBroken,
    Figure,
    Verdict,
    differing,
    figure,
    without_small_numbers,
)
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.figure_cards import Card, card_of, few
from traboule.web.coordinator.figures import Line, lines_of

MOST_SHOWN = 20
MEANWHILE = gettext_lazy("Somebody decided another version meanwhile. Compare with it, then decide again.")


@dataclass(frozen=True, slots=True)
class Moves:
    """How many rows two definitions judge otherwise in one way; who, where enough do."""

    before: str
    after: str
    number: str
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Both definitions on the same rows."""

    old: Card
    new: Card
    number: str
    is_same: bool
    moves: tuple[Moves, ...]


@require_safe
@branch_page(Permission.FIGURES_SEE)
def figure_definitions(request: HttpRequest, here: Here) -> HttpResponse:
    """List what is counted, in words."""
    rows = [
        (definition, words.name_of(name), words.sentence(definition))
        for name, definition in in_force(on=here.today).items()
    ]
    return render(request, "figures/definitions.html", {"here": here, "rows": rows})


@require_safe
@branch_page(Permission.FIGURES_SEE)
def figure_definition(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """Show every version of one definition, the newest first, with why it changed."""
    versions = versions_of(name)
    if not versions:
        raise Http404
    rows = [(one, words.sentence(one.definition), _against(one.definition)) for one in versions]
    context = {
        "here": here,
        "name": name,
        "title": words.name_of(name),
        "rows": rows,
        "may_try": here.may(Permission.FIGURES_SET),
    }
    return render(request, "figures/definition.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.FIGURES_SET)
def figure_definition_new(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """Write the next version: tried out on this branch first, then decided for the whole programme."""
    current = in_force().get(name)
    if current is None:
        raise Http404
    is_trial = request.POST.get("act") != "decide"
    form = VersionForm(posted(request), current=current, is_trial=is_trial)
    may_decide = here.actor.may(Permission.FIGURES_SET, None)
    preview = None
    if request.method == "POST":
        drafted = _drafted(here, form, current) if form.is_valid() else None
        is_stale = request.POST.get("base") != str(current.version)
        if drafted is not None and is_stale:
            form.add_error(None, MEANWHILE)
        elif drafted is not None and not is_trial and may_decide and _decided(request, here, form, current):
            return redirect("figure_definition", here.branch.slug, name)
        preview = None if drafted is None else _preview(here, current, drafted)
    context = {
        "here": here,
        "name": name,
        "title": words.name_of(name),
        "current": current,
        "sentence": words.sentence(current),
        "form": form,
        "preview": preview,
        "may_decide": may_decide,
    }
    return render(request, "figures/new.html", context, status=422 if form.errors else 200)


def _drafted(here: Here, form: VersionForm, current: Definition) -> Definition | None:
    """The next version as typed; what cannot stand is said beside its field."""
    try:
        return actions.drafted(current, form.values(), author=actions.author_name(), day=here.today)
    except DefinitionBroken as broken:
        form.add_problems(broken.problems)
    except actions.NothingChanged:
        form.add_error(None, _("This says the same as the version in force. Change something first."))
    return None


def _decided(request: HttpRequest, here: Here, form: VersionForm, current: Definition) -> bool:
    try:
        row = actions.decide_version(
            name=current.name,
            base=current.version,
            fields=form.values(),
            why=form.cleaned_data["why"],
            day=here.today,
            by=here.actor,
            now=here.now,
        )
    except actions.DefinitionChanged:
        form.add_error(None, MEANWHILE)
        return False
    said = _("Version %(number)s is in force. What was issued keeps the version that it carries.")
    messages.success(request, said % {"number": row.version})
    return True


def _preview(here: Here, current: Definition, drafted: Definition) -> Preview:
    facts = facts_at_hand(here.branch)
    old, new = (figure(one, facts, here.today) for one in (current, drafted))
    apart = differing(old, new)
    floor = max(current.floor, drafted.floor)
    counted = Counter((before, after) for _id, before, after in apart)
    # What differs by a handful could be read off two numbers that are shown; so those are no names either.
    moves = tuple(
        _moves(here, (old, new), move, [id_ for id_, *both in apart if tuple(both) == move], floor)
        for move, _number in counted.most_common()
    )
    return Preview(card_of(old), card_of(new), few(len(apart), floor), not apart, moves)


def _moves(
    here: Here,
    both: tuple[Figure, Figure],
    move: tuple[Verdict | None, Verdict | None],
    ids: list[int],
    floor: int,
) -> Moves:
    before, after = (str(words.VERDICTS[one]) if one else _("not among them") for one in move)
    old, new = both
    is_shown = len(ids) >= floor and may_name(here.actor, here.branch, new.definition)
    rows = [row for row in (new.rows or old.rows) if row.id in set(ids[:MOST_SHOWN])] if is_shown else []
    shown = tuple(lines_of(here, without_small_numbers(new), rows, is_named=True)) if rows else ()
    return Moves(before, after, few(len(ids), floor), shown, max(0, len(ids) - len(shown)) if shown else 0)


def _against(definition: Definition) -> str:
    if definition.against is None:
        return ""
    said = words.value_in_words(definition, definition.against)
    source = words.source_of(definition)
    return f"{said} ({source})" if source else said
