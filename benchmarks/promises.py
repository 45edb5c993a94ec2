"""Promised figures beside their targets: the engine of every `make show-…`.

The quick run measures what fits in 15 minutes. `--full` measures the long rows too, one after the other, and
writes each into a ledger (JSON) with its commit and date, so that a run that was broken off goes on where it
stopped. The quick run prints those rows from the ledger, and fails if their code has changed since.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in words, whether it reaches its target, and the raw numbers."""

    text: str
    ok: bool
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One promise. `covers` names the code that it measures; `full` rows are too long for the quick run."""

    key: str
    title: str
    target: str
    measure: Callable[[], Figure]
    covers: tuple[str, ...]
    full: bool = False


def tests(*arguments: str, **words: str) -> tuple[int, dict[str, int], dict[str, str]]:
    """Run tests here, `words` in their environment; exit code, counts by verdict, properties recorded."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
        env = os.environ | words
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        if not report.exists():
            return done.returncode or 1, {"tests": 0, "failed": 0, "skipped": 0}, {}
        suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314 -- pytest wrote it a moment ago
    assert suite is not None
    counts = {
        "tests": int(suite.get("tests", 0)),
        "failed": int(suite.get("failures", 0)) + int(suite.get("errors", 0)),
        "skipped": int(suite.get("skipped", 0)),
    }
    said = {p.get("name", ""): p.get("value", "") for p in suite.iter("property")}
    if done.returncode:
        print(done.stdout[-3000:])
    return done.returncode, counts, said


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Promises:
    """The rows of one `make show-…`, and the ledger that keeps the long ones."""

    def __init__(self, name: str, rows: Sequence[Row]) -> None:
        self.name, self.rows = name, rows
        self.path = ROOT / "benchmarks" / f"{name}.json"
        self.ledger: dict[str, dict[str, Any]] = (
            json.loads(self.path.read_text("utf-8")) if self.path.exists() else {}
        )

    def main(self, about: str) -> int:
        """Read the words of the command line and run; the exit code."""
        parser = argparse.ArgumentParser(
            description=about, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        parser.add_argument("--full", action="store_true", help="measure the long rows too")
        parser.add_argument("--only", default="", help="keys of rows, separated by commas")
        parser.add_argument("--list", action="store_true", help="the keys")
        options = parser.parse_args()
        wanted = set(filter(None, options.only.split(",")))
        if unknown := wanted - {row.key for row in self.rows}:
            parser.error(f"no such row: {', '.join(sorted(unknown))}")
        rows = [row for row in self.rows if not wanted or row.key in wanted]
        if options.list:
            print("\n".join(f"{row.key:12} {'full ' if row.full else 'quick'} {row.title}" for row in rows))
            return 0
        return self.run(rows, full=options.full)

    def run(self, rows: Sequence[Row], *, full: bool) -> int:
        short = 0
        for row in rows:
            if row.full and (not full or self.is_done(row)):
                figure = self.stored(row)
            else:
                print(f"…    {row.title}", flush=True)
                figure, seconds = measured(row)
                if full:
                    self.keep(row, figure, seconds)
            show(row, figure)
            short += not figure.ok
        print(f"\n{len(rows) - short} of {len(rows)} figures reached" + (f", {short} short" if short else ""))
        return 1 if short else 0

    def keep(self, row: Row, figure: Figure, seconds: float) -> None:
        dirty = "+changes" if git("status", "--porcelain", "--", *row.covers) else ""
        self.ledger[row.key] = {
            "title": row.title,
            "target": row.target,
            "figure": figure.text,
            "ok": figure.ok,
            "details": figure.details,
            "seconds": round(seconds),
            "commit": git("rev-parse", "--short", "HEAD") + dirty,
            "date": datetime.now(UTC).date().isoformat(),
            "code": self.fingerprint(row.covers),
        }
        text = json.dumps(self.ledger, indent=1, sort_keys=True, ensure_ascii=False)
        self.path.write_text(text + "\n", "utf-8")

    def fingerprint(self, covers: tuple[str, ...]) -> str:
        """Hash of the files that a row measures, by name and content."""
        names = git("ls-files", "--cached", "--others", "--exclude-standard", "--", *covers).splitlines()
        digest = hashlib.sha256()
        for name in sorted(set(names)):
            path = ROOT / name
            if path.is_file() and path != self.path:
                digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:16]

    def stored(self, row: Row) -> Figure:
        """A long row as it stands in the ledger; it falls short if it is missing, failed or out of date."""
        found = self.ledger.get(row.key)
        again = f"make show-{self.name} FULL=1"
        if found is None:
            return Figure(f"not measured yet: {again}", ok=False)
        text = f"{found['figure']} (full run of {found['date']}, {found['commit']})"
        if found["code"] != self.fingerprint(row.covers):
            return Figure(f"{text}; the code has changed since: {again}", ok=False)
        return Figure(text, ok=found["ok"])

    def is_done(self, row: Row) -> bool:
        found = self.ledger.get(row.key)
        return bool(found and found["ok"] and found["code"] == self.fingerprint(row.covers))


def measured(row: Row) -> tuple[Figure, float]:
    """The figure and its seconds; a row that breaks down has fallen short, with what it said."""
    started = time.monotonic()
    try:
        figure = row.measure()
    except Exception:  # the other rows still count
        traceback.print_exc()
        figure = Figure(f"broke down: {sys.exc_info()[1]}", ok=False)
    return figure, time.monotonic() - started


def show(row: Row, figure: Figure) -> None:
    print(f"{'ok  ' if figure.ok else 'FAIL'} {row.title}")
    print(f"       target  {row.target}")
    print(f"       figure  {figure.text}", flush=True)
