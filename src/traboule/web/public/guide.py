"""The guide: Markdown files of docs/guide, in the reader's language, else in English."""

import re
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "guide"
FALLBACK = "en"


FIRST = "README"
_LINK = re.compile(r'href="(?P<name>[\w-]+)\.md(?P<anchor>#[^"]*)?"')
_PICTURE = re.compile(r'src="(?:\.\./)?pictures/')


def _files() -> dict[str, Path]:
    """Return the pages in the reader's language, else in English, by name."""
    language = (get_language() or FALLBACK).split("-")[0]
    folder = GUIDE / language if (GUIDE / language / f"{FIRST}.md").is_file() else GUIDE / FALLBACK
    return {path.stem: path for path in sorted(folder.glob("*.md"))}


def _address(match: re.Match[str]) -> str:
    name = match["name"]
    page = reverse("guide") if name == FIRST else reverse("guide_page", args=[name])
    return f'href="{page}{match["anchor"] or ""}"'


def _rendered(text: str) -> SafeString:
    """Turn Markdown into HTML; raw HTML inside it is shown as text, never obeyed."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    for wide in ("table", "pre"):  # these scroll on a phone, and must by keyboard too
        html = html.replace(f"<{wide}>", f'<{wide} tabindex="0">')
    pictures = reverse("guide_picture", args=["-"]).removesuffix("-")
    html = html.replace("<img ", '<img loading="lazy" ')  # what lies far below is fetched when it is reached
    html = _PICTURE.sub(f'src="{pictures}', _LINK.sub(_address, html))
    return mark_safe(html)  # noqa: S308 -- our own files, rendered with raw HTML switched off


def _title(text: str) -> str:
    first = next((line for line in text.splitlines() if line.startswith("# ")), "")
    return first.removeprefix("# ").replace("`", "").strip()


def _show(request: HttpRequest, name: str) -> HttpResponse:
    path = _files().get(name)
    if path is None:
        raise Http404
    text = path.read_text("utf-8")
    context = {"title": _title(text), "html": _rendered(text), "is_first": name == FIRST}
    return render(request, "public/guide_page.html", context)


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show the first page of the guide, or say that it is not installed here."""
    if FIRST not in _files():
        return render(request, "public/guide_missing.html")
    return _show(request, FIRST)


@login_not_required
@require_safe
def guide_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page of the guide."""
    return _show(request, name)


@login_not_required
@require_safe
def guide_picture(request: HttpRequest, name: str) -> FileResponse:
    """Serve one picture of the guide."""
    known = {path.name: path for path in (GUIDE / "pictures").glob("*.webp")}
    if name not in known:
        raise Http404
    return FileResponse(known[name].open("rb"), content_type="image/webp")
