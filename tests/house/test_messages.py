"""What Traboule says to people: complete, with the same placeholders in each language, and in plain words."""

import re
from collections.abc import Iterator

import polib
import pytest

from tools.messages import COMPLETE, extract_all, load, problems

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


@pytest.mark.parametrize("language", COMPLETE)
def test_the_catalogue_is_complete_and_compiled(language: str) -> None:
    assert problems(language, extract_all()) == []


@pytest.mark.parametrize("language", COMPLETE)
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
