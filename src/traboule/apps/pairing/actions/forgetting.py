"""What the declarations cannot say about erasing a person: ids inside the stored computations of others."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from traboule.apps.pairing.models import MatchRun, Proposal, RunMentee, RunOption
from traboule.apps.people.models import Person

_BY_ID = ("mentees", "mentors", "mentee_price", "mentor_price", "bonus")
_LISTS = ("unmatched_mentees", "unmatched_mentors")
_NAMES = ("mentee", "mentor", "before", "after")


def erase(person_id: int, now: datetime) -> None:
    """Take a person out of runs, near misses, changes and options shown, in the person's branch."""
    branch_id = Person.everywhere.filter(pk=person_id).values_list("branch_id", flat=True).first()
    if branch_id is None:
        return
    runs = MatchRun.everywhere.filter(branch_id=branch_id)
    inside = {"run__branch_id": branch_id}
    _rewrite(runs, "inputs", person_id, _from_figures)
    _rewrite(runs, "report", person_id, _from_figures)
    _rewrite(RunMentee.everywhere.filter(**inside), "limits", person_id, _from_lists)
    _rewrite(RunOption.everywhere.filter(**inside), "changes", person_id, _from_lists)
    _rewrite(Proposal.everywhere.filter(branch_id=branch_id), "options_shown", person_id, _from_lists)


def _rewrite(rows: models.QuerySet[Any], name: str, person_id: int, clean: Callable[[Any, int], Any]) -> None:
    naming = rows.annotate(said=Cast(name, models.TextField())).filter(said__contains=str(person_id))
    changed = []
    for row in naming.only("pk", name).iterator(chunk_size=500):
        before = getattr(row, name)
        after = clean(before, person_id)
        if after != before:
            setattr(row, name, after)
            changed.append(row)
    rows.model._base_manager.bulk_update(changed, [name], batch_size=100)


def _from_figures(value: Any, person_id: int) -> Any:
    """Drop the figures that stand under the id of a person; sums and the proof stay."""
    if not isinstance(value, dict):
        return value
    kept = dict(value)
    for name in _BY_ID:
        if isinstance(kept.get(name), dict):
            kept[name] = {key: part for key, part in kept[name].items() if key != str(person_id)}
    for name in _LISTS:
        if isinstance(kept.get(name), list):
            kept[name] = [part for part in kept[name] if str(part) != str(person_id)]
    return kept


def _from_lists(value: Any, person_id: int) -> Any:
    """Drop the entries of lists that name a person, at any depth."""
    if isinstance(value, list):
        return [_from_lists(part, person_id) for part in value if not _is_about(part, person_id)]
    if isinstance(value, dict):
        return {key: _from_lists(part, person_id) for key, part in value.items()}
    return value


def _is_about(value: Any, person_id: int) -> bool:
    return isinstance(value, dict) and any(str(value.get(name)) == str(person_id) for name in _NAMES)
