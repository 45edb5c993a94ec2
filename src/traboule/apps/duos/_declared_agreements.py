"""What agreements, signatures and first meetings hold about people, field by field."""

from django.utils.functional import Promise

from traboule.apps.duos.models import Agreement, AgreementTemplate, FirstMeeting, Signature
from traboule.apps.people.enums import Role
from traboule.core.fields import Basis, Category, Erasure, Personal, Retention, declare, declare_not_personal
from traboule.core.scope import Scoped

TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_agreements(following: str | Promise, proving: str | Promise) -> None:
    """Agreements prove what was agreed; the words and the names in them are emptied with the person."""
    dates = (
        "duo",
        "state",
        "version",
        "drafted_by",
        "drafted_at",
        "sent_by",
        "sent_at",
        "signed_at",
        "ended_at",
        "digest",
    )
    said = ("language", "place", "own_words", "own_words_read", "texts")
    declare(Agreement, {name: about(Agreement, name, proving) for name in dates})
    declare(Agreement, {name: about(Agreement, name, following, Erasure.BLANK) for name in said})
    declare_not_personal(
        Agreement, "describes the agreement", "branch", "hours", "weekday", "wording", "template"
    )
    kept = ("agreement", "party", "person", "login", "signed_at", "channel", "language", "digest")
    declare(Signature, {name: about(Signature, name, proving) for name in kept})
    declare(
        Signature,
        {name: about(Signature, name, proving, Erasure.BLANK) for name in ("name", "drawing", "label")},
    )
    said_by = ("mentee_says", "mentor_says", "booked_by", "booked_at", "closed_by", "closed_at")
    declare(FirstMeeting, {"place": about(FirstMeeting, "place", following, Erasure.BLANK)})
    meeting = ("duo", "state", "starts_at", *said_by)
    declare(FirstMeeting, {name: about(FirstMeeting, name, following) for name in meeting})
    declare_not_personal(FirstMeeting, "names a place", "venue")
    declare_not_personal(AgreementTemplate, "words of the branch", "branch", "version", "hours", "own_words")
    declare(
        AgreementTemplate, {name: about(AgreementTemplate, name, proving) for name in ("made_by", "made_at")}
    )


def about(
    model: type[Scoped], name: str, purpose: str | Promise, erasure: Erasure = Erasure.UNLINK
) -> Personal:
    return Personal(
        purpose=purpose,
        basis=Basis.AGREEMENT,
        category=Category.FOLLOW_UP,
        retention=Retention.LAST_CONTACT_2_YEARS,
        readers=TEAM,
        export_label=model._meta.get_field(name).verbose_name,  # type: ignore[union-attr]  # no generic relation here
        erasure=erasure,
    )
