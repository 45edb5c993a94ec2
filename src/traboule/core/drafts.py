"""Drafts: what somebody typed is kept on the server until it is sent, and comes back after a time-out.

A form with drafts needs four lines (``web.drafting``, and ``{% load drafts %}`` in the template)::

    found = drafting(here, "note:person:12")        # the view; the key: form, kind of subject, subject
    form = NoteForm(initial=restored(found, NoteForm.base_fields))    # on GET: what was typed last time
    sent(request, here)                                 # after POST, once the action has run
    <form method="post" {% draft_attributes found %}>{% csrf_token %}{% draft_fields found %} ... </form>

While somebody types, ``drafts.js`` saves every few seconds. Without JavaScript a button saves, and a form
that is sent after the session has ended is kept by the middleware that ends it: the text is back after
signing in. A draft ends after 14 days, belongs to one owner and is shown to nobody else. The end of the key
(``:person:12``) says about whom it is: erasing a person removes those drafts too.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from traboule.core.actors import Actor
from traboule.core.models import Draft

KEPT_FOR = timedelta(days=14)
MOST_SIGNS = 60_000
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "next"})
KEY = re.compile(r"[a-z0-9_.-]+(:[a-z0-9_.-]+){0,3}")

Content = Mapping[str, Sequence[str]]


class DraftRefused(ValueError):
    """The key is none of ours, or the text is longer than any form of ours takes."""


def owner_of(actor: Actor) -> str:
    """Return the name under which the drafts of an actor are kept."""
    return f"{actor.kind.value}:{actor.id}"


@transaction.atomic
def keep_draft(
    *,
    owner: str,
    key: str,
    content: Content,
    now: datetime,
    scope: int | None = None,
    began: datetime | None = None,
) -> Draft | None:
    """Keep what was typed, in place of what was kept before; return the draft.

    ``began`` is when the page with the form was shown: what was typed there is not kept again once the form
    was sent (a slow save may arrive after the sending); then None is returned. Raises DraftRefused.
    """
    if len(key) > 80 or not KEY.fullmatch(key):
        raise DraftRefused(key)
    kept = {
        name: [value.replace("\x00", "") for value in values]
        for name, values in content.items()
        if name not in NOT_KEPT and not name.startswith("_")
    }
    if sum(len(value) for values in kept.values() for value in values) > MOST_SIGNS:
        raise DraftRefused(key)
    ends_at = now + KEPT_FOR
    draft, is_new = Draft.objects.select_for_update().get_or_create(
        owner=owner,
        key=key,
        defaults={"content": kept, "saved_at": now, "ends_at": ends_at, "scope": scope},
    )
    if is_new:
        return draft
    if draft.gone_at is not None and began is not None and began <= draft.gone_at:
        return None
    draft.content, draft.saved_at, draft.ends_at, draft.gone_at = kept, now, ends_at, None
    draft.save(update_fields=["content", "saved_at", "ends_at", "gone_at"])
    return draft


def find_draft(*, owner: str, key: str, now: datetime) -> Draft | None:
    """Return what is kept for this owner and form, or None."""
    rows = Draft.objects.filter(owner=owner, key=key, gone_at=None, ends_at__gt=now)
    return rows.first()


@transaction.atomic
def drop_draft(*, owner: str, key: str, now: datetime) -> None:
    """Forget a draft, because it was sent or is not wanted; an empty mark stays until the draft ends."""
    Draft.objects.update_or_create(
        owner=owner,
        key=key,
        defaults={"content": {}, "saved_at": now, "ends_at": now + KEPT_FOR, "gone_at": now},
    )


def drop_drafts_about(subject_type: str, subject_id: object) -> int:
    """Delete every draft about a subject, whoever wrote it; return how many that were."""
    return Draft.objects.filter(key__endswith=f":{subject_type}:{subject_id}").delete()[0]


def sweep_ended(now: datetime) -> int:
    """Delete the drafts that have ended; return how many that were."""
    return Draft.objects.filter(ends_at__lte=now).delete()[0]
