"""What the screening answers to core's registry, and what it says to people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.actions.screening import tick_screening
from traboule.apps.applications.models import IdentityCheck, Reference, SafeguardingCheck
from traboule.apps.applications.queries.screening import screening_lacks, shared_references
from traboule.apps.messages.kinds import Kind, register_kind
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Side
from traboule.core.actors import system
from traboule.core.links import withdraw_links
from traboule.core.registry import ACCEPTANCE, ON_ERASE, ON_EXPORT, ON_TICK

_REFEREE = {
    "referee": "Jeanne Roux",
    "mentor": "Anne Martin",
    "branch": "Lyon",
    "association": "Deux rives",
    "who": "Claire Vasseur",
    "link": "https://example.org/l/abc/",
}
_MENTOR = {"first_name": "Anne", "branch": "Lyon", "who": "Claire Vasseur"}


def register() -> None:
    """Answer the hooks and register the kinds of message."""
    ON_ERASE.register("screening", erase)
    ON_EXPORT.register("screening", export)
    ON_TICK.register("screening", tick)
    ACCEPTANCE.register("screening", missing)
    for kind in _kinds():
        register_kind(kind)


def tick(now: datetime) -> None:
    """Remind referees, and end what nobody answers."""
    tick_screening(by=system("clock"), now=now)


def missing(application: Any) -> list[str]:
    """Return what the screening still lacks before a mentor may be accepted (hook ACCEPTANCE)."""
    if application.side != Side.MENTOR or application.person_id is None:
        return []
    return screening_lacks(application.person_id, country=application.branch.country)


def erase(person_id: int, now: datetime) -> None:
    """Delete what the screening holds about a person; the links of referees open nothing any more."""
    references = Reference.everywhere.filter(person=person_id)
    for pk in references.values_list("pk", flat=True):
        withdraw_links(subject_type="reference", subject_id=pk, now=now)
        # Sent to the address of the referee, and it names the mentor.
        Message.everywhere.filter(person=None, key__contains=f":reference:{pk}:").delete()
    references.delete()
    IdentityCheck.everywhere.filter(person=person_id).delete()
    SafeguardingCheck.everywhere.filter(person=person_id).delete()


def export(person_id: int) -> Mapping[str, Any]:
    """What a person may read about their own screening; words of referees only where they agreed."""
    identities = IdentityCheck.everywhere.filter(person=person_id)
    checks = SafeguardingCheck.everywhere.filter(person=person_id)
    return {
        "identity": [{"document": row.document, "seen_on": row.seen_on.isoformat()} for row in identities],
        "references": shared_references(person_id),
        "checks": [
            {
                "document": row.document,
                "seen_on": row.seen_on.isoformat() if row.seen_on else "",
                "valid_until": row.valid_until.isoformat() if row.valid_until else "",
            }
            for row in checks
        ],
    }


def _kinds() -> tuple[Kind, ...]:
    return (*_to_referees(), *_to_mentors())


def _to_referees() -> tuple[Kind, ...]:
    return (
        Kind(
            "reference.ask",
            _("Reference: first message"),
            _("Three questions about %(mentor)s"),
            _(
                "Hello %(referee)s,\n\n%(mentor)s wants to become a mentor with %(association)s in "
                "%(branch)s and gave us your name. Would you answer three questions? It takes three "
                "minutes. You need no account.\n\n%(link)s\n\nYou may also ask for a call there.\n\n%(who)s"
            ),
            _("%(association)s: %(mentor)s gave us your name. Three questions, 3 minutes: %(link)s"),
            example=_REFEREE,
        ),
        Kind(
            "reference.remind",
            _("Reference: reminder"),
            _("A reminder: three questions about %(mentor)s"),
            _(
                "Hello %(referee)s,\n\nwe still hope for your answer about %(mentor)s. It takes three "
                "minutes, or ask for a call.\n\n%(link)s\n\nThank you,\n%(who)s, %(association)s"
            ),
            _("%(association)s: your answer about %(mentor)s is still awaited, 3 minutes: %(link)s"),
            example=_REFEREE,
        ),
    )


def _to_mentors() -> tuple[Kind, ...]:
    return (
        Kind(
            "check.ask.fr_bulletin_3",
            _("Safeguarding check, France"),
            _("One paper before you begin"),
            _(
                "Hello %(first_name)s,\n\nmentors meet young people alone. So we ask each mentor for "
                "bulletin no. 3 of the criminal record.\n\nYou ask for it yourself, free of charge: "
                "https://casier-judiciaire.justice.gouv.fr\n\nShow it to us when it arrives. We note the "
                "day and keep no copy.\n\n%(who)s, %(branch)s"
            ),
            example=_MENTOR,
        ),
        Kind(
            "check.ask.be_extract_596_2",
            _("Safeguarding check, Belgium"),
            _("One paper before you begin"),
            _(
                "Hello %(first_name)s,\n\nmentors meet young people alone. So we ask each mentor for an "
                "extract of the criminal record, model 596.2.\n\nYour commune gives it to you.\n\nShow it "
                "to us when it arrives. We note the day and keep no copy.\n\n%(who)s, %(branch)s"
            ),
            example=_MENTOR,
        ),
    )
