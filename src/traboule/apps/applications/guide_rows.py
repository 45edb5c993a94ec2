"""The questions of a branch as plain data: read, checked, said in the language of the reader.

A row holds ``code``, ``section`` and either ``shipped`` (the words that ship, in all their languages) or
``text`` and ``hint``, each one string or one per language of the team.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language, override

from traboule.apps.applications.talk_guide import MENTEE, MENTOR, SECTIONS, Question
from traboule.core.languages import HOUSE, STAFF

MOST_QUESTIONS, LONGEST_QUESTION = 30, 300


class GuideBroken(ValueError):
    """A guide cannot be read; carries the number of the question (from 1; 0: the guide) and a code."""

    def __init__(self, number: int, code: str) -> None:
        super().__init__(f"question {number}: {code}")
        self.number = number
        self.code = code


def read_questions(rows: Any, side: str = "") -> tuple[Question, ...]:
    """Read questions from plain data. Raises GuideBroken."""
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_QUESTIONS:
        raise GuideBroken(0, "count")
    found: list[Question] = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise GuideBroken(number, "unreadable")
        question = _read(row, side)
        if not question.code.isidentifier() or question.code in {earlier.code for earlier in found}:
            raise GuideBroken(number, "code")
        if question.section not in SECTIONS or not _is_said(question.text):
            raise GuideBroken(number, "text")
        found.append(question)
    return tuple(found)


def _read(row: Mapping[str, Any], side: str) -> Question:
    code, section = str(row.get("code", "")), str(row.get("section", ""))
    shipped = shipped_question(code, side) if row.get("shipped") else None
    if shipped is not None:
        return Question(code, section, shipped.text, shipped.hint)
    return Question(code, section, _words(row.get("text", "")), _words(row.get("hint", "")))


def _words(said: Any) -> Any:
    if isinstance(said, Mapping):
        return _in_language({str(key): str(value).strip() for key, value in said.items()})
    return str(said).strip()


def _pick(said: Mapping[str, str]) -> str:
    spoken = (get_language() or HOUSE, HOUSE, *STAFF)
    return next((said[language] for language in spoken if said.get(language)), "")


_in_language = lazy(_pick, str)


def _is_said(text: Any) -> bool:
    return 0 < len(str(text)) <= LONGEST_QUESTION


def shipped_question(code: str, side: str) -> Question | None:
    """Return the shipped question of a code on a side; without a side, on either."""
    rows = {"mentee": MENTEE, "mentor": MENTOR}.get(side, (*MENTEE, *MENTOR))
    return next((question for question in rows if question.code == code), None)


def in_languages(words: Any) -> dict[str, str]:
    """Return words as each language of the team says them."""
    found = {}
    for language in STAFF:
        with override(language):
            found[language] = str(words)
    return found


def row_of(
    code: str, section: str, text: Mapping[str, str], hint: Mapping[str, str], side: str
) -> dict[str, Any]:
    """Return one question as plain data; words left as they ship stay so, in all their languages."""
    shipped = shipped_question(code, side)
    if shipped is not None and (in_languages(shipped.text), in_languages(shipped.hint)) == (text, hint):
        return {"code": code, "section": section, "shipped": True}
    return {"code": code, "section": section, "text": dict(text), "hint": dict(hint)}


def new_code(taken: Iterable[str]) -> str:
    """Return a code that no question has had; an answer of long ago keeps its own question."""
    held = set(taken)
    number = 1
    while f"own_{number}" in held:
        number += 1
    return f"own_{number}"
