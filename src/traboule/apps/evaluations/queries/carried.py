"""The rows of a checked file on their way through the reader's own browser: signed, so that nobody changes
them between the preview and the computation, and never written down by the server (ADR 0029)."""

from datetime import timedelta
from typing import Any

from django.core import signing

from traboule.apps.evaluations.models import EvaluationPlan
from traboule.apps.evaluations.queries.comparison import Rows
from traboule.core.actors import Actor

KEPT_FOR = timedelta(hours=1)
MOST_SIGNS = 2_000_000
"""Django takes forms of 2.5 MB; what is longer goes to the command."""


class NotCarried(ValueError):
    """What came back is not what was sent out, is too old, or belongs to another plan or reader."""


def carry(rows: Rows, plan: EvaluationPlan, actor: Actor) -> str | None:
    """Return the rows as one signed text, or None when that is too long for a form."""
    content: dict[str, Any] = {
        "digest": rows.digest,
        "names": rows.names,
        "columns": [[_short(value) for value in column] for column in rows.columns],
        "dropped": rows.dropped,
        "unknown": rows.unknown,
        "known": rows.known,
        "lost": [[_short(value) for value in row] for row in rows.lost],
    }
    text = signing.dumps(content, salt=_salt(plan, actor), compress=True)
    return text if len(text) <= MOST_SIGNS else None


def carried(text: str, plan: EvaluationPlan, actor: Actor) -> Rows:
    """Return the rows of a signed text. Raises NotCarried."""
    try:
        found: dict[str, Any] = signing.loads(text, salt=_salt(plan, actor), max_age=KEPT_FOR)
    except signing.BadSignature as error:
        raise NotCarried from error
    return Rows(
        digest=found["digest"],
        names=tuple(found["names"]),
        columns=tuple(tuple(map(float, column)) for column in found["columns"]),
        dropped=found["dropped"],
        unknown=(found["unknown"][0], found["unknown"][1]),
        known=tuple((float(row[0]), float(row[1])) for row in found["known"]),
        lost=tuple(tuple(map(float, row)) for row in found["lost"]),
    )


def _short(value: float) -> float | int:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _salt(plan: EvaluationPlan, actor: Actor) -> str:
    return f"evaluations.rows:{plan.pk}:{plan.digest}:{actor.kind.value}:{actor.id}"
