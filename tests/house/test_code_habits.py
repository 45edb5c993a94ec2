"""Habits of CONTRIBUTING.md that a machine can hold: sizes, reasons, purity of the kernel."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, files, is_migration, short, text, tree

SOURCES = [path for path in files(".py", under="src") if not is_migration(path)]
TESTS = list(files(".py", under="tests"))
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover|nosec)(?P<rest>[^#]*)(?P<more>.*)$")


def without_reason(path: Path) -> Iterator[str]:
    for number, line in enumerate(text(path).splitlines(), 1):
        found = SUPPRESSION.search(line)
        if found is None or "SUPPRESSION" in line:
            continue
        named = re.match(r"[:\[]\s*[\w,\s-]+", found["rest"])
        said = found["rest"].partition("--")[2] + found["more"].lstrip("# ")
        if not named or len(said.strip()) < 8:
            yield f"{short(path)}:{number}: {line.strip()}"


def test_every_suppression_names_its_rule_and_its_reason() -> None:
    found = [
        line for path in (*SOURCES, *TESTS, *files(".py", under="tools")) for line in without_reason(path)
    ]
    assert found == []


def test_a_source_file_fits_in_300_lines_and_a_test_file_in_600() -> None:
    long = [f"{short(p)}: {n}" for p in SOURCES if (n := len(text(p).splitlines())) > 300]
    long += [f"{short(p)}: {n}" for p in TESTS if (n := len(text(p).splitlines())) > 600]
    assert long == []


def test_a_function_fits_in_40_lines() -> None:
    long = [
        f"{short(path)}:{node.lineno} {node.name}: {length}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > 40
    ]
    assert long == []


def test_public_modules_and_functions_of_the_kernel_say_what_they_do() -> None:
    silent = [
        f"{short(path)}:{node.lineno} {node.name}"
        for path in SOURCES
        if PACKAGE / "kernel" in path.parents and not path.name.startswith("_")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert silent == []


# --- time and chance enter at the edge ------------------------------------------------------------------

CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("timezone", "now"),
}
CLOCKS |= {("timezone", "localdate"), ("time", "time"), ("time", "monotonic"), ("time", "perf_counter")}
EDGES = ("web", "cli", "api", "config")


def calls(path: Path) -> Iterator[tuple[ast.Call, tuple[str, str]]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            names = ast.unparse(node.func).split(".")
            yield node, (names[-2] if len(names) > 1 else "", names[-1])


def test_only_edges_read_the_clock() -> None:
    readers = [
        f"{short(path)}:{node.lineno} {'.'.join(name)}"
        for path in SOURCES
        if path.relative_to(PACKAGE).parts[0] in {"kernel", "apps", "core", "tables", "reference"}
        and not {"middleware.py", "sign_in.py", "commands", "logs.py", "mailbox.py"} & set(path.parts)
        for node, name in calls(path)
        if name in CLOCKS
    ]
    assert readers == []


def test_the_kernel_opens_no_file_and_draws_no_unseeded_number() -> None:
    allowed = {"default_rng", "Generator", "PCG64", "SeedSequence"}
    found = [
        f"{short(path)}:{node.lineno}"
        for path in SOURCES
        if PACKAGE / "kernel" in path.parents
        for node, (owner, name) in calls(path)
        if (owner, name) == ("", "open")
        or (owner == "random" and name not in allowed)
        or (name == "default_rng" and not (node.args or node.keywords))
    ]
    assert found == []


@pytest.mark.parametrize("room", ["kernel", "tables", "reference"])
def test_rooms_without_django_load_without_django(room: str) -> None:
    imports = {
        (alias.name if isinstance(node, ast.Import) else node.module or "").split(".")[0]
        for path in SOURCES
        if PACKAGE / room in path.parents
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert "django" not in imports
