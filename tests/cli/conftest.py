"""`traboule` in this process, in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from traboule.cli.main import app

Traboule = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")  # problems are told in the language of the terminal
    return tmp_path


@pytest.fixture
def traboule(folder: Path) -> Traboule:
    """Run a command line given as words; `stdin` as bytes."""

    def run(*words: str | Path, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(app, [str(word) for word in words], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run
