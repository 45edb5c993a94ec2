"""A coordinator leaves: her duos go to a colleague, all or some, with what is open about them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from traboule.apps.duos.actions import CannotFollow, hand_over_duos
from traboule.apps.duos.forms import HandOverForm
from traboule.apps.duos.queries.followed import hand_over_of
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.DUOS_WRITE)
def team_hand_over(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Choose duos and a colleague; both lists say by name what moves."""
    found = hand_over_of(actor=here.actor, branch=here.branch, pk=pk)
    names = [(duo.pk, f"{duo.mentee.display_name} & {duo.mentor.display_name}") for duo in found.duos]
    form = HandOverForm(
        posted(request),
        colleagues=[(login.pk, str(login)) for login in found.colleagues],
        duos=names,
        initial={"duos": [duo for duo, _name in names]},
    )
    if request.method == "POST" and form.is_valid():
        to = next(login for login in found.colleagues if login.pk == form.cleaned_data["to"])
        try:
            count = hand_over_duos(
                branch=here.branch, of=found.login, to=to, duos=form.cleaned_data["duos"],
                by=here.actor, now=here.now,
            )  # fmt: skip
        except CannotFollow:
            form.add_error("to", gettext("This colleague cannot follow duos here."))
        else:
            said = ngettext("%(count)s duo goes to %(name)s.", "%(count)s duos go to %(name)s.", count) % {
                "count": count,
                "name": to,
            }
            messages.success(request, said)
            return redirect("team", here.branch.slug)
    context = {
        "here": here,
        "form": form,
        "title": gettext("Hand over the duos of %(name)s") % {"name": found.login},
        "lede": gettext("What is open about these duos goes along. Mentors and mentees hear nothing."),
        "back": reverse("team", args=[here.branch.slug]),
        "back_text": gettext("Team"),
        "act": gettext("Hand over"),
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)
