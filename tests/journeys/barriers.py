"""What keeps somebody out of a page: axe, read into the page once and run as often as it has widths."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SCRIPT = Axe().axe_script
_HOW = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# Axe reads the colours of every element and of its ancestors anew from their words: a fifth of its time.
# A page has a few dozen of them; each is read once.
_EACH_COLOUR_ONCE = """() => {
  const colour = axe.commons.color.Color.prototype;
  const read = colour.parseString;
  const known = new Map();
  colour.parseString = function (words) {
    if (known.has(words)) {
      [this.r, this.g, this.b, this.alpha] = known.get(words);
      return this;
    }
    read.call(this, words);
    known.set(words, [this.r, this.g, this.b, this.alpha]);
    return this;
  };
}"""


def bring_axe(page: Page) -> None:
    """Read axe into the document on screen; another document needs it again."""
    page.evaluate(_SCRIPT)
    page.evaluate(_EACH_COLOUR_ONCE)


def barriers(page: Page) -> list[dict[str, Any]]:
    """The violations that axe finds in the document on screen, at its present width; `bring_axe` first."""
    found: list[dict[str, Any]] = page.evaluate("how => axe.run(how)", _HOW)["violations"]
    return found


def said(barrier: dict[str, Any]) -> str:
    """One line for one violation: the rule, its help, and the first element that breaks it."""
    return f"axe {barrier['id']}: {barrier['help']}: {barrier['nodes'][0]['html'][:160]}"
