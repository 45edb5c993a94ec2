"""What this app holds about people, field by field."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.models import Agreement, AgreementTemplate, Duo, FirstMeeting, MentorPlace, Signature
from traboule.apps.people.enums import Role
from traboule.core.fields import Basis, Category, Erasure, Personal, Retention, declare, declare_not_personal
from traboule.core.scope import Scoped

TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app: who is whose mentor is proof of what was agreed."""
    following = _("To follow a duo from its start to its end")
    proving = _("To prove who decided, and when")
    declare(Duo, {name: _about(Duo, name, following) for name in ("mentor", "mentee", "place")})
    dates = ("state", "started_on", "ends_on", "paused_on", "closed_on", "close_reason")
    declare(Duo, {name: _about(Duo, name, following) for name in dates})
    declare(Duo, {name: _about(Duo, name, proving) for name in ("started_by", "started_at", "closed_by")})
    declare_not_personal(Duo, "names the branch", "branch")
    declare(MentorPlace, {name: _about(MentorPlace, name, following) for name in ("mentor", "number")})
    declare(MentorPlace, {name: _about(MentorPlace, name, proving) for name in ("taken_at", "taken_by")})

    _declare_agreements(following, proving)


def _declare_agreements(following: str | Promise, proving: str | Promise) -> None:
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
    )
    said = ("language", "place", "own_words", "own_words_read", "texts")
    declare(Agreement, {name: _about(Agreement, name, proving) for name in dates})
    declare(Agreement, {name: _about(Agreement, name, following, Erasure.BLANK) for name in said})
    declare_not_personal(
        Agreement, "describes the agreement", "branch", "hours", "weekday", "wording", "template"
    )
    kept = ("agreement", "party", "person", "login", "signed_at", "channel")
    declare(Signature, {name: _about(Signature, name, proving) for name in kept})
    declare(
        Signature, {name: _about(Signature, name, proving, Erasure.BLANK) for name in ("name", "drawing")}
    )
    said_by = ("mentee_says", "mentor_says", "booked_by", "booked_at", "closed_by", "closed_at")
    declare(FirstMeeting, {"place": _about(FirstMeeting, "place", following, Erasure.BLANK)})
    meeting = ("duo", "state", "starts_at", *said_by)
    declare(FirstMeeting, {name: _about(FirstMeeting, name, following) for name in meeting})
    declare_not_personal(FirstMeeting, "names a place", "venue")
    declare_not_personal(AgreementTemplate, "words of the branch", "branch", "version", "hours", "own_words")
    declare(
        AgreementTemplate, {name: _about(AgreementTemplate, name, proving) for name in ("made_by", "made_at")}
    )


def _about(
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
