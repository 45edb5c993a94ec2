"""Inviting, granting, taking back; and how an association begins."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from tests.factories.people import NOW, actor, branch, coordinator, login
from traboule.apps.branches.actions import AlreadyFounded, BranchNameTaken, open_branch
from traboule.apps.branches.models import Branch, Organisation, ProgrammeVersion
from traboule.apps.branches.queries import branch_for, branches_of
from traboule.apps.people.actions import grant_role, invite_staff, revoke_role, set_locale
from traboule.apps.people.actions.beginnings import begin
from traboule.apps.people.actions.team import AboveOwnRights, LastAdministrator
from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.models import Login, RoleGrant
from traboule.apps.people.queries import actor_of, find_grant, grantable_roles, staff_of
from traboule.apps.people.rules import ROLES, STAFF_ROLES
from traboule.core.actors import Actor, system
from traboule.core.audit import entries
from traboule.core.permissions import NotAllowed, NotVisible

pytestmark = pytest.mark.django_db
LINK = "https://traboule.example.org/accounts/login/"


def invite(here: Branch | None, by: Actor, role: Role = Role.COORDINATOR, **fields: str) -> Login:
    told = {"email": "New@Example.org", "name": "New One", "locale": "en", **fields}
    return invite_staff(role=role, branch=here, by=by, now=NOW, sign_in_url=LINK, **told)


@pytest.mark.django_db(transaction=True)
def test_an_invitation_makes_a_login_a_role_and_a_mail_with_the_link() -> None:
    here = branch(name="Lyon")
    new = invite(here, actor(Role.DIRECTOR, here))
    assert new.email == "new@example.org"
    assert [grant.role for grant in RoleGrant.objects.filter(login=new, branch=here)] == ["coordinator"]
    assert [mail.outbox[0].to, LINK in str(mail.outbox[0].body)] == [["new@example.org"], True]
    assert [entry.verb for entry in entries(here.pk)] == ["role.granted", "login.invited"]
    assert "example.org" not in str(list(entries(here.pk).values()))


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_does_not_undo_an_invitation(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(**_message: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("traboule.apps.people.actions.team.send_mail", down)
    assert invite(branch(), actor(Role.DIRECTOR)).pk


def test_somebody_who_is_here_already_gets_the_role_and_no_second_login() -> None:
    here = branch()
    known = login(email="new@example.org")
    assert invite(here, actor(Role.DIRECTOR, here)) == known
    invite(here, actor(Role.DIRECTOR, here))
    assert RoleGrant.objects.filter(login=known).count() == 1


def test_a_coordinator_invites_nobody_and_another_branch_is_not_found() -> None:
    here, elsewhere = branch(), branch()
    with pytest.raises(NotAllowed):
        invite(here, coordinator(here))
    with pytest.raises(NotVisible):
        invite(elsewhere, actor(Role.DIRECTOR, here))


@pytest.mark.parametrize("role", list(Role))
def test_nobody_grants_above_their_own_rights(role: Role) -> None:
    here = branch()
    director = actor(Role.DIRECTOR, here)
    held = director.permissions_in(here.pk)
    if ROLES[role] <= held:
        grant_role(login=login(), role=role, branch=here, by=director, now=NOW)
    else:
        with pytest.raises(AboveOwnRights):
            grant_role(login=login(), role=role, branch=here, by=director, now=NOW)
    assert (role in grantable_roles(actor=director, branch=here)) is (ROLES[role] <= held)


def test_a_director_of_one_branch_cannot_grant_for_all_of_them() -> None:
    here = branch()
    with pytest.raises(NotVisible):
        grant_role(login=login(), role=Role.COORDINATOR, branch=None, by=actor(Role.DIRECTOR, here), now=NOW)


def test_an_administrator_holds_every_permission_and_may_grant_every_role() -> None:
    here = branch()
    who = actor(Role.ADMINISTRATOR)
    assert who.permissions_in(here.pk) == frozenset(Permission)
    assert grantable_roles(actor=who, branch=here) == list(Role)


def test_the_last_administrator_stays() -> None:
    first = login(Role.ADMINISTRATOR)
    grant = RoleGrant.objects.get(login=first)
    with pytest.raises(LastAdministrator):
        revoke_role(grant=grant, by=actor_of(first), now=NOW)
    login(Role.ADMINISTRATOR, is_active=False)
    with pytest.raises(LastAdministrator):
        revoke_role(grant=grant, by=actor_of(first), now=NOW)
    login(Role.ADMINISTRATOR)
    revoke_role(grant=grant, by=actor_of(first), now=NOW)
    assert not RoleGrant.objects.filter(login=first).exists()


def test_taking_a_role_back_twice_is_written_once() -> None:
    here = branch()
    director = actor(Role.DIRECTOR, here)
    grant = RoleGrant.objects.get(login=login(Role.COORDINATOR, here))
    revoke_role(grant=grant, by=director, now=NOW)
    revoke_role(grant=grant, by=director, now=NOW + timedelta(days=1))
    assert entries(here.pk).filter(verb="role.revoked").count() == 1


def test_a_director_takes_no_role_back_from_an_administrator() -> None:
    here = branch()
    grant = RoleGrant.objects.get(login=login(Role.ADMINISTRATOR, here))
    with pytest.raises(AboveOwnRights):
        revoke_role(grant=grant, by=actor(Role.DIRECTOR, here), now=NOW)


def test_the_team_of_a_branch_is_its_staff_and_those_of_all_branches() -> None:
    here, elsewhere = branch(), branch()
    anne = login(Role.COORDINATOR, here, name="Anne")
    boss = login(Role.DIRECTOR, name="Boss")
    login(Role.COORDINATOR, elsewhere)
    login(Role.MENTOR, here)
    team = staff_of(actor=actor_of(anne), branch=here)
    assert list(team) == [anne, boss]
    assert [grant.role for grant in team[0].grants_here] == ["coordinator"]
    with pytest.raises(NotAllowed):
        staff_of(actor=actor(Role.FUNDER, here), branch=here)


def test_a_grant_of_another_branch_is_not_found() -> None:
    here, elsewhere = branch(), branch()
    grant = RoleGrant.objects.get(login=login(Role.COORDINATOR, elsewhere))
    with pytest.raises(NotVisible):
        find_grant(actor=actor(Role.DIRECTOR, here), branch=here, pk=grant.pk)


def test_a_role_everywhere_is_granted_once_even_by_hand() -> None:
    who = login(Role.DIRECTOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(login=who, role=Role.DIRECTOR, branch=None, granted_at=NOW)


def test_everybody_chooses_their_own_language_only() -> None:
    who = login(Role.MENTOR, branch())
    assert set_locale(login=who, locale="fr", by=actor_of(who), now=NOW).locale == "fr"
    with pytest.raises(ValueError, match="xx"):
        set_locale(login=who, locale="xx", by=actor_of(who), now=NOW)
    with pytest.raises(NotAllowed):
        set_locale(login=who, locale="en", by=actor(Role.ADMINISTRATOR), now=NOW)


def test_an_inactive_login_may_do_nothing() -> None:
    here = branch()
    assert actor_of(login(Role.DIRECTOR, here, is_active=False)).grants == ()


def test_a_login_belongs_to_its_branches_and_finds_no_other() -> None:
    here, elsewhere = branch(), branch()
    branch(is_active=False)
    assert list(branches_of(coordinator(here))) == [here]
    assert list(branches_of(actor(Role.DIRECTOR))) == [here, elsewhere]
    with pytest.raises(NotVisible.__base__):
        branch_for(coordinator(here), elsewhere.slug)


def test_an_association_begins_once() -> None:
    made = begin(
        organisation="Deux rives",
        branch="Saint-Étienne",
        admin_email="Anne@example.org",
        admin_name="Anne",
        by=system("init"),
        now=NOW,
    )
    assert (made.branch.slug, made.administrator.email) == ("saint-etienne", "anne@example.org")
    assert actor_of(made.administrator).may(Permission.TEAM_GRANT, None)
    assert ProgrammeVersion.objects.get().weeks == 26
    with pytest.raises(AlreadyFounded):
        begin(organisation="Other", branch="B", admin_email="b@x.org", admin_name="", by=system("x"), now=NOW)
    assert Organisation.objects.count() == Login.objects.count() == 1


def test_a_branch_needs_a_name_of_its_own() -> None:
    here = branch(name="Lyon", slug="lyon")
    for name in ("Lyon", "!!"):
        with pytest.raises(BranchNameTaken):
            open_branch(organisation=here.organisation, name=name, by=actor(Role.ADMINISTRATOR), now=NOW)
    with pytest.raises(NotVisible):
        open_branch(organisation=here.organisation, name="New", by=actor(Role.DIRECTOR, here), now=NOW)


def test_every_role_is_in_the_table_and_staff_are_those_who_see_others() -> None:
    assert set(ROLES) == set(Role)
    others = {Permission.PEOPLE_SEE, Permission.AUDIT_SEE, Permission.PROCESSING_SEE, Permission.TEAM_SEE}
    assert {role for role, held in ROLES.items() if held & others} == STAFF_ROLES
