"""What Traboule says to people: complete, with the same placeholders in each language, and in plain words."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import polib
import pytest

from tools import messages
from tools.messages import LANGUAGES, PACKAGE, PARTIAL, due, due_lines, load, problems

LONGEST_SENTENCE = 20
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
# Words that mean something to those who build software, or that the vocabulary replaces by another one.
JARGON = {
    "en": (
        "algorithm|antenna|authenticate|authentication|batch|boolean|couple|credentials|database|entity"
        "|incident|instance|invalid|leverage|null|objective function|optimi[sz]e|parameter|payload"
        "|prescriber|query|regret|score matrix|string|submit|tandem|tenant|timestamp|token|users?"
        "|utili[sz]e|validate"
    ),
    "fr": (
        "algorithme|antenne|authentification|authentifier|base de données|batch|binômes?|booléen|couple"
        "|cookie|entité|identifiants|incident|instance|invalide|jeton|login|null|optimiser|paramètre"
        "|prescripteur|requête|soumettre|tandem|timestamp|token|utilisat(eur|rice)s?"
    ),
}
# A word of the lists above that is the right word in one sentence: the sentence, and why.
RIGHT_HERE: dict[str, str] = {}


@cache
def extract_all() -> Any:
    """Read once: no test changes what was found."""
    return messages.extract_all()


def sentences(said: str) -> Iterator[str]:
    plain = re.sub(r"<[^>]+>", " ", said)
    yield from (part.strip() for part in re.split(r"(?<=[.!?:;])\s+|\n+", plain) if part.strip())


def words(sentence: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w’'-]*|%\(\w+\)[sd]|\{\w+\}", sentence)


def said_in(language: str) -> list[str]:
    if language == "en":
        return [text for key, message in extract_all().items() for text in (key[1], message.plural) if text]
    return [
        text
        for entry in load(language)
        if not entry.obsolete
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if text
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_complete_and_compiled(language: str) -> None:
    assert problems(language, due(extract_all(), language)) == []


@pytest.mark.parametrize("language", PARTIAL)
def test_what_people_read_is_due_and_what_staff_read_is_not(language: str) -> None:
    wanted = {text for _, text in due(extract_all(), language)}
    people_read = {
        "Next news:",
        "Become a mentor",
        "E-mail",
        "Monday",
        "This link is over.",
        "Hello %(name)s",
    }
    staff_read = {"Matching table", "Invite somebody", "See who waits today", "Administrator"}
    assert people_read - wanted == set()
    assert staff_read & wanted == set()


def test_every_place_where_something_is_due_exists() -> None:
    """A pattern that fits nothing any more would silently leave a page untranslated."""
    from tools.messages import DUE, NOT_DUE

    coming = {"apps/*/letters*.py", "apps/*/message_kinds.py", "web/templates/mentor/*.html"}
    missing = [
        pattern for pattern in (*DUE, *NOT_DUE) if pattern not in coming and not [*PACKAGE.glob(pattern)]
    ]
    assert missing == []


def test_a_file_for_staff_may_ask_to_be_said_to_everybody() -> None:
    assert due_lines("web/coordinator/team.py") == frozenset()
    lines = due_lines("apps/people/enums.py")
    assert 0 < len(lines) < 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language: str) -> None:
    def lost(entry: polib.POEntry) -> bool:
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            found = set(PLACEHOLDER.findall(text))
            # A plural form may say "one" in words; it may not invent a placeholder.
            if text and (found - wanted or (not entry.msgid_plural and found != wanted)):
                return True
        return False

    assert [entry.msgid for entry in load(language) if lost(entry)] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sentences_are_short(language: str) -> None:
    long = [
        f"{len(words(sentence))}: {sentence}"
        for said in said_in(language)
        for sentence in sentences(said)
        if len(words(sentence)) > LONGEST_SENTENCE
    ]
    assert long == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_messages_hold_no_jargon(language: str) -> None:
    pattern = re.compile(rf"(?<!\w)(?:{JARGON[language]})(?!\w)", re.I)
    found = [
        f"{match.group()}: {said}"
        for said in said_in(language)
        for match in [pattern.search(PLACEHOLDER.sub("", said))]
        if match and said not in RIGHT_HERE
    ]
    assert found == []


def test_python_messages_have_named_placeholders_only() -> None:
    unnamed = [text for (_, text) in extract_all() if re.search(r"(?<!%)%[sd]|\{\}", text)]
    assert unnamed == []
