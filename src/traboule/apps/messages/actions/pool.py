"""The clock of the pool: whoever waits knows when they hear from us next, and then they do."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions.telling import tell
from traboule.apps.messages.enums import DeliveryState, MessageStep, Why
from traboule.apps.messages.models import Message, NextNews
from traboule.apps.messages.queries.news import Waiting, one_who_waits, undecided, who_waits
from traboule.apps.messages.rules import asks_how_long
from traboule.apps.messages.words import said_day
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Side
from traboule.apps.people.models import MenteeProfile, MentorProfile, Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.steps.enums import Closing
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.core.each import each_apart
from traboule.core.links import address_of, make_link
from traboule.core.scope import locked
from traboule.kernel.calendar import next_news_on

WAIT_RIGHT = "pool.wait"
# Why a message is held back whose decision was undone (applications.actions.decisions).
UNDONE = Why.DECISION_UNDONE
LINK_DAYS = 21
MORNING = time(9, 30)
RANK = 24
# People brought in from a file have waited for long: they get a date, not all at once a letter.
NEW_FOR_DAYS = 7


class NotWaiting(ValueError):
    """This person is not in the pool: there is nothing to wait for."""


def pool_tick(now: datetime) -> None:
    """Keep the promises of every branch that is open."""
    with each_apart() as apart:
        for branch in Branch.objects.filter(is_active=True).select_related("organisation").order_by("pk"):
            with apart.one(branch):
                keep_promises(branch=branch, by=system("pool"), now=now)


def keep_promises(*, branch: Branch, by: Actor, now: datetime) -> None:
    """Give everybody who waits a next-news date in the future, send the news that is due, raise what is near.

    Each person is a transaction of their own. Safe to run twice, and to be killed: the day of a promise is
    part of the name of its message.
    """
    pending = undecided(branch)
    waiting = list(who_waits(branch))
    with each_apart() as apart:
        for one in waiting:
            with apart.one(one):
                _keep_one(one, branch=branch, is_pending=one.person.pk in pending, by=by, now=now)
        _forget_others(branch, {one.person.pk for one in waiting}, by, now)


@transaction.atomic
def _keep_one(one: Waiting, *, branch: Branch, is_pending: bool, by: Actor, now: datetime) -> None:
    today = local_day(now, branch.timezone)
    news = one.news
    if news is None:
        news = _first_promise(one, branch, today, by, now)
    elif news.next_on <= today:
        _send_news(one, news, branch=branch, is_pending=is_pending, by=by, now=now)
    elif is_pending and news.next_on - today <= timedelta(days=1):
        _raise(one, news, branch, by, now)
    if asks_how_long(one.until, news.asked_on, today):
        _ask_how_long(one, news, branch, today, by, now)


@transaction.atomic
def say_how_long(*, person: Person, until: date, by: Actor, now: datetime) -> MenteeProfile | MentorProfile:
    """Write down until when somebody can wait, as they say themselves. Raises NotWaiting."""
    profile = one_who_waits(person.pk)
    if profile is None:
        raise NotWaiting
    profile = locked(profile)
    profile.can_wait_until = max(until, local_day(now, person.branch.timezone))
    profile.save(update_fields=["can_wait_until"])
    touch(person.pk, now)
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb="person.said_how_long",
        subject_type="person",
        subject_id=person.pk,
        facts={"until": profile.can_wait_until},
    )
    return profile


def _first_promise(one: Waiting, branch: Branch, today: date, by: Actor, now: datetime) -> NextNews:
    day = next_news_on(today, one.since)
    news, _new = NextNews.everywhere.get_or_create(person=one.person, defaults={"next_on": day})
    if one.since is not None and (today - one.since).days <= NEW_FOR_DAYS:
        link = my_place_address(person=one.person, now=now)
        after = _last_due(one.person, now)
        _tell(
            one,
            "pool.entered",
            f"pool:{one.since}{_again(one.person)}",
            day,
            branch,
            by,
            now,
            link=link,
            after=after,
        )
    return news


def _again(person: Person) -> str:
    """A yes that was taken back held its first word back: the next yes of that day says it anew."""
    rows = Message.everywhere.filter(person=person, kind__startswith="pool.entered")
    held_back = rows.filter(state=DeliveryState.WITHHELD, reason=UNDONE).count()
    return f":{held_back}" if held_back else ""


def _last_due(person: Person, now: datetime) -> datetime:
    """The letter that says yes leaves an hour after the decision: the first word comes behind it."""
    rows = Message.everywhere.filter(person=person, state=DeliveryState.WAITING, due_at__gt=now)
    last = rows.filter(kind__startswith="decision.").aggregate(last=Max("due_at"))["last"]
    return last + timedelta(minutes=1) if last else now


def _send_news(
    one: Waiting, news: NextNews, *, branch: Branch, is_pending: bool, by: Actor, now: datetime
) -> None:
    today = local_day(now, branch.timezone)
    promised, news.next_on, news.last_on = news.next_on, next_news_on(today, one.since), today
    news.save(update_fields=["next_on", "last_on"])
    close_steps(branch=branch, key=_key(one.person), by=by, now=now, closing=Closing.DROPPED)
    # "Nothing found yet" would not be true of somebody to whom a duo is proposed.
    kind = "pool.news_open" if is_pending else "pool.news"
    _tell(one, kind, f"news:{promised}", news.next_on, branch, by, now)


def _tell(
    one: Waiting,
    kind: str,
    event: str,
    day: date,
    branch: Branch,
    by: Actor,
    now: datetime,
    *,
    link: str = "",
    after: datetime | None = None,
) -> None:
    """In the morning of the branch; the words name the next date, so they are stale on that day."""
    zone = ZoneInfo(branch.timezone)
    morning = datetime.combine(local_day(now, branch.timezone), MORNING, tzinfo=zone)
    tell(
        branch=branch,
        person=one.person,
        kind=kind if one.side is Side.MENTEE or kind == "pool.news_open" else f"{kind}_mentor",
        event=event,
        values=_values(one.person, branch)
        | {"day": said_day(day, one.person.contact_language), "link": link},
        by=by,
        now=now,
        due_at=max(now, morning, after or now),
        not_after=datetime.combine(day, time(0), tzinfo=zone),
    )


def _raise(one: Waiting, news: NextNews, branch: Branch, by: Actor, now: datetime) -> None:
    open_step(
        branch=branch,
        kind=MessageStep.NEWS_DUE,
        key=_key(one.person),
        by=by,
        now=now,
        person=one.person,
        due_on=news.next_on,
        rank=RANK,
        subject_type="person",
        subject_id=one.person.pk,
    )


def _ask_how_long(
    one: Waiting, news: NextNews, branch: Branch, today: date, by: Actor, now: datetime
) -> None:
    news.asked_on = today
    news.save(update_fields=["asked_on"])
    secret = make_link(
        right=WAIT_RIGHT,
        subject_type="person",
        subject_id=one.person.pk,
        scope=branch.pk,
        now=now,
        ends_at=now + timedelta(days=LINK_DAYS),
    )
    tell(
        branch=branch,
        person=one.person,
        kind="pool.how_long" if one.side is Side.MENTEE else "pool.how_long_mentor",
        event=f"how_long:{today}",
        values=_values(one.person, branch) | {"link": address_of(secret)},
        by=by,
        now=now,
        not_after=now + timedelta(days=LINK_DAYS),
    )


def _forget_others(branch: Branch, waiting: set[int], by: Actor, now: datetime) -> None:
    """Who is in a duo, paused or gone has nothing promised, and no step about it stays open."""
    rows = NextNews.everywhere.filter(person__branch=branch).values_list("person_id", flat=True)
    gone = set(rows) - waiting
    if gone:
        NextNews.everywhere.filter(person_id__in=gone).delete()
    steps = OpenStep.everywhere.filter(branch=branch, kind=MessageStep.NEWS_DUE, closed_at=None)
    for step in steps.exclude(person_id__in=waiting):
        close_steps(branch=branch, key=step.key, by=by, now=now, closing=Closing.DROPPED)


def _values(person: Person, branch: Branch) -> dict[str, Any]:
    return {"first_name": person.first_name or person.display_name, "branch": branch.name}


def _key(person: Person) -> str:
    return f"news:{person.pk}"
