"""Everything that Traboule says to people: extract, merge, report, compile; no gettext tools needed.

    python tools/messages.py              extract from src, merge into the catalogues, compile, report
    python tools/messages.py --only nl,ar the same for these languages; the other catalogues stay as they are
    python tools/messages.py --check      fail if a message is missing, stale, fuzzy or not compiled

French and Dutch say everything. Arabic, Dari, Ukrainian, Tigrinya and Spanish say what is due there: what
visitors, mentees and mentors read (see DUE); the rest is said in French. The decision is docs/adr/0010.

Messages are found in Python by Babel and in templates by Django's own reader of template tags. A code that is
said elsewhere (an enum, a table of error texts) is marked with `gettext_noop` or `N_` where it stands.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import polib
from babel.messages.extract import extract

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "traboule"
CATALOGUES = PACKAGE / "locale"
# English is the language of the message ids: its catalogue stays empty but for what English says differently.
COMPLETE = ("fr", "nl")
# Names of the folders of the catalogues: Dari is `fa_AF` here and `fa-af` in addresses and cookies.
PARTIAL = ("ar", "fa_AF", "uk", "ti", "es")
LANGUAGES = COMPLETE + PARTIAL
# Where stands what visitors, mentees and mentors read: what is due in the PARTIAL languages.
DUE = (
    "web/public/*.py",
    "web/mentee/*.py",
    "web/mentor/*.py",
    "web/doors.py",
    "web/duo/*.py",
    "web/templates/base.html",
    "web/templates/4*.html",
    "web/templates/500.html",
    "web/templates/frame/*.html",
    "web/templates/components/*.html",
    "web/templates/public/*.html",
    "web/templates/mentee/*.html",
    "web/templates/mentor/*.html",
    "web/templates/duo/*.html",
    "web/templates/account/*",
    "web/templatetags/*.py",
    "web/templates/apply/*.html",
    "apps/people/forms/own.py",
    "web/duo/*.py",
    "web/templates/duo/*.html",
    "apps/applications/forms/groups.py",
    "apps/applications/forms/applications.py",
    "apps/applications/forms/questions.py",
    "apps/applications/forms/sessions.py",
    "apps/applications/queries/_session_words.py",
    "apps/people/sign_in.py",
    # The kinds of message that people receive.
    "apps/*/kinds*.py",
    "apps/*/hooks.py",
    "apps/*/*_kinds.py",
    "apps/applications/hooks_referrals.py",
    "apps/applications/actions/_words.py",
    "apps/*/letters*.py",
    "apps/*/message_kinds.py",
)
# Among them, what only staff, operators or visitors of the demo read.
NOT_DUE = (
    "web/public/words.py",
    "web/duo/certificate_paper.py",  # read by employers and offices, in the languages of the country
    "web/mentor/statement.py",  # a paper for the tax office, in the languages of the country
    "web/public/reading.py",
    "web/public/guide.py",
    "web/public/entrance.py",
    "web/templates/public/roles.html",
    "web/templates/public/credits.html",
    "web/templates/public/dev_mail.html",
    "web/templates/public/demo_sign_in.html",
    "web/templates/public/guide_*.html",
    *(
        f"web/templates/components/{name}.html"
        for name in ("option", "people_map", "reasons", "strip", "waiting", "week")
    ),
)
# Words of enums that these pages show, in files that mostly staff read.
DUE_CLASSES = {
    "apps/pairing/enums.py": ("DeclineReason",),
    "apps/support/enums.py": ("Item", "Mark", "AdviceTopic"),
    "apps/people/enums.py": ("Side", "Channel", "Gender", "Need", "Day", "Part", "Way", "ConsentPurpose"),
    "apps/applications/enums_judging.py": ("TalkWay",),
    "apps/duos/enums_meetings.py": ("How", "Happened", "Purpose", "Next", "WhyMissed"),
}
# Any other file opts in with this comment of its own, at the start of a line.
MARK = re.compile(r"^\s*(?:#|\{#) said to: everybody\b", re.MULTILINE)
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
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "nl": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural="
    "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "fa_AF": "nplurals=2; plural=(n > 1);",
    "uk": "nplurals=3; plural="
    "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "ti": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
}
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


@cache
def due_lines(place: str) -> range | frozenset[int]:
    """The lines of a file whose messages are due in the PARTIAL languages."""
    every = range(1, 1_000_000)
    if any(fnmatch(place, pattern) for pattern in NOT_DUE):
        return frozenset()
    if any(fnmatch(place, pattern) for pattern in DUE):
        return every
    source = (PACKAGE / place).read_text("utf-8")
    if MARK.search(source):
        return every
    classes = DUE_CLASSES.get(place, ())
    bodies = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)] if classes else []
    return frozenset(
        line
        for node in bodies
        if node.name in classes
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    )


def due(said: dict[Key, Message], language: str) -> dict[Key, Message]:
    """What a catalogue must hold: all, or what visitors, mentees and mentors read."""
    if language in COMPLETE:
        return said
    return {
        key: message
        for key, message in said.items()
        if key[0] != "date format" and any(int(line) in due_lines(place) for place, line in message.places)
    }


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
    forms = int(re.findall(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"])[0])
    known: dict[Key, polib.POEntry] = {(e.msgctxt, e.msgid): e for e in catalogue if not e.obsolete}
    del catalogue[:]
    for (context, text), message in sorted(said.items(), key=lambda item: (item[0][1], item[0][0] or "")):
        entry = known.get((context, text)) or polib.POEntry(msgctxt=context, msgid=text)
        if message.plural and not entry.msgstr_plural:
            entry.msgstr_plural = dict.fromkeys(range(forms), "") | {0: entry.msgstr}
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
    parser.add_argument("--only", default="", help="languages, with commas")
    options = parser.parse_args()
    languages = tuple(options.only.split(",")) if options.only else LANGUAGES
    configure()
    said = extract_all()
    if not options.check:
        for language in languages:
            catalogue = load(language)
            merge(catalogue, due(said, language))
            path_of(language).parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path_of(language)))
            compile_catalogue(catalogue, language)
    found = {language: problems(language, due(said, language)) for language in languages}
    lines = [line for language in languages for line in found[language]]
    for language in languages:
        print("\n".join(found[language][:20]))
        print(f"{language}: {len(due(said, language))} messages due, {len(found[language])} problems")
    return 1 if lines and options.check else 0


def configure() -> None:
    """Templates are read with Django's lexer, which wants settings, none of ours."""
    from django.conf import settings

    settings.configure(USE_I18N=False)


if __name__ == "__main__":
    sys.exit(main())
