"""One after the other, and each apart: what goes wrong with one row stops no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog


class SomeFailed(RuntimeError):
    """Every row had its turn; these did not go through."""

    def __init__(self, failed: list[str]) -> None:
        super().__init__(", ".join(failed))
        self.failed = failed


class Apart:
    """Collects what went wrong; made by ``each_apart``."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    @contextmanager
    def one(self, row: Any) -> Iterator[None]:
        """Run the block for one row; an error is logged with the id of the row and nothing of its content."""
        try:
            yield
        except Exception as error:
            name = _name_of(row)
            self.failed.append(f"{name}: {type(error).__name__}")
            inside = error.failed if isinstance(error, SomeFailed) else None
            if inside is None:  # what failed further in was logged there
                structlog.get_logger(__name__).error(
                    "each.failed", row=name, error=type(error).__name__, where=_where(error)
                )


@contextmanager
def each_apart() -> Iterator[Apart]:
    """Give every row its own try, and say at the end that some failed. Raises SomeFailed.

    ::

        with each_apart() as apart:
            for row in rows:
                with apart.one(row):
                    ...
    """
    apart = Apart()
    yield apart
    if apart.failed:
        raise SomeFailed(apart.failed)


def _name_of(row: Any) -> str:
    for found in (row, getattr(row, "person", None)):
        key = getattr(found, "pk", None)
        if key is not None:
            return f"{type(found).__name__} {key}"
    return row if isinstance(row, str) else type(row).__name__


def _where(error: BaseException) -> str:
    """File and line on which it broke; the words of an error may hold what somebody wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
