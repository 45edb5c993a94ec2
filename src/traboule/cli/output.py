"""Where the answer of a command goes: files (all or none), standard output (may be full or closed)."""

import errno
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import typer

from traboule.cli.exits import Exit


def must_be_writable(target: str) -> None:
    """What is plainly wrong with the name of a file is told before anything is computed."""
    path = Path(target)
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise typer.BadParameter(f"no file can be written at {path}")


def write(contents: Mapping[Path, bytes]) -> None:
    """All files or none; a disk that refuses ends the command with a sentence."""
    from traboule.tables.writing import write_all

    try:
        write_all(contents)
    except OSError as error:
        sys.stderr.write(f"traboule: cannot write {error.filename}: {error.strerror}\n")
        raise typer.Exit(int(Exit.UNEXPECTED)) from error


def say(content: bytes) -> None:
    """To standard output; a reader who has gone is a case of its own."""
    try:
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        sys.stderr.write(f"traboule: cannot write to standard output: {error.strerror}\n")
        raise typer.Exit(int(Exit.UNEXPECTED)) from error
