"""The tree explains itself: pages of the house and folders agree, nothing of one machine is in it."""

import re

import pytest

from tests.house.tree import PACKAGE, ROOT, files, short, text

MACHINE_PATH = re.compile(r"(?:^|[^a-zA-Z.~_-])/(?:wor[k]|farm|roo[t]|hom[e]|User[s])/[\w.-]+")
PACKAGE_ADDRESS = re.compile(r"https?://[^\s\"')]+\.(?:whl|tgz|tar\.gz)")
TEXTS = (".py", ".md", ".toml", ".txt", ".in", ".html", ".css", ".yaml", ".yml", ".json", ".po", ".sh", "")


def test_nothing_in_the_tree_names_a_place_on_one_machine() -> None:
    found = [
        f"{short(path)}: {match.group().strip()}"
        for path in files(*TEXTS)
        if path.stat().st_size < 2_000_000 and path.name != "test_tree.py"
        for pattern in (MACHINE_PATH, PACKAGE_ADDRESS)
        for match in [pattern.search(text(path))]
        if match
    ]
    assert found == []


def test_locks_carry_hashes_and_no_address() -> None:
    for name in ("runtime", "dev"):
        lock = text(ROOT / "requirements" / f"{name}.txt")
        requirements = re.split(r"\n(?=[A-Za-z0-9])", lock.strip())
        assert [line for line in requirements if "--hash=sha256:" not in line] == []
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links|^-e ", lock, re.MULTILINE)


def rooms() -> list[str]:
    """Folders of the package that hold a module, without the furniture inside an app or a leaf."""
    found = set()
    for path in files(".py", under="src/traboule"):
        parts = path.relative_to(PACKAGE).parts[:-1]
        if parts:
            found.add(parts[0])
        if len(parts) > 1 and parts[0] in {"kernel", "apps", "web"}:
            found.add("/".join(parts[:2]))
    return sorted(found - {"web/templatetags"})


@pytest.mark.parametrize("room", rooms())
def test_architecture_lists_every_room(room: str) -> None:
    assert f"`{room}/`" in text(ROOT / "ARCHITECTURE.md")


def test_architecture_lists_no_room_that_is_not_there() -> None:
    listed = re.findall(r"^\| `([\w/]+)/` \|", text(ROOT / "ARCHITECTURE.md"), re.MULTILINE)
    assert [room for room in listed if not (PACKAGE / room).is_dir()] == []


def test_every_decision_is_numbered_short_and_has_a_status() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert len(text(page).splitlines()) <= 60, page.name
        assert re.search(r"^Status: (Accepted|Superseded by \d{4})$", text(page), re.MULTILINE), page.name
        assert page.name in text(ROOT / "docs" / "adr" / "README.md")


def test_links_between_pages_of_the_documentation_lead_somewhere() -> None:
    broken = [
        f"{short(page)}: {target}"
        for page in files(".md")
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text(page))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_make_help_lists_every_word_that_the_readme_and_contributing_use() -> None:
    words = re.findall(r"^([a-z%-]+):.*##", text(ROOT / "Makefile"), re.MULTILINE)
    offered = {word for word in words if "%" not in word}
    # One rule stands for all that has its program: `make show-ground` is benchmarks/ground.py.
    programs = {path.stem.replace("_", "-") for path in (ROOT / "benchmarks").glob("*.py")}
    offered |= {word.replace("%", name) for word in words if "%" in word for name in programs}
    used = set()
    for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"):
        used |= set(re.findall(r"(?:`|^)make ([a-z-]+)", text(ROOT / name), re.MULTILINE))
    assert used - offered == set()
