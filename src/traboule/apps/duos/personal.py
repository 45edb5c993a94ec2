"""What this app holds about people, field by field."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.duos._declared_agreements import TEAM, about, declare_agreements
from traboule.apps.duos._declared_plan import declare_plan
from traboule.apps.duos.models import CalendarFeed, Duo, DuoRhythm, Meeting, MeetingLog, MentorPlace
from traboule.core.fields import (
    Category,
    Erasure,
    declare,
    declare_alike,
    declare_not_personal,
)


def declare_fields() -> None:
    """Declare every field of this app: who is whose mentor is proof of what was agreed."""
    following = _("To follow a duo from its start to its end")
    proving = _("To prove who decided, and when")
    declare(Duo, {name: about(Duo, name, following) for name in ("mentor", "mentee", "place")})
    dates = ("state", "started_on", "ends_on", "paused_on", "closed_on", "close_reason")
    declare(Duo, {name: about(Duo, name, following) for name in dates})
    declare(Duo, {name: about(Duo, name, proving) for name in ("started_by", "started_at", "closed_by")})
    declare(Duo, {name: about(Duo, name, following) for name in ("coordinator", "plan_reaches")})
    wishes = _("To remind of a meeting only those who wish it")
    declare(Duo, {name: about(Duo, name, wishes) for name in ("remind_mentor", "remind_mentee")})
    _declare_meetings()
    declare_not_personal(Duo, "names the branch", "branch")
    declare(MentorPlace, {name: about(MentorPlace, name, following) for name in ("mentor", "number")})
    declare(MentorPlace, {name: about(MentorPlace, name, proving) for name in ("taken_at", "taken_by")})
    _declare_calendar()
    declare_plan()
    declare_agreements(following, proving)


def _declare_meetings() -> None:
    """Meetings stay as figures of the duo; words that people wrote are emptied."""
    meeting = _("To plan the meetings of a duo and to see that they take place")
    for model, words in (
        (DuoRhythm, ("place",)),
        (Meeting, ("place",)),
        (MeetingLog, ("next_text", "why_missed", "served", "next_steps")),
    ):
        ids = ("id", "uid", "sequence", "client_key")
        kept = [f.name for f in model._meta.local_fields if f.name not in (*words, *ids)]
        cut = Erasure.UNLINK
        declare_alike(model, kept, Category.FOLLOW_UP, meeting, readers=TEAM, erasure=cut)
        declare_alike(model, words, Category.FOLLOW_UP, meeting, readers=TEAM, erasure=Erasure.BLANK)
    declare_not_personal(Meeting, "a number for calendars", "uid", "sequence")
    declare_not_personal(MeetingLog, "a number of the form", "client_key")


def _declare_calendar() -> None:
    """The address of a calendar goes with the person; who made it stays a fact of the audit log."""
    purpose = _("To show the meetings of a duo in a calendar of one’s own")
    names = ("person", "made_at", "stopped_at", "read_on", "shown_at")
    declare_alike(CalendarFeed, names, Category.ACCESS, purpose, readers=TEAM, erasure=Erasure.DELETE_ROW)
    declare_alike(CalendarFeed, ("made_by",), Category.ACCESS, purpose, readers=TEAM, erasure=Erasure.UNLINK)
    declare_not_personal(CalendarFeed, "a digest: nothing can be read from it", "digest", "shown")
