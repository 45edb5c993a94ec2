"""What this app holds about people, field by field: purpose, basis, readers, how long, how it is erased."""

from functools import partial

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Role
from traboule.apps.people.models import (
    Avoid,
    Consent,
    ImportRun,
    Login,
    MenteeProfile,
    MentorProfile,
    Note,
    NotSamePerson,
    NotToMeet,
    Person,
    PersonDocument,
    PersonMerge,
    RoleGrant,
    SpokenLanguage,
)
from traboule.core.fields import (
    Basis,
    Category,
    Erasure,
    Retention,
    declare_alike,
    declare_not_personal,
)
from traboule.core.models import AuditEntry, Draft, LimitMark, Link

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)
_SECURITY = (Role.DPO.value, Role.ADMINISTRATOR.value)

MATCHING = _("To find a mentor or a mentee who suits")
REACHING = _("To reach the person in their language, the way they chose")
KNOWING = _("To know who takes part")
FOLLOWING = _("To follow up and to keep promises")
SIGNING_IN = _("To sign in and to protect the accounts")
PROVING = _("To prove who did what, and what was agreed")

_say = partial(declare_alike, readers=_TEAM)


def _persons() -> None:
    _say(
        Person,
        ["first_name", "last_name", "birth_date", "external_id", "search_key", "same_name", "same_birth"],
        Category.IDENTITY,
        KNOWING,
    )
    _say(
        Person,
        ["email", "phone", "same_email", "same_phone", "contact_language", "channel", "needs_help_reading"],
        Category.CONTACT,
        REACHING,
    )
    _say(
        Person,
        ["country", "postcode", "commune_code", "commune_name", "latitude", "longitude", "place_estimated"],
        Category.CONTACT,
        MATCHING,
    )
    _say(
        Person,
        ["gender", "gender_wish"],
        Category.PREFERENCE,
        MATCHING,
        basis=Basis.CONSENT,
        erasure=Erasure.BLANK,
    )
    _say(Person, ["max_km", "online", "interests", "dislikes", "slots"], Category.PREFERENCE, MATCHING)
    _say(
        Person,
        [f"way_{way}" for way in ("pace", "directness", "listening", "structure", "humour")],
        Category.PREFERENCE,
        MATCHING,
    )
    _say(
        Person, ["created_at", "last_contact_at", "archived_at", "merged_into"], Category.FOLLOW_UP, FOLLOWING
    )
    declare_not_personal(Person, "names the branch", "branch")
    _say(SpokenLanguage, ["person", "code", "level"], Category.WORK_LIFE, MATCHING)
    _say(Avoid, ["person", "other", "by_wish"], Category.PREFERENCE, MATCHING)


def _wishes() -> None:
    _say(NotToMeet, ["person", "words", "other", "said_at"], Category.PREFERENCE, MATCHING)
    _say(NotToMeet, ["written_by"], Category.FOLLOW_UP, PROVING, erasure=Erasure.UNLINK)


def _profiles() -> None:
    _say(
        MentorProfile,
        ["person", "years_experience", "generalist", "strengths", "occupations", "trained_on"],
        Category.WORK_LIFE,
        MATCHING,
    )
    _say(
        MentorProfile,
        ["state", "capacity", "available_from", "available_until", "paused_until"],
        Category.FOLLOW_UP,
        FOLLOWING,
    )
    _say(MenteeProfile, ["person", "needs", "occupations"], Category.WORK_LIFE, MATCHING)
    _say(
        MenteeProfile,
        ["state", "waiting_since", "can_wait_until", "paused_until", "comes_first_since"],
        Category.FOLLOW_UP,
        FOLLOWING,
    )
    _say(MenteeProfile, ["groups"], Category.SENSITIVE, FOLLOWING, basis=Basis.CONSENT, erasure=Erasure.BLANK)


