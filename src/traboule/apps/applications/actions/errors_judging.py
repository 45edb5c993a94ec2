"""What may stand in the way of a talk, a judgement or a decision. Each says enough for a sentence."""

from datetime import datetime


class TalkInThePast(ValueError):
    """A talk is planned ahead."""


class TalkAlreadyPlanned(ValueError):
    """Somebody planned a talk already; carries who and when it was planned."""

    def __init__(self, who: str, at: datetime) -> None:
        super().__init__(f"{who}, {at}")
        self.who = who
        self.at = at


class TalkIsOver(ValueError):
    """The talk was held, missed or cancelled in the meantime."""


class NotTheAssessor(ValueError):
    """Notes belong to the one who writes them; a talk has two assessors at most."""


class NotesFinished(ValueError):
    """Finished notes stay as they are."""


class NotesChanged(ValueError):
    """The notes were saved elsewhere since they were opened; carries the newest revision."""

    def __init__(self, revision: int) -> None:
        super().__init__(str(revision))
        self.revision = revision


class NotBothFinished(ValueError):
    """Two views are brought together only when both are finished."""


class FunderNameTaken(ValueError):
    """The branch has a funder of this name."""


class JudgesOwnReferral(ValueError):
    """Nobody judges the eligibility of somebody whom they referred themselves."""


class NotTheLatestRules(ValueError):
    """A newer version of the rules is in force; carries its number."""

    def __init__(self, version: int) -> None:
        super().__init__(str(version))
        self.version = version


class UnknownRule(ValueError):
    """This version has no rule of that code, or keeps it in the other table."""


class SensitiveOff(ValueError):
    """This branch does not keep facts about residence."""


class ProofWithoutDay(ValueError):
    """A proof was seen on a day that is not in the future."""


class NotReady(ValueError):
    """Something is missing before this application may be accepted; ``codes`` names it."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class AlreadyDecided(ValueError):
    """Somebody decided already; carries who and when."""

    def __init__(self, who: str, at: datetime) -> None:
        super().__init__(f"{who}, {at}")
        self.who = who
        self.at = at


class SamePerson(ValueError):
    """A mentor is accepted by two different people."""


class WrongReason(ValueError):
    """This reason does not go with this decision."""


class DateMissing(ValueError):
    """Putting off needs a date ahead."""


class LetterHasLeft(ValueError):
    """The letter is on its way: the decision is answered by a new one, not taken back."""

    def __init__(self, at: datetime | None) -> None:
        super().__init__(str(at))
        self.at = at


class NothingToUndo(ValueError):
    """There is no live decision of this kind any more."""


class SlotTaken(Exception):
    """Somebody else chose this date a moment ago, or the host is not free any more."""


class SlotsUnfit(ValueError):
    """Two to five different dates to come, none where the host has another talk. ``code`` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
