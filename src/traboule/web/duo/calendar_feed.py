"""What a calendar reads under the secret address of somebody: first names, times and places, nothing else.

Nobody signs in here: whoever holds the address reads it. The owner or the team stops it at any time.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from traboule.apps.duos.actions.calendar import note_read
from traboule.apps.duos.queries.calendar import CalendarEvent, StandingIn, calendar_of, feed_behind
from traboule.apps.duos.queries.meeting_words import say_where
from traboule.apps.support.queries.absences import substitution_of
from traboule.core.days import local_day
from traboule.core.languages import interface
from traboule.core.limits import take
from traboule.core.links import digest_of
from traboule.core.reading import writes_on_get
from traboule.core.scope import within
from traboule.core.visitors import address_of
from traboule.web.components.ical import Gathering, feed_text

KIND = "text/calendar; charset=utf-8"
NOBODY_ELSE = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "private, no-cache",
}


@writes_on_get("counts attempts, and keeps when the content changed, which its Last-Modified tells")
@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer with the meetings of the owner in their language, or 304 if nothing has changed."""
    now = timezone.now()
    asked = take(kind="calendar", address=address_of(request), target=digest_of(secret), now=now)
    if not asked.allowed:
        return _closed(429, {"Retry-After": str(asked.wait)})
    feed = feed_behind(secret)
    if feed is None:
        return _closed(404, {})
    with within(feed.person.branch_id):
        text = _text_of(feed.person, now)
        digest = hashlib.sha256(text).hexdigest()
        feed = note_read(feed=feed, content=digest, now=now)
    changed = int((feed.shown_at or now).timestamp())
    answer = HttpResponse(text, content_type=KIND, headers=NOBODY_ELSE)
    answer.headers["ETag"] = f'"{digest}"'
    answer.headers["Last-Modified"] = http_date(changed)
    answer.headers["Content-Disposition"] = 'inline; filename="traboule.ics"'
    same = get_conditional_response(
        request, etag=answer.headers["ETag"], last_modified=changed, response=answer
    )
    found: HttpResponse = answer if same is None else same
    for name, value in NOBODY_ELSE.items():
        found.headers[name] = value
    return found


def _text_of(person: Any, now: Any) -> bytes:
    today = local_day(now, person.branch.timezone)
    row = substitution_of(person.pk, today)
    standing_in = StandingIn(row.duo, row.from_on, row.until_on) if row is not None else None
    with override(interface(person.contact_language)):
        events = [_gathering(event) for event in calendar_of(person, now, standing_in)]
        return feed_text(events, name=_("My meetings (Traboule)"))


def _gathering(event: CalendarEvent) -> Gathering:
    said = {"name": event.other}
    if event.of_three:
        title, place = _("First meeting with %(name)s and the team") % said, event.planned.place
    else:
        title, place = _("Meeting with %(name)s") % said, say_where(event.planned)
    page = f"{settings.TRABOULE_ADDRESS.rstrip('/')}/me/"
    text = _("Your page, to move it or to say how it was: %(page)s") % {"page": page}
    return Gathering(
        uid=event.uid,
        sequence=event.sequence,
        title=title,
        text=text,
        place=place,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        timezone=event.timezone,
        changed_at=event.changed_at,
        cancelled=event.is_off,
    )


def _closed(status: int, headers: dict[str, str]) -> HttpResponse:
    """Say that there is nothing here, to a program: no page, no word that tells stopped from never made."""
    plain = "text/plain; charset=utf-8"
    return HttpResponse(status=status, content_type=plain, headers=NOBODY_ELSE | headers)