def _follow_up() -> None:
    said = ["person", "author", "kind", "text", "readers", "happened_at"]
    promised = ["next_step", "next_step_on", "step_owner", "done_at", "done_by"]
    _say(Note, [*said, *promised], Category.FOLLOW_UP, FOLLOWING, basis=Basis.LEGITIMATE_INTEREST)
    _say(
        Consent,
        [
            "person",
            "purpose",
            "text_version",
            "language",
            "channel",
            "collected_by",
            "given_at",
            "withdrawn_at",
        ],
        Category.FOLLOW_UP,
        PROVING,
        basis=Basis.LEGAL_DUTY,
        retention=Retention.PROOF_5_YEARS,
    )
    _say(
        ImportRun,
        ["rows", "staged_by"],
        Category.IDENTITY,
        KNOWING,
        retention=Retention.APPLIED_OR_30_DAYS,
        erasure=Erasure.BLANK,
    )
    declare_not_personal(
        ImportRun,
        "describes the file, not the people in it",
        *("branch", "side", "state", "file_name", "shape", "mapping", "counts", "staged_at", "applied_at"),
    )


def _documents() -> None:
    _say(
        PersonDocument,
        ["person", "about", "file", "name", "kind", "size", "stored_at", "added_by"],
        Category.FOLLOW_UP,
        FOLLOWING,
    )
    declare_not_personal(PersonDocument, "a digest", "digest")


def _access() -> None:
    for model, names in {
        Login: ["email", "name", "locale", "is_active", "person", "created_at", "password", "last_login"],
        RoleGrant: ["login", "role", "granted_by", "granted_at"],
        EmailAddress: ["user", "email", "verified", "primary"],
        Authenticator: ["user", "type", "data", "created_at", "last_used_at"],
        UserSession: ["user", "created_at", "ip", "last_seen_at", "session_key", "user_agent", "data"],
        Session: ["session_key", "session_data", "expire_date"],
    }.items():
        _say(
            model,
            names,
            Category.ACCESS,
            SIGNING_IN,
            basis=Basis.LEGITIMATE_INTEREST,
            retention=Retention.LOGIN_LIFETIME,
            readers=_SECURITY,
        )
    declare_not_personal(RoleGrant, "names the branch", "branch")
    declare_not_personal(EmailConfirmation, "never used: sign-in codes live in the session")
    _say(
        AuditEntry,
        ["actor_kind", "actor_id", "verb", "subject_type", "subject_id", "facts", "at", "salt"],
        Category.ACCESS,
        PROVING,
        basis=Basis.LEGAL_DUTY,
        retention=Retention.PROOF_5_YEARS,
        readers=_SECURITY,
        erasure=Erasure.BLANK,
    )
    declare_not_personal(
        AuditEntry,
        "a counter, a digest or an opaque number",
        *("scope", "sequence", "facts_digest", "previous_hash", "entry_hash"),
    )


def _links() -> None:
    _say(
        Link,
        ["right", "subject_type", "subject_id", "made_at", "ends_at", "used_at", "withdrawn_at"],
        Category.ACCESS,
        REACHING,
        readers=_SECURITY,
    )
    declare_not_personal(LimitMark, "a keyed digest and a moment, for minutes")
    declare_not_personal(Link, "a digest, a branch or a rule of the link", "digest", "scope", "once")


def _merges() -> None:
    once = _("To keep one record of each person, and to undo a mistake")
    _say(PersonMerge, ["kept", "dropped", "changes", "merged_at", "undone_at"], Category.IDENTITY, once)
    _say(PersonMerge, ["merged_by", "undone_by"], Category.FOLLOW_UP, PROVING, erasure=Erasure.UNLINK)
    declare_not_personal(PersonMerge, "names the branch", "branch")
    _say(NotSamePerson, ["first", "second", "said_at"], Category.IDENTITY, once)
    _say(NotSamePerson, ["said_by"], Category.FOLLOW_UP, PROVING, erasure=Erasure.UNLINK)


def _drafts() -> None:
    _say(
        Draft,
        ["owner", "key", "content", "saved_at"],
        Category.FOLLOW_UP,
        _("To lose nothing that somebody typed"),
        basis=Basis.LEGITIMATE_INTEREST,
        retention=Retention.APPLIED_OR_30_DAYS,
    )
    declare_not_personal(Draft, "a branch, or the end of a draft", "scope", "ends_at", "gone_at")


_persons()
_wishes()
_profiles()
_merges()
_follow_up()
_documents()
_access()
_links()
_drafts()
