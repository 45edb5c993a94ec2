"""Style sheets, templates and what they weigh."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, files, short, text

WEB = PACKAGE / "web"
OWN_CSS = [path for path in files(".css", under="src/traboule") if "vendor" not in path.parts]
TEMPLATES = [path for path in files(".html", ".txt", under="src/traboule") if "templates" in path.parts]
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b|(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b|border-(?:top|bottom)-(?:left|right)-radius)"
)


def test_style_sheets_know_no_left_and_no_right() -> None:
    found = [
        f"{short(path)}:{number}: {line.strip()}"
        for path in OWN_CSS
        for number, line in enumerate(text(path).splitlines(), 1)
        if PHYSICAL.search(re.sub(r"/\*.*?\*/", "", line))
    ]
    assert found == []


def test_our_own_style_weighs_at_most_20_kb_compressed() -> None:
    weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in OWN_CSS)
    assert weight <= 20_000


def test_style_sheets_fetch_nothing_from_elsewhere() -> None:
    addresses = [
        f"{short(p)}: {a}" for p in OWN_CSS for a in re.findall(r"url\(['\"]?(?:https?:)?//[^)]+", text(p))
    ]
    assert addresses == []


def test_templates_hold_no_inline_script_style_or_handler() -> None:
    inline = re.compile(
        r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|<script(?![^>]*\bsrc=)[^>]*>|javascript:|\shx-on", re.I
    )
    found = [
        f"{short(path)}: {match.group().strip()}"
        for path in TEMPLATES
        if path.suffix == ".html"
        for match in inline.finditer(text(path))
        if "application/json" not in match.group()
    ]
    assert found == []


def test_templates_mark_nothing_as_safe() -> None:
    marked = [
        short(p)
        for p in TEMPLATES
        if re.search(r"\|\s*safe\b|autoescape off", text(p)) and p.suffix == ".html"
    ]
    assert marked == []


def name_of(template: Path) -> str:
    return template.as_posix().rpartition("/templates/")[2]


@cache
def mentions() -> str:
    code = "\n".join(text(path) for path in files(".py", ".toml", ".yaml", ".yml", under="src/traboule"))
    return code + "\n".join(text(path) for path in TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_every_template_is_used(template: Path) -> None:
    name = name_of(template)
    if name.split("/")[0] in {"account", "mfa", "usersessions", "allauth"} or re.fullmatch(
        r"\d{3}\.html", name
    ):
        return  # allauth and Django ask for these by name
    tag = rf"{{%\s*#?{re.escape(template.stem)}\b"
    rendered = f'"{name}"' in mentions() or f"'{name}'" in mentions() or re.search(tag, mentions())
    assert rendered, f"nobody renders {name}"
