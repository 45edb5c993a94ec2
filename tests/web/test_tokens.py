"""Colours and weight of the design: contrast is computed, not hoped for."""

import gzip
import re

import pytest

from tests.house.tree import PACKAGE

STATIC = PACKAGE / "web" / "static"
TOKENS = (STATIC / "traboule" / "tokens.css").read_text("utf-8")
COLOUR = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", TOKENS))
WHITE = "#ffffff"
TEXT = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "sand"),
    ("ink", "link-pale"),
    ("ink", "amber-pale"),
    ("ink", "red-pale"),
    ("ink", "green-pale"),
    ("soft", "paper"),
    ("soft", "card"),
    ("brand-link", "paper"),
    ("brand-link", "card"),
    ("brand-link", "sand"),
    ("brand-link-deep", "link-pale"),
    ("amber", "amber-pale"),
    ("red", "red-pale"),
    ("red", "card"),
    ("green", "green-pale"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_out_seven_to_one(text: str, ground: str) -> None:
    assert contrast(COLOUR[text], COLOUR[ground]) >= 7


@pytest.mark.parametrize("ground", ["brand-act", "brand-act-deep", "brand-link"])
def test_white_words_on_buttons_stand_out_seven_to_one(ground: str) -> None:
    assert contrast(WHITE, COLOUR[ground]) >= 7


def test_the_edge_of_what_can_be_filled_in_is_seen() -> None:
    assert contrast(COLOUR["edge"], COLOUR["card"]) >= 3


def test_style_script_and_letters_of_the_first_view_weigh_under_100_kb() -> None:
    packed = [
        STATIC / "vendor/pico/pico.min.css",
        STATIC / "traboule/tokens.css",
        STATIC / "traboule/components.css",
        STATIC / "vendor/htmx/htmx.min.js",
    ]
    # Letters of other scripts are fetched by pages in these languages alone: tests/web/test_languages.py.
    fonts = sorted((STATIC / "traboule/fonts").glob("atkinson-*.woff2"))
    fonts.append(STATIC / "traboule/fonts/noto-sans-ethiopic-name.woff2")
    weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in packed)
    assert weight + sum(path.stat().st_size for path in fonts) <= 100_000


@pytest.mark.parametrize("folder", ["vendor/pico", "vendor/htmx", "traboule/fonts"])
def test_what_others_made_ships_with_its_licence(folder: str) -> None:
    assert list((STATIC / folder).glob("LICENSE*"))
