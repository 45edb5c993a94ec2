"""What the declarations cannot say about erasing a person: the login, its sessions, files on their way in."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ProtectedError

from traboule.apps.people.enums import Role
from traboule.apps.people.models import ImportRun, Login, Person, RoleGrant
from traboule.apps.people.queries import roles_of
from traboule.apps.people.rules import is_staff
from traboule.apps.people.validators import fold
from traboule.core.erasing import forget_in_audit

GONE = "erased.invalid"  # RFC 2606: no mail ever goes there


def erase(person_id: int, now: datetime) -> None:
    """Erase the login of a person, and the rows of staged files that name them."""
    person = Person.everywhere.filter(pk=person_id).first()
    if person is None:
        return
    _forget_rows(person)
    login = Login.objects.filter(person=person).first()
    if login is None:
        return
    if is_staff(roles_of(login)):
        # A colleague who also was a mentor goes on working: the login only leaves the person.
        login.grants.filter(role__in=[Role.MENTOR, Role.MENTEE]).delete()
        Login.objects.filter(pk=login.pk).update(person=None)
        return
    _close(login)


def _close(login: Login) -> None:
    """Delete a login; where decisions hang on it, empty it instead."""
    keys = list(UserSession.objects.filter(user=login).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    _end_sessions(login)
    for rows in (
        UserSession.objects.filter(user=login),
        Authenticator.objects.filter(user=login),
        EmailAddress.objects.filter(user=login),
        RoleGrant.objects.filter(login=login),
    ):
        rows.delete()
    forget_in_audit([""], login.pk, [("login", login.pk)])
    pk = login.pk
    try:
        with transaction.atomic():
            login.delete()
    except ProtectedError:
        Login.objects.filter(pk=pk).update(
            email=f"{pk}@{GONE}",
            name="",
            person=None,
            is_active=False,
            password="!",  # noqa: S106 -- Django's mark for "no password"
            last_login=None,
        )


def _end_sessions(login: Login) -> None:
    """End sessions that the register of sessions does not know, and sign-ins that were begun."""
    for session in Session.objects.iterator(chunk_size=500):
        said = session.get_decoded()
        if str(said.get("_auth_user_id")) == str(login.pk) or _names(said, login.email):
            session.delete()


def _forget_rows(person: Person) -> None:
    """Take the person's lines out of files that were read and not applied yet."""
    marks = {fold(value) for value in (person.email, person.phone, person.external_id) if value}
    names = {fold(value) for value in (person.first_name, person.last_name) if value}
    for run in ImportRun.everywhere.filter(branch_id=person.branch_id).exclude(rows=[]):
        kept = [row for row in run.rows if not _is_about(row, marks, names)]
        if len(kept) != len(run.rows):
            run.rows = kept
            run.save(update_fields=["rows"])


def _is_about(row: Any, marks: set[str], names: set[str]) -> bool:
    cells = {fold(str(cell)) for cell in row[1]}
    return bool(cells & marks) or (len(names) == 2 and names <= cells)


def _names(said: Any, email: str) -> bool:
    if isinstance(said, dict):
        return any(_names(value, email) for value in said.values())
    if isinstance(said, list):
        return any(_names(value, email) for value in said)
    return isinstance(said, str) and said.casefold() == email.casefold()
