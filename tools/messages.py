"""Everything that Traboule says to people: extract, merge, report, compile; no gettext tools needed.

    python tools/messages.py           extract from src, merge into the catalogues, compile, report
    python tools/messages.py --check   fail if a message is missing, stale, fuzzy or not compiled

Messages are found in Python by Babel and in templates by Django's own reader of template tags. A code that is
said elsewhere (an enum, a table of error texts) is marked with `gettext_noop` or `N_` where it stands.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "traboule"
CATALOGUES = PACKAGE / "locale"
# English is the language of the message ids: its catalogue stays empty but for what English says differently.
COMPLETE = ("fr",)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}
Key = tuple[str | None, str]


@dataclass
class Message:
    """One thing said, and where."""

    plural: str | None = None
    places: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def python_source(path: Path) -> str:
    """The file itself, or a template turned by Django into calls of gettext on the same lines."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        return text
    from django.utils.translation.template import templatize

    return templatize(text, origin=str(path.relative_to(PACKAGE)))


def found_in(path: Path) -> Iterator[tuple[Key, str | None, int, list[str]]]:
    source = io.BytesIO(python_source(path).encode())
    for line, text, comments, context in extract(
        "python", source, keywords=KEYWORDS, comment_tags=("Translators:",), options={"encoding": "utf-8"}
    ):
        first, plural = (text[0], text[1]) if isinstance(text, tuple) else (text, None)
        if first:
            yield (context, first), plural, line, comments


def extract_all() -> dict[Key, Message]:
    """Every message of the package, with the lines that say it."""
    said: dict[Key, Message] = {}
    files = sorted(p for p in PACKAGE.rglob("*") if p.suffix in {".py", ".html", ".txt"} and is_ours(p))
    for path in files:
        for key, plural, line, comments in found_in(path):
            message = said.setdefault(key, Message())
            message.plural = message.plural or plural
            message.places.append((str(path.relative_to(PACKAGE)), str(line)))
            message.notes += [note for note in comments if note not in message.notes]
    return said


def is_ours(path: Path) -> bool:
    rooms = path.relative_to(PACKAGE).parts
    return not {"migrations", "static", "locale"} & set(rooms) and (
        path.suffix == ".py" or "templates" in rooms
    )


def path_of(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> polib.POFile:
    path = path_of(language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Project-Id-Version": "traboule",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return catalogue


def merge(catalogue: polib.POFile, said: dict[Key, Message]) -> None:
    """Keep translations, add what is new, drop what nobody says any more."""
    known: dict[Key, polib.POEntry] = {(e.msgctxt, e.msgid): e for e in catalogue if not e.obsolete}
    del catalogue[:]
    for (context, text), message in sorted(said.items(), key=lambda item: (item[0][1], item[0][0] or "")):
        entry = known.get((context, text)) or polib.POEntry(msgctxt=context, msgid=text)
        if message.plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: entry.msgstr, 1: ""}
            entry.msgstr = ""
        entry.msgid_plural = message.plural or ""
        if not message.plural:
            entry.msgstr_plural = {}
        # Files without line numbers: a moved line is no change of the catalogue.
        entry.occurrences = [(place, "") for place in sorted({place for place, _ in message.places})]
        entry.comment = "\n".join(message.notes)
        catalogue.append(entry)


def is_empty(entry: polib.POEntry) -> bool:
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return not all(texts)


def compile_catalogue(catalogue: polib.POFile, language: str) -> None:
    path_of(language).with_suffix(".mo").write_bytes(catalogue.to_binary())


def problems(language: str, said: dict[Key, Message]) -> list[str]:
    """What keeps a catalogue from being complete and compiled, one line each."""
    if not path_of(language).exists():
        return [f"{language}: no catalogue; run make messages"]
    catalogue = load(language)
    entries = {(e.msgctxt, e.msgid): e for e in catalogue if not e.obsolete}
    lines = [f"{language}: not in the catalogue: {text!r}" for _, text in said.keys() - entries.keys()]
    lines += [f"{language}: nobody says any more: {text!r}" for _, text in entries.keys() - said.keys()]
    lines += [f"{language}: not translated: {e.msgid!r}" for e in entries.values() if is_empty(e)]
    lines += [f"{language}: to be reviewed (fuzzy): {e.msgid!r}" for e in entries.values() if e.fuzzy]
    compiled = path_of(language).with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        lines.append(f"{language}: the compiled catalogue is not the newest; run make messages")
    return sorted(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    configure()
    said = extract_all()
    if not options.check:
        for language in COMPLETE:
            catalogue = load(language)
            merge(catalogue, said)
            path_of(language).parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path_of(language)))
            compile_catalogue(catalogue, language)
    lines = [line for language in COMPLETE for line in problems(language, said)]
    print("\n".join(lines[:60]))
    print(f"{len(said)} messages; {len(lines)} problems in {', '.join(COMPLETE)}")
    return 1 if lines and options.check else 0


def configure() -> None:
    """Templates are read with Django's lexer, which wants settings, none of ours."""
    from django.conf import settings

    settings.configure(USE_I18N=False)


if __name__ == "__main__":
    sys.exit(main())
