"""Why it ended, as each of the two sees it: asked apart, written by the person or by the team for them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions._writing import link_to, own_or_team, record, tell_side
from traboule.apps.endings.models import EndWord
from traboule.apps.endings.own_enums import SideReason
from traboule.apps.people.actions.contact import touch
from traboule.apps.support.queries.check_ins import SIDES, person_of
from traboule.core.actors import Actor, ActorKind
from traboule.core.links import withdraw_links
from traboule.core.scope import locked

WORD = "ending.word"
LONGEST = 500


class NothingChosen(ValueError):
    """Not one of the reasons was chosen."""


class AlreadySaid(ValueError):
    """This side has said why; the team may still correct what it wrote itself."""


class StillRunning(ValueError):
    """The duo has not ended."""


@transaction.atomic
def ask_words(*, duo: Duo, by: Actor, now: datetime) -> list[EndWord]:
    """Ask both sides, each by a link of their own; doing it twice changes nothing."""
    asked = []
    for side in SIDES:
        person = person_of(duo, side)
        row, is_new = EndWord.everywhere.get_or_create(
            duo=duo, side=side, defaults={"person": person, "asked_at": now}
        )
        if is_new:
            link = link_to(WORD, "endword", row.pk, duo.branch_id, now)
            tell_side(duo, person, WORD, f"end_word:{row.pk}", by, now, link=link)
            asked.append(row)
    if asked:
        record(duo.branch_id, "duo", duo.pk, "duo.end_words_asked", by, now)
    return asked


@transaction.atomic
def say_word(*, word: EndWord, reasons: Iterable[str], words: str, by: Actor, now: datetime) -> EndWord:
    """Write one side's reasons down, as they say them or as they told the team.

    Raises NothingChosen, AlreadySaid, StillRunning; NotAllowed for anybody else.
    """
    own_or_team(word.person, by)
    row = locked(word)
    if row.duo.state != DuoState.CLOSED:
        raise StillRunning
    chosen = [str(SideReason(code)) for code in dict.fromkeys(reasons)]
    if not chosen:
        raise NothingChosen
    is_team = by.kind is ActorKind.LOGIN and not _is_own(row, by)
    if row.said_at is not None and (row.said_by_id is None or not is_team):
        raise AlreadySaid
    row.reasons, row.words = chosen, words.strip()[:LONGEST]
    row.said_at, row.said_by_id = now, by.id if is_team else None
    row.save(update_fields=["reasons", "words", "said_at", "said_by"])
    withdraw_links(subject_type="endword", subject_id=row.pk, now=now)
    touch(row.person_id, now)
    record(row.duo.branch_id, "duo", row.duo_id, "duo.end_word_said", by, now, side=row.side, reasons=chosen)
    return row


def _is_own(row: EndWord, by: Actor) -> bool:
    login = getattr(row.person, "login", None)
    return login is not None and login.pk == by.id
