"""The way in: where a visitor lands, and the one-click sign-in of the demo."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login as sign_in
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.branches.queries import places
from traboule.apps.people.enums import Role
from traboule.apps.people.queries import actor_of, demo_logins
from traboule.apps.people.queries.own import own_person
from traboule.web.site import BRANCH_KEY, first_page

WHAT_THEY_DO = {
    Role.COORDINATOR: _("Meets people, proposes duos, keeps in touch. Start here."),
    Role.DIRECTOR: _("Sees the whole branch and invites the team."),
    Role.ADMINISTRATOR: _("Opens branches and gives roles."),
    Role.DPO: _("Checks who may see what, and why."),
    Role.MENTOR: _("Gives two hours a week. Sees where they are, and what is written."),
    Role.MENTEE: _("Looks for work. Sees where they are, and what is written."),
    Role.REFERRER: _("Sends young people to the programme, and hears what became of them."),
    Role.FUNDER: _("Pays for results, and sees the path in figures."),
    Role.EVALUATOR: _("Writes the plan before the data, judges the result. Sees no name."),
}


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send everybody to their first page: visitors to the public pages, people who signed in to their own."""
    if not request.user.is_authenticated:
        if settings.TRABOULE_DEMO:
            return redirect("demo_sign_in")
        return redirect("site_places" if places().exists() else settings.LOGIN_URL)
    page = first_page(actor_of(request.user), request.session.get(BRANCH_KEY, ""))
    if page is None and own_person(request.user) is not None:
        return redirect("my_place")
    return HttpResponseRedirect(page) if page else render(request, "public/welcome.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """List the people of the demo; a click signs in as one of them. Exists in the demo only."""
    if not settings.TRABOULE_DEMO:
        raise Http404
    people = list(demo_logins())
    if request.method == "POST":
        chosen = next((p for p in people if str(p.pk) == request.POST.get("login")), None)
        if chosen is None:
            raise Http404
        sign_in(request, chosen, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("home")
    order = list(WHAT_THEY_DO)
    cards: list[dict[str, Any]] = []
    for person in people:
        grants = sorted(person.grants.all(), key=lambda grant: order.index(Role(grant.role)))
        role = Role(grants[0].role) if grants else None
        where = ", ".join(
            sorted({grant.branch.name if grant.branch else gettext("All branches") for grant in grants})
        )
        cards.append(
            {"login": person, "role": role, "where": where, "does": WHAT_THEY_DO[role] if role else ""}
        )
    cards.sort(key=lambda card: (order.index(card["role"]) if card["role"] else 99, card["login"].pk))
    return render(request, "public/demo_sign_in.html", {"cards": cards})
