"""When two records of one human become one: two open applications cannot both stay open."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import groupby

from django.db import models

from traboule.apps.applications.actions import _moves
from traboule.apps.applications.actions.talk_endings import ONE_IS_ENOUGH, call_off, say_it_holds
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.enums_judging import TalkState
from traboule.apps.applications.models import Application, Talk, TalkSlot
from traboule.core.actors import Actor
from traboule.core.models import Link

# The one that came further stays; of two alike, the one that was sent first.
_FURTHER = (
    ApplicationState.DEFERRED,
    ApplicationState.SENT,
    ApplicationState.TALK_PLANNED,
    ApplicationState.TALK_HELD,
)


def settle_two_open(kept_id: int, dropped_id: int, by: Actor, now: datetime) -> None:
    """Withdraw all but one open application of a side, and call its talk off; separating opens both again."""
    open_ones = Application.everywhere.filter(person_id__in=(kept_id, dropped_id), state__in=_FURTHER)
    for _side, rows in groupby(open_ones.order_by("side", "pk"), key=lambda row: row.side):
        ranked = sorted(
            rows, key=lambda row: (-_FURTHER.index(ApplicationState(row.state)), row.sent_at, row.pk)
        )
        for row in ranked[1:]:
            call_off(application=row, kind=ONE_IS_ENOUGH, by=by, now=now)
            _moves.move(row, "withdraw", by=by, now=now, facts={"because": "merged"})


def rows_of_talks(ids: Collection[int]) -> Iterator[models.QuerySet[models.Model]]:
    """Yield the talks of these people, the dates offered beside them and the links to answer."""
    talks = Talk.everywhere.filter(application__person__in=ids)
    numbers = [str(pk) for pk in talks.values_list("pk", flat=True)]
    yield talks
    yield TalkSlot.everywhere.filter(talk__application__person__in=ids)
    yield Link.objects.filter(subject_type="talk", subject_id__in=numbers)


def say_talks_hold(ids: Collection[int], by: Actor, now: datetime) -> None:
    """Tell who was told otherwise that both talks take place."""
    for talk in Talk.everywhere.filter(application__person__in=ids, state=TalkState.PLANNED):
        say_it_holds(talk, by, now)
