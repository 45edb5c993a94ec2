"""The path in figures: how many at each step, for how long, where people stop and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from traboule.apps.applications.enums_judging import Reason
from traboule.apps.applications.queries import funnel as arrivals
from traboule.apps.indicators.queries import path as whole
from traboule.apps.indicators.queries.path import figures_of_path
from traboule.apps.pairing.queries import firsts
from traboule.apps.people.enums import Permission, Side
from traboule.apps.training.queries import path as training
from traboule.core.remember import remembered
from traboule.kernel.path import EVERY, StepFigures
from traboule.web.access import Here, branch_page
from traboule.web.components.path_figures import path_picture
from traboule.web.coordinator.funnel_cohorts import cohorts_of

STEPS: dict[str, Promise] = {
    arrivals.CONTACT: _("First contact"),
    arrivals.SESSION: _("Came to an information session"),
    arrivals.SENT: _("Application sent"),
    arrivals.TALK: _("Talk held"),
    arrivals.ACCEPTED: _("Accepted"),
    training.SCREENED: _("Screening done"),
    training.TRAINING: _("Training begun"),
    arrivals.READY: _("Ready"),
    firsts.PROPOSAL: _("Proposal"),
    firsts.DUO: _("Duo"),
    whole.COMPLETED: _("Six months done"),
    whole.RESULT: _("Job, internship or training"),
}
SIDES: dict[str, Promise] = {Side.MENTOR: _("Mentors"), Side.MENTEE: _("Mentees")}
# Mentees are not screened; what comes after the first duo is told of mentees only.
OF_ONE_SIDE = {
    **dict.fromkeys((training.SCREENED, training.TRAINING), Side.MENTOR),
    **dict.fromkeys((whole.COMPLETED, whole.RESULT), Side.MENTEE),
}
REASONS: dict[str, Promise | str] = {
    **{reason.value: reason.label for reason in Reason},
    "refused": _("refused"),
    "deferred": _("put off"),
    "withdrawn": _("withdrawn by the person"),
    arrivals.LEFT: _("left"),
    whole.DUO_OVER: _("the duo ended early"),
}


class FunnelForm(forms.Form):
    """Which side, and which cohort: people who began together, or who came the same way."""

    side = forms.ChoiceField(label=_("Side"), required=False)
    cohort = forms.ChoiceField(label=_("Who"), required=False)

    def __init__(self, *args: object, cohorts: Sequence[tuple[Any, Sequence[tuple[str, str]]]]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # the data of the address
        both = (EVERY, gettext("both"))
        self.fields["side"].choices = [both, *Side.choices]  # type: ignore[attr-defined]  # a choice field
        self.fields["cohort"].choices = [(EVERY, gettext("all")), *cohorts]  # type: ignore[attr-defined]  # a choice field
        self.names = {code: name for _family, rows in cohorts for code, name in rows}

    def chosen(self) -> tuple[str, str]:
        """Return side and cohort; what is not on the list shows everybody."""
        return (self.cleaned_data["side"], self.cleaned_data["cohort"]) if self.is_valid() else (EVERY, EVERY)

    def said(self) -> str:
        """Say whom the page shows, in words; empty for everybody."""
        side, cohort = self.chosen()
        parts = [str(SIDES[side]) if side else "", self.names.get(cohort, "")]
        return " · ".join(part for part in parts if part)


def _why(step: StepFigures) -> list[tuple[str, int | None]]:
    return [(str(REASONS.get(code, code)), number) for code, number in step.reasons if number is not None]


@require_safe
@branch_page(Permission.FIGURES_SEE)
def funnel(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the picture of one slice and the same as a table."""
    # What hides small cells looks at all slices at once: too much work for each look at one of them.
    found, paths = remembered(
        here.branch.pk, "funnel", lambda: figures_of_path(actor=here.actor, branch=here.branch)
    )
    sees = here.may(Permission.PARTNERS_SEE)
    form = FunnelForm(
        request.GET, cohorts=cohorts_of(found, paths, here.branch.timezone, names_partners=sees)
    )
    side, cohort = form.chosen()
    steps = [
        (str(STEPS[step.step]), step)
        for step in found.of(side, cohort)
        if not side or OF_ONE_SIDE.get(step.step, side) == side
    ]
    context = {
        "here": here,
        "form": form,
        "picture": path_picture(steps),
        "lines": [(name, step, _why(step)) for name, step in steps],
        "is_filtered": bool(side or cohort),
        "shown": form.said(),
    }
    return render(request, "rights/funnel.html", context)
