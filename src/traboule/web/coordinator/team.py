"""The team of a branch: who holds which role, inviting, giving and taking back roles."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.duos.queries.followed import duos_followed
from traboule.apps.people import actions, queries
from traboule.apps.people.actions.team import AboveOwnRights, LastAdministrator
from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.forms import InviteForm, RoleForm
from traboule.core.permissions import NotVisible
from traboule.web.access import Here, branch_page, posted
from traboule.web.public.reading import role_rows

ANSWERS = ["GET", "HEAD", "POST"]


@require_safe
@branch_page(Permission.TEAM_SEE)
def team(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the team and what each role may do."""
    may_grant = here.may(Permission.TEAM_GRANT)
    grantable = queries.grantable_roles(actor=here.actor, branch=here.branch) if may_grant else []
    follows = duos_followed(actor=here.actor, branch=here.branch) if here.may(Permission.DUOS_WRITE) else {}
    context = {
        "here": here,
        "follows": follows,
        "staff": queries.staff_of(actor=here.actor, branch=here.branch),
        "outsiders": queries.outsiders_of(actor=here.actor, branch=here.branch),
        "grantable": [role.value for role in grantable],
        "may_invite": here.may(Permission.TEAM_INVITE),
        "may_grant": may_grant,
        "rows": role_rows(),
        "roles": list(Role),
    }
    return render(request, "coordinator/team.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.TEAM_INVITE)
def team_invite(request: HttpRequest, here: Here) -> HttpResponse:
    """Let somebody in, with a role in this branch."""
    roles = queries.grantable_roles(actor=here.actor, branch=here.branch)
    form = InviteForm(posted(request), roles=roles)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.invite_staff(
            email=said["email"],
            name=said["name"],
            role=Role(said["role"]),
            branch=here.branch,
            locale=said["locale"],
            by=here.actor,
            now=here.now,
            sign_in_url=request.build_absolute_uri(reverse("account_login")),
        )
        messages.success(request, _("%(name)s is invited: a mail is on its way.") % {"name": said["name"]})
        return redirect("team", here.branch.slug)
    context = {"here": here, "form": form, "back": reverse("team", args=[here.branch.slug])}
    return render(request, "coordinator/team_invite.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.TEAM_GRANT)
def team_role(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Give one more role to somebody of the team."""
    login = _member(here, pk)
    roles = queries.grantable_roles(actor=here.actor, branch=here.branch)
    form = RoleForm(posted(request), roles=roles)
    if request.method == "POST" and form.is_valid():
        actions.grant_role(
            login=login, role=Role(form.cleaned_data["role"]), branch=here.branch, by=here.actor, now=here.now
        )
        messages.success(request, _("The role is given."))
        return redirect("team", here.branch.slug)
    context = {"here": here, "login": login, "form": form, "back": reverse("team", args=[here.branch.slug])}
    return render(request, "coordinator/team_role.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.TEAM_GRANT)
def team_revoke(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then take a role back."""
    grant = queries.find_grant(actor=here.actor, branch=here.branch, pk=pk)
    if request.method == "POST":
        try:
            actions.revoke_role(grant=grant, by=here.actor, now=here.now)
        except LastAdministrator:
            messages.error(request, _("The last administrator stays. Somebody must let others in."))
        except AboveOwnRights:
            messages.error(request, _("This role holds more than yours: you cannot take it back."))
        else:
            messages.success(request, _("The role is taken back."))
        return redirect("team", here.branch.slug)
    context = {"here": here, "grant": grant, "back": reverse("team", args=[here.branch.slug])}
    return render(request, "coordinator/team_revoke.html", context)


def _member(here: Here, pk: int) -> Any:
    """Return somebody of the team or from outside, or answer 404."""
    for known in (queries.staff_of, queries.outsiders_of):
        for login in known(actor=here.actor, branch=here.branch):
            if login.pk == pk:
                return login
    raise NotVisible
