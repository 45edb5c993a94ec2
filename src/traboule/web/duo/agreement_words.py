"""An agreement as a page and a paper show it: two languages side by side, and who has signed how."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from traboule.apps.duos.enums import Party, SignedBy
from traboule.apps.duos.queries.agreements import is_intact
from traboule.core.languages import HOUSE, interface
from traboule.web.templatetags.traboule import say_moment


@dataclass(frozen=True, slots=True)
class Cell:
    """One clause in one language."""

    language: str
    direction: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and how it stands."""

    pk: int
    who: str
    name: str
    detail: str
    signed: bool
    drawing: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of one version."""

    rows: list[list[Cell]]
    languages: list[str]
    signatories: list[Signatory]
    intact: bool
    short_digest: str


def shown(agreement: Any, texts: dict[str, Any] | None = None) -> Shown:
    """Return a version in words; ``texts`` instead of its own for a draft, whose words are not fixed."""
    words = texts or agreement.texts
    own = interface(agreement.language)
    languages = [code for code in dict.fromkeys((own, HOUSE)) if code in words]
    columns = [[_cell(code, clause) for clause in words[code]] for code in languages]
    return Shown(
        rows=[list(row) for row in zip(*columns, strict=False)],
        languages=languages,
        signatories=[signatory(row) for row in agreement.signatures.all()],
        intact=is_intact(agreement),
        short_digest=agreement.digest[:16],
    )


def _cell(code: str, clause: list[str]) -> Cell:
    direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
    return Cell(code, direction, clause[0], clause[1])


def signatory(row: Any) -> Signatory:
    """Return one who signs: name as typed, when, and in which way."""
    who = row.label or said_party(row.party)
    detail = ""
    if row.signed_at is not None:
        detail = f"{say_moment(row.signed_at)}, {said_way(row.channel)}"
    return Signatory(row.pk, who, row.name, detail, row.signed_at is not None, row.drawing)


def said_party(code: str) -> str:
    """Return who that is, in the reader's language."""
    words = {Party.MENTEE: _("Mentee"), Party.MENTOR: _("Mentor"), Party.COORDINATOR: _("The team")}
    return words.get(Party(code), code)


def said_way(code: str) -> str:
    """Return the way of a signature, in the reader's language."""
    words = {
        SignedBy.SCREEN: _("on the screen of the team"),
        SignedBy.LINK: _("by a link"),
        SignedBy.PLACE: _("signed in"),
    }
    return words.get(SignedBy(code), code) if code else ""
