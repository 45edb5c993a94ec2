"""The post of retention: the notice before somebody is erased, and the run, once a day."""

from datetime import datetime, timedelta

from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions.telling import tell
from traboule.apps.messages.models import Beat
from traboule.apps.messages.queries.retention import NOTICE_KIND, reached_at
from traboule.apps.messages.words import said_day
from traboule.apps.people.models import Person
from traboule.apps.privacy.actions import run_retention
from traboule.apps.privacy.rules import NOTICE_DAYS
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.core.each import each_apart
from traboule.core.links import address_of, make_link

STAY_RIGHT = "retention.stay"
RUN = "retention"
LINK_DAYS = 365  # longer than the notice: whoever is kept by law meanwhile may still answer


class Outbox:
    """Carries the notice through the outbox, on the person's own channel and in their language."""

    def send(self, person: Person, *, by: Actor, now: datetime) -> None:
        """Write the notice; its link keeps the person, or asks for a copy."""
        secret = make_link(
            right=STAY_RIGHT,
            subject_type="person",
            subject_id=person.pk,
            scope=person.branch_id,
            now=now,
            ends_at=now + timedelta(days=LINK_DAYS),
        )
        # A message may wait for the morning: the day that it promises lies one day further.
        day = local_day(now, person.branch.timezone) + timedelta(days=NOTICE_DAYS + 1)
        tell(
            branch=person.branch,
            person=person,
            kind=NOTICE_KIND,
            event=f"retention:{now:%Y-%m-%d}",
            values={
                "first_name": person.first_name or person.display_name,
                "branch": person.branch.name,
                "day": said_day(day, person.contact_language),
                "link": address_of(secret),
            },
            by=by,
            now=now,
        )

    def reached(self, person: Person, since: datetime) -> datetime | None:
        """Return when the notice was sent, or when the team had called or posted it."""
        return reached_at(person, since)


def retention_tick(now: datetime) -> None:
    """Run once a day, over closed branches too; the mark comes last, so a run that was killed goes on."""
    last = Beat.objects.filter(name=RUN).first()
    if last is not None and last.at.date() >= now.date():
        return
    with each_apart() as apart:
        for branch in Branch.objects.order_by("pk"):
            with apart.one(branch):
                run_retention(branch=branch, post=Outbox(), by=system(RUN), now=now)
        # Whoever could not be dealt with is tried tomorrow, not every five minutes.
        trouble = ", ".join(apart.failed)[:200]
        Beat.objects.update_or_create(name=RUN, defaults={"at": now, "trouble": trouble})
