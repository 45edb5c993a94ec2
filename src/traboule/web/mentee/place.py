"""My place: where somebody stands, what is written about them, a word to the team. By a link or signed in.

The same page for mentees and mentors. A link of a message opens it without a sign-in (right ``my.place``, the
person as subject); it changes nothing until a button is pressed.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from traboule.apps.applications.actions import leaving
from traboule.apps.applications.queries.applications import application_behind
from traboule.apps.applications.queries.standing import Standing as OwnStanding
from traboule.apps.applications.queries.standing import standing
from traboule.apps.applications.queries.where import Stage, where_is
from traboule.apps.duos.queries import ended_well
from traboule.apps.endings.queries.endings import Waiting, asked_after_a_duo, waiting_for
from traboule.apps.expenses.queries.claims import open_claims
from traboule.apps.people.actions.own import MY_PLACE, NoAddressForChannel, choose_how_to_hear
from traboule.apps.people.enums import Channel, Side
from traboule.apps.people.forms.own import HearForm
from traboule.apps.people.queries import actor_of
from traboule.apps.people.queries.own import own_page, own_person, person_of_link
from traboule.apps.support.queries.absences import branches_of_place
from traboule.apps.support.queries.at_hand import at_hand_of
from traboule.apps.support.queries.check_ins import shared_with
from traboule.core.actors import system
from traboule.core.days import local_day
from traboule.core.languages import interface
from traboule.web.doors import Door
from traboule.web.duo import calendar_pages, ending_pages, ending_panels, support_pages, which
from traboule.web.duo import pages as duo_pages
from traboule.web.duo.agreement_door import own_agreement
from traboule.web.duo.panels import Panel, Standing, panels_of
from traboule.web.duo.plan import from_my_place
from traboule.web.duo.plan_panel import plan_after
from traboule.web.kept import drawn_with_forms, kept_for, with_token
from traboule.web.languages import chosen, for_everybody, speak
from traboule.web.mentee import follow_up, found, slots
from traboule.web.mentee import path as mentee_path
from traboule.web.mentee.agreed import show_agreed, take_back
from traboule.web.mentee.application_words import said_of
from traboule.web.mentee.visit import Visit
from traboule.web.mentee.wishes import drop_wish, say_wish, show_wishes
from traboule.web.mentee.written import written
from traboule.web.mentor import expenses, gatherings
from traboule.web.mentor import path as mentor_path
from traboule.web.public.preferences import A_YEAR

Show = Callable[[HttpRequest, Visit], HttpResponse]


def open_my_place(request: HttpRequest, door: Door) -> HttpResponse:
    """Open the place of the person of a link, in their language unless they chose another one here."""
    person = person_of_link(door.link.subject_id, door.link.scope)
    if person is None:
        return render(request, "public/link_over.html", {"ended": False}, status=404)
    speak(request, chosen(request) or interface(person.contact_language))
    return _answer(request, Visit(person, system(MY_PLACE), door.now, door.link))


def open_mine(request: HttpRequest, door: Door) -> HttpResponse:
    """Open the same place by the link of an application: links that were sent long ago still work."""
    row = application_behind(door.link.subject_id)
    person = person_of_link(str(row.person_id), row.branch_id) if row is not None else None
    if person is None:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    speak(request, chosen(request) or interface(person.contact_language))
    return _answer(request, Visit(person, system(MY_PLACE), door.now, door.link))


@require_http_methods(["GET", "HEAD", "POST"])
@for_everybody
def my_place(request: HttpRequest) -> HttpResponse:
    """Open the place of whoever has signed in; staff without a place of their own are welcomed."""
    person = own_person(request.user)
    if person is None:
        return render(request, "public/welcome.html")
    return _answer(request, Visit(person, actor_of(request.user), timezone.now()))


def _answer(request: HttpRequest, visit: Visit) -> HttpResponse:
    return which.kept(request, _page(request, visit))


def _page(request: HttpRequest, visit: Visit) -> HttpResponse:
    if "plan" in request.GET:
        return from_my_place(request, person=visit.person, by=visit.by, now=visit.now, link=visit.link)
    if request.GET.get("show") == "agreement":
        return own_agreement(request, visit)
    if request.GET.get("show") == follow_up.SHOW:
        return follow_up.show_mine(request, visit)
    if request.method == "POST":
        # A page of before that is still open sends a purpose alone.
        asked = request.POST.get("act") or ("take_back" if "purpose" in request.POST else "")
        act = ACTS.get(asked) or _of_duo(request, visit, duo_pages.ACTS.get(asked))
        return act(request, visit) if act is not None else HttpResponseRedirect(request.path)
    wanted = request.GET.get("show", "")
    show = PAGES.get(wanted) or _of_duo(request, visit, duo_pages.PAGES.get(wanted)) or _show_place
    return show(request, visit)


def _headline(visit: Visit, stage: Stage, words: Any) -> str:
    """Return the sentence on top; after a duo that ended well it speaks of that, not of an end."""
    is_done = stage == Stage.ASIDE and ended_well(visit.person.pk)
    return str(_("Your time as a duo is done") if is_done else words.headline(stage))


def _show_place(request: HttpRequest, visit: Visit) -> HttpResponse:
    if visit.link is not None or request.GET:
        body = _drawn(request, visit)  # a link has an address of its own
    else:
        person, today = visit.person, local_day(visit.now, visit.person.branch.timezone)
        name = f"place {person.pk} in {person.branch_id}"
        branches = partial(branches_of_place, person, today)
        body = kept_for(name, branches, visit.now, lambda: _drawn(request, visit))
    return render(request, "mentee/place.html", {"body": with_token(request, body)})


def _drawn(request: HttpRequest, visit: Visit) -> SafeString:
    return drawn_with_forms(request, "mentee/_place.html", _place(request, visit))


def _place(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """Return what the place of somebody shows."""
    duos = which.duos_of(visit)
    own = visit.person.pk
    where = where_is(visit.person, together=any(own in (duo.mentee_id, duo.mentor_id) for duo in duos))
    words = mentor_path if where.side == Side.MENTOR else mentee_path
    application = where.latest
    later = application is not None and standing(application) == OwnStanding.LATER
    waits = where.stage not in (Stage.ASIDE, Stage.TOGETHER) or later
    news = slots.next_news(visit.person.pk) if waits else None
    heading, text = said_of(application)
    today = local_day(visit.now, visit.person.branch.timezone)
    duo = which.chosen(request, duos)
    return {
        "person": visit.person,
        "headline": _headline(visit, where.stage, words),
        "steps": words.steps(where.stage),
        # The headline says it in the words of the path; beside it, what was said of the application.
        "heading": heading if where.stage == Stage.ASIDE else "",
        "text": text if where.stage in (Stage.TALK, Stage.ANSWER, Stage.ASIDE) else "",
        "is_late": news is not None and news < today,
        "searches": where.stage == Stage.SEARCH,
        "may_stop": where.stage != Stage.ASIDE,
        "news": news,
        "panels": _panels(visit, duo, duos),
        "duo": duo,
        "duos": [(row, row.mentor if row.mentee_id == own else row.mentee) for row in duos],
        "of_duo": which.of_duo(duos, duo),
    }


def _panels(visit: Visit, duo: Any, duos: list[Any]) -> list[Panel]:
    """What their duo brings to the page, while they are in one."""
    standing, waiting = _standing_and_waiting(visit, duo)
    above, below = ending_panels.around(visit.person, waiting)
    below = [*found.panels(visit, duos), *below]
    if standing is None:  # the plan stays hers after the duo, too
        after = plan_after(visit.person, local_day(visit.now, visit.person.branch.timezone))
        return [*follow_up.panels(visit), *above, *after, *below]
    return [*above, *panels_of(standing), *below]


def _of_duo(request: HttpRequest, visit: Visit, show: duo_pages.DuoPage | None) -> Show | None:
    """A page or an act that belongs to their duo; None outside of one."""
    standing = _standing(visit, which.duo_of(request, visit)) if show is not None else None
    if show is None or standing is None:
        return None
    found, here = show, standing
    return lambda request, _visit: found(request, here)


def _standing(visit: Visit, duo: Any) -> Standing | None:
    return _standing_and_waiting(visit, duo)[0]


def _standing_and_waiting(visit: Visit, duo: Any) -> tuple[Standing | None, Waiting]:
    """Return where somebody stands in a duo, and what waits for them from ends of duos; one query."""
    own = visit.person.pk
    asked = asked_after_a_duo(own)
    if duo is None:
        return None, waiting_for(own, asked)
    # Whoever stands in for the mentor stands on the mentor's side, too.
    side = Side.MENTEE if duo.mentee_id == own else Side.MENTOR
    also = asked | ({"expense": open_claims(own)} if side == Side.MENTOR else {})
    found = at_hand_of(own, duo, visit.now, also)
    today = local_day(visit.now, duo.branch.timezone)
    standing = Standing(visit.person, duo, side, visit.by, visit.now, today, visit.link, found)
    return standing, Waiting(**found.more)


def _show_written(request: HttpRequest, visit: Visit) -> HttpResponse:
    page = own_page(visit.person)
    said = shared_with(visit.person)
    return render(request, "mentee/written.html", {"page": page, "facts": written(page), "said": said})


def _show_hear(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _hear_page(request, visit, None)


def _hear_page(request: HttpRequest, visit: Visit, form: HearForm | None) -> HttpResponse:
    now = {"language": interface(visit.person.contact_language), "channel": visit.person.channel}
    shown = form or HearForm(initial=now)
    return render(request, "mentee/hear.html", {"form": shown}, status=422 if shown.errors else 200)


def _show_stop(request: HttpRequest, visit: Visit) -> HttpResponse:
    return render(request, "mentee/stop.html")


def _talk(request: HttpRequest, visit: Visit) -> HttpResponse:
    with transaction.atomic():
        visit.count()
        leaving.ask_to_talk(person=visit.person, by=visit.by, now=visit.now)
    messages.success(request, _("We have heard you. Somebody of the team contacts you by tomorrow."))
    return HttpResponseRedirect(request.path)


def _stop(request: HttpRequest, visit: Visit) -> HttpResponse:
    with transaction.atomic():
        visit.count()
        leaving.stop(person=visit.person, by=visit.by, now=visit.now)
    messages.success(request, _("It is noted: you stop. You may come back whenever you like."))
    return HttpResponseRedirect(request.path)


def _hear(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = HearForm(request.POST)
    if not form.is_valid():
        return _hear_page(request, visit, form)
    said = form.cleaned_data
    try:
        with transaction.atomic():
            visit.count()
            choose_how_to_hear(
                person=visit.person,
                language=said["language"],
                channel=Channel(said["channel"]),
                by=visit.by,
                now=visit.now,
            )
    except NoAddressForChannel:
        form.add_error("channel", _("We have no address for this way. Ask the team to add it."))
        return _hear_page(request, visit, form)
    with override(said["language"]):
        messages.success(request, _("It is noted. We write to you like this from now on."))
    response = HttpResponseRedirect(request.path)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        said["language"],
        max_age=A_YEAR,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response


ACTS: dict[str, Show] = {
    "talk": _talk,
    "hear": _hear,
    "stop": _stop,
    "say_wish": say_wish,
    "drop_wish": drop_wish,
    "take_back": take_back,
    **gatherings.ACTS,
    **expenses.ACTS,
    **support_pages.ACTS,
    **calendar_pages.ACTS,
    **ending_pages.ACTS,
    **found.ACTS,
}
PAGES: dict[str, Show] = {
    "written": _show_written,
    "hear": _show_hear,
    "stop": _show_stop,
    "wishes": show_wishes,
    "agreed": show_agreed,
    **expenses.SHOWS,
    **support_pages.PAGES,
    **calendar_pages.PAGES,
    **ending_pages.PAGES,
    **found.PAGES,
}
