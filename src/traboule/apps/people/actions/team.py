"""Inviting staff, granting and taking back roles."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.models import Login, RoleGrant
from traboule.apps.people.rules import may_grant
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import NotAllowed, authorise


class LastAdministrator(ValueError):
    """Somebody must be able to let others in: the last administrator stays."""


class AboveOwnRights(NotAllowed):
    """Nobody grants or takes back a role that holds more than they hold themselves."""

    def __init__(self, role: str) -> None:
        super().__init__(Permission.TEAM_GRANT)
        self.role = role


@transaction.atomic
def invite_staff(
    *,
    email: str,
    name: str,
    role: Role,
    branch: Branch | None,
    by: Actor,
    now: datetime,
    locale: str = "",
    sign_in_url: str,
) -> Login:
    """Make a login with a role (``branch`` None: in all branches) and mail the address to sign in at.

    An e-mail address that has a login already gets the role and the mail. Raises AboveOwnRights.
    """
    authorise(by, Permission.TEAM_INVITE, branch.pk if branch else None)
    _authorise_grant(by, role, branch.pk if branch else None)
    return admit(
        email=email,
        name=name,
        role=role,
        branch=branch,
        by=by,
        now=now,
        locale=locale,
        sign_in_url=sign_in_url,
    )


def admit(
    *,
    email: str,
    name: str,
    role: Role,
    branch: Branch | None,
    by: Actor,
    now: datetime,
    locale: str = "",
    sign_in_url: str,
) -> Login:
    """Make the login, give the role, mail the address; for actions that authorise, in their transaction."""
    address = email.strip().lower()
    login = Login.objects.filter(email=address).first()
    if login is None:
        login = Login.objects.create_user(
            address, name=name.strip(), locale=locale or settings.LANGUAGE_CODE, created_at=now
        )
        _record("login.invited", login, branch, {}, by, now)
    _give(login, role, branch, by, now)
    # Robust: a mail server that is down must not undo an invitation; the page offers to send it again.
    transaction.on_commit(lambda: _send_invitation(login, branch, sign_in_url), robust=True)
    return login


@transaction.atomic
def grant_role(*, login: Login, role: Role, branch: Branch | None, by: Actor, now: datetime) -> RoleGrant:
    """Give a role in a branch (None: in all); giving it twice changes nothing. Raises AboveOwnRights."""
    _authorise_grant(by, role, branch.pk if branch else None)
    return _give(login, role, branch, by, now)


def _give(login: Login, role: Role, branch: Branch | None, by: Actor, now: datetime) -> RoleGrant:
    grant, is_new = RoleGrant.objects.get_or_create(
        login=login,
        role=role,
        branch=branch,
        defaults={"granted_by_id": by.id if by.kind is ActorKind.LOGIN else None, "granted_at": now},
    )
    if is_new:
        _record("role.granted", login, branch, {"role": role}, by, now)
    return grant


def dismiss(*, login: Login, role: Role, branch: Branch, by: Actor, now: datetime) -> None:
    """Take a role in one branch back; for actions that authorise, in their transaction."""
    held = RoleGrant.objects.filter(login=login, role=role, branch=branch)
    if held.delete()[0]:
        _record("role.revoked", login, branch, {"role": role}, by, now)


@transaction.atomic
def revoke_role(*, grant: RoleGrant, by: Actor, now: datetime) -> None:
    """Take a role back. Raises LastAdministrator, AboveOwnRights."""
    _authorise_grant(by, grant.role, grant.branch_id)
    # All grants of the role are locked, so that two administrators cannot remove each other at the same time.
    held = list(RoleGrant.objects.select_for_update().filter(role=grant.role).order_by("pk"))
    if not any(row.pk == grant.pk for row in held):
        return
    if grant.role == Role.ADMINISTRATOR and grant.branch_id is None:
        others = Q(role=Role.ADMINISTRATOR, branch=None, login__is_active=True)
        if not RoleGrant.objects.filter(others).exclude(pk=grant.pk).exists():
            raise LastAdministrator
    _record("role.revoked", grant.login, grant.branch, {"role": grant.role}, by, now)
    RoleGrant.objects.filter(pk=grant.pk).delete()


@transaction.atomic
def set_locale(*, login: Login, locale: str, by: Actor, now: datetime) -> Login:
    """Choose the language of pages and mails of a login. Raises ValueError for one without pages."""
    if locale not in dict(settings.LANGUAGES):
        raise ValueError(locale)
    if by.kind is ActorKind.LOGIN and by.id != login.pk:
        raise NotAllowed(Permission.OWN_SEE)
    if login.locale == locale:
        return login
    login.locale = locale
    login.save(update_fields=["locale"])
    _record("login.locale_set", login, None, {"locale": locale}, by, now)
    return login


def _authorise_grant(by: Actor, role: str, scope: int | None) -> None:
    authorise(by, Permission.TEAM_GRANT, scope)
    if by.kind is not ActorKind.SYSTEM and not may_grant(by.permissions_in(scope), role):
        raise AboveOwnRights(role)


def _send_invitation(login: Login, branch: Branch | None, sign_in_url: str) -> None:
    with translation.override(login.locale):
        place = branch.name if branch else _("all branches")
        send_mail(
            subject=_("You are invited to Traboule"),
            message=_(
                "Hello %(name)s,\n\nyou are invited to Traboule (%(place)s).\n\n"
                "Sign in here with this e-mail address; a code will be sent to you:\n%(link)s\n"
            )
            % {"name": login.name, "place": place, "link": sign_in_url},
            from_email=None,
            recipient_list=[login.email],
        )


def _record(
    verb: str, login: Login, branch: Branch | None, facts: dict[str, object], by: Actor, now: datetime
) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk if branch else None,
        verb=verb,
        subject_type="login",
        subject_id=login.pk,
        facts=facts,
    )
