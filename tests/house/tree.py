"""What the house tests look at: the files that git knows or would know, read once."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "traboule"


@cache
def files(*suffixes: str, under: str = ".") -> tuple[Path, ...]:
    """Tracked and new files that git does not ignore, with one of these suffixes (or all)."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", under],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    paths = (ROOT / name for name in sorted(set(listed)))
    return tuple(p for p in paths if (not suffixes or p.suffix in suffixes) and p.is_file())


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), str(path))


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts
