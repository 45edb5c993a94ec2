"""How a command ends: the codes of the contract, and the way problems reach standard error."""

import gettext
import os
import sys
from collections.abc import Iterable
from enum import IntEnum
from pathlib import Path
from typing import Final, NoReturn

import typer

from traboule.tables.errors import Problem

CATALOGUES: Final = Path(__file__).resolve().parents[1] / "locale"

EXIT_CODES: Final = (
    "[bold]Exit codes[/bold]: 0 done · 1 unexpected · 2 wrong command line · 3 bad input · "
    "4 contradictory decisions · 5 the verifier refuses the certificate"
)


class Exit(IntEnum):
    DONE = 0
    UNEXPECTED = 1
    WRONG_COMMAND_LINE = 2
    BAD_INPUT = 3
    CONTRADICTORY_DECISIONS = 4
    CERTIFICATE_REFUSED = 5


def tell(problems: Iterable[Problem]) -> None:
    """One problem a line on standard error, in the language of the terminal (LANGUAGE, LC_ALL, LANG)."""
    said = gettext.translation("django", CATALOGUES, fallback=True)
    for problem in problems:
        sys.stderr.write(f"{problem.in_words(said.gettext)}\n")


def end(code: Exit, problems: Iterable[Problem]) -> NoReturn:
    """Tell every problem and leave; whoever calls has written nothing yet."""
    tell(problems)
    raise typer.Exit(int(code))


def language() -> str:
    """The language of the terminal if papers are made in it, else English."""
    wanted = (os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((value for value in wanted if value), "")
    code = first.split(":")[0].partition("_")[0].partition(".")[0].lower()
    return code if code in ("fr", "nl") else "en"
