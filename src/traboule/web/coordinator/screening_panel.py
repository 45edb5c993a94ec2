"""What the screening of a mentor shows, on the page of an application and on the mentor's own page."""

from dataclasses import dataclass
from typing import Any

from traboule.apps.applications.queries import screening
from traboule.apps.applications.screening_enums import ReferenceState, Trust
from traboule.apps.people.enums import Permission, Side
from traboule.apps.training.queries import readiness
from traboule.kernel.readiness import is_ready
from traboule.web.access import Here
from traboule.web.components.squares import squares
from traboule.web.coordinator import readiness_words as words
from traboule.web.coordinator.panels import Panel

KINDS: dict[str, str] = {
    ReferenceState.ASKED: "calm",
    ReferenceState.CALL: "waiting",
    ReferenceState.ANSWERED: "good",
    ReferenceState.EXPIRED: "urgent",
    ReferenceState.WITHDRAWN: "calm",
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check, and whether the reader may take the second look."""

    check: Any
    is_mine: bool


def reference_kind(reference: Any) -> str:
    """The kind of badge: a doubt is amber though an answer came."""
    if reference.state == ReferenceState.ANSWERED and reference.trust != Trust.YES:
        return "waiting"
    return KINDS.get(reference.state, "calm")


def screening_context(here: Here, person: Any) -> dict[str, Any]:
    """Return what `training/_screening.html` shows; nothing to a reader who may not see it."""
    if not here.may(Permission.SCREENING_SEE):
        return {"screening": None}
    found = screening.screening_page(actor=here.actor, branch=here.branch, person=person)
    return {
        "screening": found,
        "references": [(row, reference_kind(row)) for row in found.references],
        "checks": [CheckLine(row, row.noted_by_id == here.actor.id) for row in found.checks],
        "may_screen": here.may(Permission.SCREENING_WRITE),
        "may_approve": here.may(Permission.SCREENING_APPROVE),
    }


def screening_panel(here: Here, application: Any) -> Panel | None:
    """What the page of a mentor's application shows of the screening."""
    person = application.person
    if application.side != Side.MENTOR or person is None or not here.may(Permission.SCREENING_SEE):
        return None
    return Panel(
        "screening", "training/_screening.html", {"person": person, **screening_context(here, person)}
    )


def readiness_panel(here: Here, application: Any) -> Panel | None:
    """What the page of a mentor's application shows of the conditions and of the training."""
    person = application.person
    if application.side != Side.MENTOR or person is None or not here.may(Permission.TRAINING_SEE):
        return None
    found = readiness.lines_of(branch=here.branch, persons=[person], today=here.today)[0]
    context = {
        "person": person,
        "conditions": [words.line(state, here, person.pk) for state in found.states],
        "is_ready": is_ready(found.states),
        "squares": squares(found.squares),
    }
    return Panel("readiness", "training/_readiness.html", context)
