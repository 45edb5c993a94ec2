"""The words of a branch for a kind of message: written, and given up for those of the house."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.messages.kinds import kind_of
from traboule.apps.messages.models import Wording
from traboule.apps.messages.validators import check_places, check_short
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise


class BadWording(ValueError):
    """A text that would lose or invent a place; ``errors`` maps the field to the sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def check_wording(*, kind: str, subject: str, body: str, sms: str) -> dict[str, str]:
    """Return what is wrong with own words, by field; empty if nothing is."""
    said = kind_of(kind)
    errors = {}
    for name, text, default in (
        ("subject", subject, said.subject),
        ("body", body, said.body),
        ("sms", sms, said.sms),
    ):
        try:
            if text:
                check_places(text, default=str(default), example=said.example)
            if name == "sms":
                check_short(text)
        except ValidationError as error:
            errors[name] = " ".join(error.messages)
    return errors


@transaction.atomic
def set_wording(
    *,
    branch: Branch,
    kind: str,
    language: str,
    subject: str,
    body: str,
    sms: str,
    by: Actor,
    now: datetime,
) -> Wording:
    """Give a branch its own words for one kind in one language. Raises BadWording."""
    authorise(by, Permission.TEMPLATES_SET, branch.pk)
    errors = check_wording(kind=kind, subject=subject, body=body, sms=sms)
    if errors:
        raise BadWording(errors)
    row, _new = Wording.everywhere.update_or_create(
        branch=branch,
        kind=kind,
        language=language,
        defaults={
            "subject": subject,
            "body": body,
            "sms": sms,
            "changed_by_id": by.id if by.kind is ActorKind.LOGIN else None,
            "changed_at": now,
        },
    )
    _note("wording.set", branch, kind, language, by, now)
    return row


@transaction.atomic
def drop_wording(*, branch: Branch, kind: str, language: str, by: Actor, now: datetime) -> bool:
    """Go back to the text of the house; False if the branch had no words of its own."""
    authorise(by, Permission.TEMPLATES_SET, branch.pk)
    gone, _rows = Wording.everywhere.filter(branch=branch, kind=kind, language=language).delete()
    if gone:
        _note("wording.dropped", branch, kind, language, by, now)
    return bool(gone)


def _note(verb: str, branch: Branch, kind: str, language: str, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb=verb,
        subject_type="wording",
        subject_id=f"{kind}:{language}",
        facts={},
    )
