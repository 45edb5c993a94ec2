"""The path in figures: how many at each step, for how long, where people stop and why."""

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateformat import format as written
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from traboule.apps.applications.enums_judging import Reason
from traboule.apps.applications.queries import funnel as arrivals
from traboule.apps.pairing.queries import firsts
from traboule.apps.people.enums import Permission, Side
from traboule.apps.training.queries import path as training
from traboule.core.remember import remembered
from traboule.kernel.path import EVERY, Figures, Journey, StepFigures, figures
from traboule.web.access import Here, branch_page
from traboule.web.components.path_figures import path_picture

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
}
# Some come without a session; mentees are not screened. Who went around a step is not counted at it.
OPTIONAL = frozenset({arrivals.SESSION, training.SCREENED, training.TRAINING})
OF_MENTORS = frozenset({training.SCREENED, training.TRAINING})
REASONS: dict[str, Promise | str] = {
    **{reason.value: reason.label for reason in Reason},
    "refused": _("refused"),
    "deferred": _("put off"),
    "withdrawn": _("withdrawn by the person"),
    arrivals.LEFT: _("left"),
}


class FunnelForm(forms.Form):
    """Which side, and which month of first contact."""

    side = forms.ChoiceField(label=_("Side"), required=False)
    cohort = forms.ChoiceField(label=_("Month of first contact"), required=False)

    def __init__(self, *args: object, found: Figures) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # the data of the address
        both = (EVERY, gettext("both"))
        self.fields["side"].choices = [both, *Side.choices]  # type: ignore[attr-defined]  # a choice field
        months = [(cohort, say_month(cohort)) for cohort in reversed(found.cohorts)]
        self.fields["cohort"].choices = [(EVERY, gettext("all")), *months]  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> tuple[str, str]:
        """Return side and cohort; what is not on the list shows everybody."""
        return (self.cleaned_data["side"], self.cleaned_data["cohort"]) if self.is_valid() else (EVERY, EVERY)


def say_month(cohort: str) -> str:
    """Return "March 2026" for "2026-03"."""
    # Translators: Django date format; F = month, Y = year.
    return written(date.fromisoformat(f"{cohort}-01"), pgettext("month format", "F Y"))


def figures_of(here: Here) -> Figures:
    """Return all figures of the branch; the page shows one slice."""
    found = arrivals.paths(actor=here.actor, branch=here.branch)
    days = (
        *training.first_days(actor=here.actor, branch=here.branch),
        *firsts.first_days(actor=here.actor, branch=here.branch),
    )
    for person, side, step, day in days:
        path = found.setdefault((person, side), arrivals.PathOf(person, side))
        path.enter(step, day)
    journeys = [
        Journey(path.person, path.side, path.entered, "" if firsts.DUO in path.entered else path.stopped)
        for path in arrivals.drawn(found)
    ]
    return figures(journeys, tuple(STEPS), OPTIONAL)


def _why(step: StepFigures) -> list[tuple[str, int | None]]:
    return [(str(REASONS.get(code, code)), number) for code, number in step.reasons if number is not None]


@require_safe
@branch_page(Permission.FIGURES_SEE)
def funnel(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the picture of one slice and the same as a table."""
    # What hides small cells looks at all slices at once: too much work for each look at one of them.
    found = remembered(here.branch.pk, "funnel", lambda: figures_of(here))
    form = FunnelForm(request.GET, found=found)
    side, cohort = form.chosen()
    steps = [
        (str(STEPS[step.step]), step)
        for step in found.of(side, cohort)
        if side != Side.MENTEE or step.step not in OF_MENTORS
    ]
    context = {
        "here": here,
        "form": form,
        "picture": path_picture(steps),
        "lines": [(name, step, _why(step)) for name, step in steps],
        "is_filtered": bool(side or cohort),
    }
    return render(request, "rights/funnel.html", context)
