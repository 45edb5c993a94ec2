"""A duo as a strip of its weeks with what happened beside the meetings, for the page of the duo."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy

from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.queries import week_of, weeks_of
from traboule.apps.duos.queries.meetings import diary_of_page, weeks_of_diary
from traboule.apps.duos.queries.plan import milestones_of
from traboule.apps.support.enums import CheckInState
from traboule.apps.support.queries.absences import absences_of_page
from traboule.apps.support.queries.at_hand import AtHand
from traboule.apps.support.queries.check_ins import check_ins_of_page
from traboule.web.access import Here
from traboule.web.components.strips import Dot, DuoStrip, duo_strip

WEEK_WORDS: dict[str, Promise] = {
    "held": pgettext_lazy("a week of a duo", "met"),
    "moved": pgettext_lazy("a week of a duo", "moved"),
    "missed": pgettext_lazy("a week of a duo", "did not take place"),
    "paused": pgettext_lazy("a week of a duo", "pause"),
    "open": pgettext_lazy("a week of a duo", "nothing said"),
    "planned": pgettext_lazy("a week of a duo", "planned"),
    "ahead": pgettext_lazy("a week of a duo", "ahead"),
}


def strip_of(here: Here, duo: Any, at_hand: AtHand) -> DuoStrip:
    """Draw a duo from what its page reads anyway, and its milestones."""
    diary = diary_of_page(duo, here.now)
    names = {duo.mentee_id: duo.mentee.first_name, duo.mentor_id: duo.mentor.first_name}
    away = absences_of_page(duo, here.today) if at_hand.absence else []
    return duo_strip(
        weeks_of_diary(diary, here.today),
        started_on=duo.started_on,
        now=0 if duo.state == DuoState.CLOSED else week_of(duo, here.today),
        total=weeks_of(duo),
        planned=[entry.day for entry in diary.ahead],
        check_ins=[_check_in(row, here) for row in check_ins_of_page(duo)],
        milestones=[_milestone(row) for row in milestones_of(duo.mentee_id)] if at_hand.dated else [],
        away=[(row.from_on, row.back_on or row.until_on, names[row.person_id]) for row in away],
    )


def _check_in(row: Any, here: Here) -> Dot:
    if row.state != CheckInState.PLANNED:
        return Dot(row.due_on, row.state, str(row.get_state_display()))
    late = row.due_on < here.today
    return Dot(
        row.due_on, "late" if late else "planned", gettext("late") if late else str(row.get_state_display())
    )


def _milestone(row: Any) -> Dot:
    return Dot(row.due_on, row.state, row.said)
