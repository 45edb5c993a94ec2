"""Places where a branch meets people, and their rooms."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.branches import actions, queries
from traboule.apps.branches.actions import ROOM_KEYS, VENUE_KEYS, PlaceNameTaken
from traboule.apps.branches.forms import RoomForm, VenueForm
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted
from traboule.web.site import url_or_none

ANSWERS = ["GET", "HEAD", "POST"]


@require_safe
@branch_page(Permission.TRAINING_SEE)
def venues(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the places of the branch with their rooms."""
    context = {
        "here": here,
        "venues": queries.venues_of(actor=here.actor, branch=here.branch),
        "may_write": here.may(Permission.TRAINING_WRITE),
        "back": url_or_none("branch_home", here.branch.slug),
    }
    return render(request, "coordinator/venues.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_WRITE)
def venue_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Write a place down."""
    form = VenueForm(posted(request), country=here.branch.country)
    if request.method == "POST" and form.is_valid():
        try:
            venue = actions.add_venue(
                branch=here.branch, fields=form.cleaned_fields(), by=here.actor, now=here.now
            )
        except PlaceNameTaken:
            form.add_error("name", _("Another place has this name."))
        else:
            messages.success(request, _("The place is written down. Now add a room."))
            return redirect("room_new", here.branch.slug, venue.pk)
    return _form(request, here, form, _("Add a place"))


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_WRITE)
def venue_edit(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Correct a place."""
    venue = queries.find_venue(actor=here.actor, branch=here.branch, pk=pk)
    first = {name: getattr(venue, name) for name in VENUE_KEYS}
    form = VenueForm(posted(request), initial=first, country=here.branch.country)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_venue(venue=venue, fields=form.cleaned_fields(), by=here.actor, now=here.now)
        except PlaceNameTaken:
            form.add_error("name", _("Another place has this name."))
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("venues", here.branch.slug)
    return _form(request, here, form, _("Correct %(name)s") % {"name": venue})


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_WRITE)
def room_new(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Add a room to a place."""
    venue = queries.find_venue(actor=here.actor, branch=here.branch, pk=pk)
    form = RoomForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_room(venue=venue, fields=form.cleaned_data, by=here.actor, now=here.now)
        except PlaceNameTaken:
            form.add_error("name", _("Another room of this place has this name."))
        else:
            messages.success(request, _("The room is added."))
            return redirect("venues", here.branch.slug)
    return _form(request, here, form, _("Add a room to %(name)s") % {"name": venue})


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_WRITE)
def room_edit(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Correct a room."""
    room = queries.find_room(actor=here.actor, branch=here.branch, pk=pk)
    form = RoomForm(posted(request), initial={name: getattr(room, name) for name in ROOM_KEYS})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_room(room=room, fields=form.cleaned_data, by=here.actor, now=here.now)
        except PlaceNameTaken:
            form.add_error("name", _("Another room of this place has this name."))
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("venues", here.branch.slug)
    return _form(request, here, form, _("Correct %(name)s") % {"name": room})


def _form(request: HttpRequest, here: Here, form: forms.Form, title: Any) -> HttpResponse:
    context = {
        "here": here,
        "form": form,
        "title": title,
        "back": reverse("venues", args=[here.branch.slug]),
        "back_text": pgettext("where we meet", "Places"),
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)
