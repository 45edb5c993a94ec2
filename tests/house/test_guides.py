"""The guide is the same in its three languages: the same pages, and every link and picture is there."""

import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
LANGUAGES = ("en", "fr", "nl")
TARGET = re.compile(r"\]\(([^)#\s]+)")


def pages(language: str) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (GUIDE / language).glob("*.md")}


def test_every_page_stands_in_every_language() -> None:
    found = {language: set(pages(language)) for language in LANGUAGES}
    assert len(found["en"]) > 50
    assert found == dict.fromkeys(LANGUAGES, found["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_and_pictures_are_there(language: str) -> None:
    lost = [
        f"{name}: {target}"
        for name, text in pages(language).items()
        for target in TARGET.findall(text)
        if "://" not in target and not (GUIDE / language / target).resolve().exists()
    ]
    assert lost == []


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_translation_shows_the_pictures_of_the_page_and_its_headings(language: str) -> None:
    english, wrong = pages("en"), []
    for name, text in pages(language).items():
        for what, pattern in (("pictures", r"!\["), ("headings", r"(?m)^#+ "), ("table rows", r"(?m)^\|")):
            here, there = (len(re.findall(pattern, one)) for one in (text, english[name]))
            if here != there:
                wrong.append(f"{name}: {here} {what}, in English {there}")
    assert wrong == []
