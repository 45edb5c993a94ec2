"""Forms whose text is kept on the server while it is typed (see ``core.drafts``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from traboule.apps.people.enums import Permission
from traboule.core.drafts import DraftRefused, drop_draft, find_draft, keep_draft, owner_of
from traboule.core.models import Draft
from traboule.web.access import Here, branch_page
from traboule.web.public.preferences import back_to
from traboule.web.templatetags.traboule import say_moment

KEY_FIELD, BEGAN_FIELD = "_draft", "_began"


@dataclass(frozen=True, slots=True)
class Drafting:
    """One form with a draft: its key, where it is saved, and what is kept, if anything is."""

    key: str
    save_at: str
    drop_at: str
    began: datetime
    draft: Draft | None
    page: str = ""


def drafting(here: Here, key: str, page: str = "") -> Drafting:
    """Return what a template needs to keep a form, and what was typed into it last time.

    ``page`` is the address that shows the form, where it is not the one that is sent to.
    """
    return Drafting(
        key=key,
        save_at=reverse("draft_save", args=[here.branch.slug]),
        drop_at=reverse("draft_drop", args=[here.branch.slug]),
        began=here.now,
        draft=find_draft(owner=owner_of(here.actor), key=key, now=here.now),
        page=page,
    )


def restored(found: Drafting, fields: Mapping[str, forms.Field]) -> dict[str, Any]:
    """Return ``initial`` of a form with these fields: what was typed, as it was typed."""
    if found.draft is None:
        return {}
    kept: dict[str, list[str]] = found.draft.content
    values = {name: (kept[name], field) for name, field in fields.items() if kept.get(name)}
    return {name: typed if _takes_many(field) else typed[-1] for name, (typed, field) in values.items()}


def sent(request: HttpRequest, here: Here) -> None:
    """Forget the draft of the form that has just been dealt with."""
    key = request.POST.get(KEY_FIELD, "")
    if key:
        drop_draft(owner=owner_of(here.actor), key=key[:80], now=here.now)


def _takes_many(field: forms.Field) -> bool:
    return bool(getattr(field.widget, "allow_multiple_selected", False))


@require_POST
@branch_page(Permission.OWN_SEE)
def draft_save(request: HttpRequest, here: Here) -> HttpResponse:
    """Keep what was typed so far; says when, in words."""
    try:
        keep_draft(
            owner=owner_of(here.actor),
            key=request.POST.get(KEY_FIELD, ""),
            content=dict(request.POST.lists()),
            scope=here.branch.pk,
            began=parse_datetime(request.POST.get(BEGAN_FIELD, "")),
            now=here.now,
        )
    except (DraftRefused, ValueError):
        return HttpResponse(status=422)
    return HttpResponse(say_moment(here.now), content_type="text/plain; charset=utf-8")


@require_POST
@branch_page(Permission.OWN_SEE)
def draft_drop(request: HttpRequest, here: Here) -> HttpResponse:
    """Throw a draft away and go back to the empty form."""
    sent(request, here)
    response = HttpResponse(status=303)
    response["Location"] = back_to(request)
    return response
