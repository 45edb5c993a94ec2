"""What a draft warns of before it is issued."""

from typing import Any

from django.utils.translation import gettext, ngettext

from traboule.apps.indicators.words import name_of
from traboule.apps.reports.files.words import day
from traboule.apps.reports.queries.content import Content
from traboule.kernel.indicators import Figure, Said
from traboule.kernel.indicators.changes import Change

HALF = 0.5


def warnings_of(draft: Any, content: Content, before: Any, changed: tuple[Change, ...]) -> list[str]:
    """Return what somebody should know: few known, hidden, defined otherwise, days out of order."""
    found = [
        *_few_known(content.figures.values()),
        *_too_few(content.figures.values()),
        *_hidden(content),
        *_otherwise(changed),
    ]
    if before is not None and draft.as_of <= before.as_of:
        said = {"number": before.number, "day": day(before.as_of)}
        text = gettext("Report %(number)s of this kind is as of %(day)s. This one is not newer.")
        found.append(text % said)
    if before is not None and draft.first <= before.last:
        found.append(gettext("The period overlaps that of report %(number)s.") % {"number": before.number})
    return found


def _few_known(figures: Any) -> list[str]:
    names = [name_of(one.definition.name) for one in figures if one.n and one.known < HALF * one.n]
    text = gettext("Of more than half it is not known: %(names)s.")
    return [text % {"names": _listed(names)}] if names else []


def _too_few(figures: Any) -> list[str]:
    names = [name_of(one.definition.name) for one in figures if _is_small(one)]
    text = gettext("Too few people, so that no figure is shown: %(names)s.")
    return [text % {"names": _listed(names)}] if names else []


def _is_small(found: Figure) -> bool:
    return 0 < found.n < found.definition.floor or found.numbers.said is Said.TOO_FEW


def _hidden(content: Content) -> list[str]:
    n = sum(table.hidden for table in content.tables)
    text = ngettext(
        "%(n)s group of the tables shows no number: few people, or an earlier report would give them away.",
        "%(n)s groups of the tables show no number: few people, or an earlier report would give them away.",
        n,
    )
    return [text % {"n": n}] if n else []


def _otherwise(changed: tuple[Change, ...]) -> list[str]:
    names = [name_of(change.name) for change in changed if change.fields]
    text = gettext("Defined otherwise than in the last report, so not compared: %(names)s.")
    return [text % {"names": _listed(names)}] if names else []


def _listed(names: list[str]) -> str:
    return "; ".join(names)
