"""Indicators: each figure with its definition and all that belongs beside it; small numbers are hidden."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from traboule.api.gate import Reader, reader_of
from traboule.api.schemas import Indicator, Indicators, IndicatorsFilter
from traboule.api.serving import open_resource, unchanged
from traboule.api.statuses import ALIKE, ANSWERS
from traboule.apps.access.enums import Resource
from traboule.apps.access.rules import fields_of
from traboule.apps.indicators.queries.figures import figures_of
from traboule.kernel.indicators import Figure, Said, Verdict, without_small_numbers

router = Router(tags=["indicators"])
UNKNOWN = (Verdict.UNKNOWN, Verdict.UNREACHABLE, Verdict.BELOW_GRADE)
Figures = Mapping[str, Figure]


@router.get(
    "", response={200: Indicators, **ANSWERS}, url_name="api_indicators", operation_id="indicators", **ALIKE
)
def indicators(request: HttpRequest, response: HttpResponse, asked: Query[IndicatorsFilter]) -> Any:
    """All figures of the branch on one day: the end of the month before."""
    reader = reader_of(request)
    open_resource(request, reader, Resource.INDICATORS, IndicatorsFilter)
    if (same := unchanged(request, response, reader)) is not None:
        return same
    day = month_end(asked.as_of, reader.today)
    return {"as_of": day, "items": [_tell(one, reader) for one in _figures(reader, day).values()]}


@router.get(
    "/{name}",
    response={200: Indicator, **ANSWERS},
    url_name="api_indicator",
    operation_id="indicator",
    **ALIKE,
)
def indicator(request: HttpRequest, response: HttpResponse, name: str, asked: Query[IndicatorsFilter]) -> Any:
    """One figure by the name of its definition."""
    reader = reader_of(request)
    open_resource(request, reader, Resource.INDICATORS, IndicatorsFilter)
    if (same := unchanged(request, response, reader)) is not None:
        return same
    found = _figures(reader, month_end(asked.as_of, reader.today)).get(name)
    if found is None:
        raise Http404
    return _tell(found, reader)


def month_end(asked: date | None, today: date) -> date:
    """Return the last day of the month before a day; a day to come is read as today.

    Figures of two neighbouring days would show what became of the one person whose window closed in between.
    """
    day = min(asked, today) if asked is not None else today
    return day.replace(day=1) - timedelta(days=1)


def _figures(reader: Reader, day: date) -> Figures:
    """Return the figures of a branch by the definitions in force on that day."""
    return figures_of(actor=reader.actor, branch=reader.branch, as_of=day)


def _tell(found: Figure, reader: Reader) -> dict[str, Any]:
    plain = _plain(without_small_numbers(found))
    return {name: plain[name] for name in fields_of(reader.token.purpose, Resource.INDICATORS)}


def _plain(found: Figure) -> dict[str, Any]:
    numbers, hidden, floor = found.numbers, found.numbers.said is Said.TOO_FEW, found.definition.floor

    def count(number: int) -> int | None:
        return None if hidden else number

    return {
        "name": found.definition.name,
        "version": found.definition.version,
        "sha256": found.definition.fingerprint,
        "definition": found.definition.plain,
        "as_of": found.as_of,
        "says": numbers.said.value,
        "value": numbers.value,
        "low": numbers.low,
        "high": numbers.high,
        "interval": numbers.interval.value,
        "least": numbers.least,
        "most": numbers.most,
        "n": count(found.n),
        "known": count(found.known),
        "refused": count(found.count(Verdict.REFUSED)),
        "unknown": count(found.count(*UNKNOWN)),
        "not_due": None if 0 < found.not_due < floor else count(found.not_due),
    }
