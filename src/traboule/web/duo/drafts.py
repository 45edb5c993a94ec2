"""What was typed into a log and not sent yet: kept while it is typed, back when the page is opened again.

A link keeps its own drafts: whoever opens another link does not read them.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from traboule.core.drafts import DraftRefused, drop_draft, find_draft, keep_draft, owner_of

ONE = ("outcome", "day", "minutes", "other_minutes", "next_text", "why_missed", "new_at", "client_key")
MANY = ("served", "next_steps")


def keep(request: HttpRequest, asking: Any) -> HttpResponse:
    """Keep what is typed, for the script that saves every few seconds."""
    content = {name: request.POST.getlist(name)[:20] for name in (*ONE, *MANY)}
    try:
        keep_draft(
            owner=_owner(asking), key=_key(asking), content=content, now=asking.now,
            scope=asking.duo.branch_id,
        )  # fmt: skip
    except DraftRefused:
        return HttpResponse(status=413)
    return HttpResponse(gettext("kept"), content_type="text/plain")


def kept(asking: Any) -> dict[str, Any]:
    """Return what was typed last time, as the form takes it."""
    found = find_draft(owner=_owner(asking), key=_key(asking), now=asking.now)
    if found is None:
        return {}
    content = found.content
    one = {name: content[name][-1] for name in ONE if content.get(name)}
    return one | {name: content[name] for name in MANY if content.get(name)}


def forget(asking: Any) -> None:
    """Forget the draft once the log is written."""
    drop_draft(owner=_owner(asking), key=_key(asking), now=asking.now)


def _owner(asking: Any) -> str:
    return f"link:{asking.link.pk}" if asking.link is not None else owner_of(asking.by)


def _key(asking: Any) -> str:
    meeting = asking.meeting.pk if asking.meeting is not None else f"new-{asking.duo.pk}"
    return f"log.{asking.side}:meeting:{meeting}"
