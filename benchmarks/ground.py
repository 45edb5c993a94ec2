"""`make show-ground`: every promised figure beside its target; exits 1 if one falls short.

The quick run measures what fits in 15 minutes. `--full` measures the long rows too, one after the other, and
writes each into benchmarks/ground.json with its commit and date, so that a run that was broken off goes on
where it stopped. The quick run prints those rows from the file, and fails if their code has changed since.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.rows import ROWS, Figure, Row  # noqa: E402 -- the folder must be importable first

LEDGER = ROOT / "benchmarks" / "ground.json"


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def fingerprint(covers: tuple[str, ...]) -> str:
    """Hash of the files that a row measures, by name and content."""
    names = git("ls-files", "--cached", "--others", "--exclude-standard", "--", *covers).splitlines()
    digest = hashlib.sha256()
    for name in sorted(set(names)):
        path = ROOT / name
        if path.is_file() and path != LEDGER:
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def read_ledger() -> dict[str, dict[str, Any]]:
    return json.loads(LEDGER.read_text("utf-8")) if LEDGER.exists() else {}


def measure(row: Row) -> tuple[Figure, float]:
    """The figure and its seconds; a row that breaks down has fallen short, with what it said."""
    started = time.monotonic()
    try:
        figure = row.measure()
    except Exception:  # the other rows still count
        traceback.print_exc()
        figure = Figure(f"broke down: {sys.exc_info()[1]}", ok=False)
    return figure, time.monotonic() - started


def entry(row: Row, figure: Figure, seconds: float) -> dict[str, Any]:
    dirty = "+changes" if git("status", "--porcelain", "--", *row.covers) else ""
    return {
        "title": row.title,
        "target": row.target,
        "figure": figure.text,
        "ok": figure.ok,
        "details": figure.details,
        "seconds": round(seconds),
        "commit": git("rev-parse", "--short", "HEAD") + dirty,
        "date": datetime.now(UTC).date().isoformat(),
        "code": fingerprint(row.covers),
    }


def stored(row: Row, ledger: dict[str, dict[str, Any]]) -> Figure:
    """A long row as it stands in the file; it falls short if it is missing, failed or out of date."""
    found = ledger.get(row.key)
    if found is None:
        return Figure("not measured yet: make show-ground FULL=1", ok=False)
    text = f"{found['figure']} (full run of {found['date']}, {found['commit']})"
    if found["code"] != fingerprint(row.covers):
        return Figure(f"{text}; the code has changed since: make show-ground FULL=1", ok=False)
    return Figure(text, ok=found["ok"])


def show(row: Row, figure: Figure) -> None:
    print(f"{'ok  ' if figure.ok else 'FAIL'} {row.title}")
    print(f"       target  {row.target}")
    print(f"       figure  {figure.text}", flush=True)


def is_done(row: Row, ledger: dict[str, dict[str, Any]]) -> bool:
    found = ledger.get(row.key)
    return bool(found and found["ok"] and found["code"] == fingerprint(row.covers))


def run(rows: list[Row], *, full: bool) -> int:
    ledger = read_ledger()
    short = 0
    for row in rows:
        if row.full and (not full or is_done(row, ledger)):
            figure = stored(row, ledger)
        else:
            print(f"…    {row.title}", flush=True)
            figure, seconds = measure(row)
            if full:
                ledger[row.key] = entry(row, figure, seconds)
                LEDGER.write_text(
                    json.dumps(ledger, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8"
                )
        show(row, figure)
        short += not figure.ok
    print(f"\n{len(rows) - short} of {len(rows)} figures reached" + (f", {short} short" if short else ""))
    return 1 if short else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--full", action="store_true", help="measure the long rows too")
    parser.add_argument("--only", default="", help="keys of rows, separated by commas")
    parser.add_argument("--list", action="store_true", help="the keys")
    options = parser.parse_args()
    wanted = set(filter(None, options.only.split(",")))
    rows = [row for row in ROWS if not wanted or row.key in wanted]
    if options.list:
        print("\n".join(f"{row.key:12} {'full ' if row.full else 'quick'} {row.title}" for row in rows))
        return 0
    return run(rows, full=options.full)


if __name__ == "__main__":
    sys.exit(main())
