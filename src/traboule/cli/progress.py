"""A progress bar on standard error, for people only: on a terminal, and once a run has taken two seconds."""

import sys
import time
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE: Final = 2.0
STAGES: Final = {
    "people": "Making up people",
    "reading": "Reading the files",
    "limits": "Who could meet whom",
    "points": "Points of every pair",
    "pairs": "Best plan of duos",
    "prices": "Prices that prove it",
    "options": "What another choice would cost",
    "explanation": "Reasons",
    "rules": "Asking every rule",
    "groups": "Comparing the groups",
    "draws": "Drawing the groups anew",
    "writing": "Writing",
}


class Teller:
    """Hears (stage, share from 0 to 1) and shows it; silent when standard error is no terminal."""

    def __init__(self, *, terminal: bool | None = None) -> None:
        self.shown = sys.stderr.isatty() if terminal is None else terminal
        self.begun = time.monotonic()
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.begun

    def __call__(self, stage: str, share: float) -> None:
        if not self.shown or (self._bar is None and self.seconds < PATIENCE):
            return
        bar = self._bar or self._open()
        if stage not in self._tasks:
            for task in self._tasks.values():
                bar.update(task, completed=1.0)
            self._tasks[stage] = bar.add_task(STAGES.get(stage, stage), total=1.0)
        with suppress(KeyError):
            bar.update(self._tasks[stage], completed=share)

    def _open(self) -> "Progress":
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description:<32}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
        self._bar = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
        self._bar.start()
        return self._bar
