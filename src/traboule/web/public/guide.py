"""The guide: Markdown files of docs/guide, in the reader's language, else in English."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page: its address name, its title (the first heading) and its first paragraph."""

    name: str
    title: str
    opening: str


def _folder() -> Path:
    language = (get_language() or FALLBACK).split("-")[0]
    folder = GUIDE / language
    return folder if folder.is_dir() and any(folder.glob("*.md")) else GUIDE / FALLBACK


def _files() -> dict[str, Path]:
    return {path.stem: path for path in sorted(_folder().glob("*.md"))}


def _summary(path: Path) -> GuidePage:
    parts = [part.strip() for part in path.read_text("utf-8").split("\n\n") if part.strip()]
    title = next((part.lstrip("# ").strip() for part in parts if part.startswith("# ")), path.stem)
    opening = next((part for part in parts if part[0].isalnum()), "")
    return GuidePage(path.stem, title, " ".join(opening.split()))


def _rendered(text: str) -> SafeString:
    """Turn Markdown into HTML; raw HTML inside it is shown as text, never obeyed."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    pictures = reverse("guide_picture", args=["-"])[:-1]
    html = html.replace('src="../pictures/', f'src="{pictures}').replace('src="pictures/', f'src="{pictures}')
    return mark_safe(html)  # noqa: S308 -- our own files, rendered with raw HTML switched off


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """List the pages of the guide."""
    return render(request, "public/guide.html", {"pages": [_summary(path) for path in _files().values()]})


@login_not_required
@require_safe
def guide_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page of the guide."""
    path = _files().get(name)
    if path is None:
        raise Http404
    page = _summary(path)
    return render(
        request, "public/guide_page.html", {"page": page, "html": _rendered(path.read_text("utf-8"))}
    )


@login_not_required
@require_safe
def guide_picture(request: HttpRequest, name: str) -> FileResponse:
    """Serve one picture of the guide."""
    known = {path.name: path for path in (GUIDE / "pictures").glob("*.png")}
    if name not in known:
        raise Http404
    return FileResponse(known[name].open("rb"), content_type="image/png")
