"""A person's own page, opened by the link of a message: where things stand, what they agreed to, stopping."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.actions.following import stop_application, take_consent_back
from traboule.apps.applications.queries.applications import application_behind, consents_of
from traboule.apps.applications.queries.standing import Standing, next_news_on, standing
from traboule.apps.people.enums import ConsentPurpose
from traboule.core.actors import system
from traboule.core.days import local_day
from traboule.core.links import use_link
from traboule.kernel.lifecycle import APPLICATION, IllegalMove
from traboule.web.doors import Door

# What the person reads, and what comes next.
SAYS: dict[Standing, tuple[Promise, Promise | str]] = {
    Standing.WRITING: (_("Your application is not sent yet."), ""),
    Standing.WE_CALL: (_("We have your application."), _("Somebody of the team contacts you for a talk.")),
    Standing.TALK_SOON: (_("We have a date to talk."), _("The message about it says where and when.")),
    Standing.WE_THINK: (_("We have talked."), _("The team thinks about the next step with you in mind.")),
    Standing.WELCOME: (_("You are part of the programme."), _("The team tells you about each next step.")),
    Standing.LATER: (_("Not now, perhaps later."), _("We look at it again and write to you.")),
    Standing.ANSWERED: (_("We have written to you."), _("Do you have a question? Ask the team.")),
    Standing.STOPPED: (_("Your application has stopped."), _("You may come back whenever you like.")),
}
SENTENCES: dict[str, Promise] = {
    ConsentPurpose.PROGRAMME: _("The team keeps my answers to find somebody for me."),
    ConsentPurpose.SHARING: _("The team shows my first name, work and languages to a possible duo."),
    ConsentPurpose.REFERRER_NEWS: _("The adviser who sent me knows what becomes of it."),
    ConsentPurpose.STATISTICS: _("My answers count in figures, without my name."),
}


def mine_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Show where things stand; take a consent back or stop at the press of a button."""
    row = application_behind(door.link.subject_id)
    if row is None:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    if request.method == "POST":
        _act(request, door, row)
        return redirect("door", door.secret)
    heading, text = SAYS[standing(row)]
    news, today = next_news_on(row), local_day(door.now, row.branch.timezone)
    consents = [(found, SENTENCES[found.purpose]) for found in consents_of(row)]
    context = {
        "application": row,
        "heading": heading,
        "text": text,
        "news": news,
        "is_late": news is not None and news < today,
        "consents": consents,
        "may_stop": APPLICATION.allows(row.state, "withdraw"),
        "asks": request.GET.get("ask", ""),
    }
    return render(request, "apply/mine.html", context)


def _act(request: HttpRequest, door: Door, row: object) -> None:
    purpose = request.POST.get("purpose", "")
    by = system("visitor")
    try:
        if purpose in ConsentPurpose.values:
            take_consent_back(application=row, purpose=ConsentPurpose(purpose), by=by, now=door.now)  # type: ignore[arg-type]  # edges do not import models
            messages.success(request, gettext("Done. You no longer agree to this."))
        elif request.POST.get("act") == "stop":
            stop_application(application=row, by=by, now=door.now)  # type: ignore[arg-type]  # edges do not import models
            messages.success(request, gettext("Your application has stopped. Thank you for telling us."))
        use_link(link=door.link, now=door.now)
    except IllegalMove:
        messages.error(request, gettext("This was done already."))
