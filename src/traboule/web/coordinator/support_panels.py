"""What support shows on the coordinator's page of one duo."""

from typing import Any

from django.urls import reverse

from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.people.enums import Permission
from traboule.apps.support.queries import absences
from traboule.apps.support.queries import check_ins as queries
from traboule.apps.support.queries.at_hand import AtHand
from traboule.apps.support.queries.concerns import as_lead, mark_for
from traboule.web.access import Here
from traboule.web.coordinator import support_words as words
from traboule.web.coordinator.duo_panels import DuoPanel


def concern(here: Here, duo: Any, at_hand: AtHand) -> DuoPanel | None:
    """A discreet mark for those who may read the file; everybody else can tell a worry."""
    files = mark_for(as_lead(here.actor, here.branch), duo) if at_hand.concern else []
    tell = f"{reverse('concern_new', args=[here.branch.slug])}?duo={duo.pk}"
    may_tell = here.may(Permission.NOTES_WRITE)
    if not files and not may_tell:
        return None
    hrefs = [reverse("concern", args=[here.branch.slug, row.pk]) for row in files]
    return DuoPanel("coordinator/duo/concern.html", {"files": hrefs, "tell": tell if may_tell else ""})


def check_ins(here: Here, duo: Any, _at_hand: AtHand) -> DuoPanel | None:
    """The check-ins with their days, who has spoken, and how late one is."""
    rows = queries.check_ins_of_page(duo)
    if not rows:
        return None
    lines = [
        (row, *words.lateness_of(row, here.today), [side for side in row.sides.all() if side.held_at])
        for row in rows
    ]
    return DuoPanel("coordinator/duo/check_ins.html", {"lines": lines, "slug": here.branch.slug})


def quality(_here: Here, duo: Any, at_hand: AtHand) -> DuoPanel | None:
    """How both sides judge the relation, time by time."""
    figure = words.trend(queries.trend(duo) if at_hand.pulse else [])
    return DuoPanel("coordinator/duo/quality.html", figure) if figure is not None else None


def away(here: Here, duo: Any, at_hand: AtHand) -> DuoPanel | None:
    """Who is away, who stands in, and noting it on somebody's behalf."""
    is_open = duo.state in OPEN_DUO_STATES
    rows = absences.absences_of_page(duo, here.today) if at_hand.absence else []
    standing = absences.substitutions_of(duo) if at_hand.substitution else []
    if not rows and not standing and not is_open:
        return None
    context = {
        "rows": rows,
        "substitutions": standing,
        "may_write": is_open and here.may(Permission.DUOS_WRITE),
        "slug": here.branch.slug,
        "duo": duo,
        "today": here.today,
    }
    return DuoPanel("coordinator/duo/away.html", context)
