"""What staff may write on public pages: paragraphs, lists, emphasis and links, nothing that acts."""

import html
import re

import nh3

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"https", "http", "mailto", "tel"}
_BLOCK = re.compile(r"<(?:p|ul|ol)\b", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")


def clean_site_html(text: str) -> str:
    """Return ``text`` as harmless HTML; blank lines make paragraphs where the text has none of its own."""
    clean = nh3.clean(
        text.replace("\r\n", "\n").strip(),
        tags=TAGS,
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math"},
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    ).strip()
    if not clean or _BLOCK.search(clean):
        return clean
    paragraphs = [part.strip().replace("\n", "<br>") for part in _BLANK_LINES.split(clean)]
    return "".join(f"<p>{part}</p>" for part in paragraphs if part)


def clean_site_line(text: str) -> str:
    """Return ``text`` as one line without any tag; a page still escapes it."""
    plain = html.unescape(nh3.clean(text, tags=set()))
    return " ".join(plain.replace("<", " ").replace(">", " ").split())
