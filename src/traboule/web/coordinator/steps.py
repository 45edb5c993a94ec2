"""Ticking a step of the page of today off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from traboule.apps.people.enums import Permission
from traboule.apps.steps import actions, queries
from traboule.web.access import Here, branch_page
from traboule.web.public.preferences import back_to


@require_POST
@branch_page(Permission.NOTES_WRITE)
def step_tick(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Tick a step off."""
    step = queries.find_step(actor=here.actor, branch=here.branch, pk=pk)
    actions.tick_step(step=step, by=here.actor, now=here.now)
    messages.success(request, _("Done."))
    return redirect(back_to(request))
