"""States and legal moves: one table per lifecycle, read by everybody, decided nowhere else.

A state is an adjective or a past participle, a move is a verb. What a table cannot say (who may, whether
somebody was already told) is asked by the action, which then asks the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


class IllegalMove(ValueError):
    """The move is not open in this state; carries `lifecycle`, `state` and `move` as codes."""

    def __init__(self, lifecycle: str, state: str, move: str) -> None:
        super().__init__(f"{lifecycle}: {move} is not open in state {state}")
        self.lifecycle = lifecycle
        self.state = state
        self.move = move


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """`moves[move][state]` is the state that follows; what is absent is illegal."""

    name: str
    first: str
    moves: Mapping[str, Mapping[str, str]]

    def after(self, state: str, move: str) -> str:
        """The state after `move`, or IllegalMove. An unknown state or move is illegal too."""
        try:
            return self.moves[move][state]
        except KeyError:
            raise IllegalMove(self.name, state, move) from None

    def allows(self, state: str, move: str) -> bool:
        return state in self.moves.get(move, {})

    def open_moves(self, state: str) -> tuple[str, ...]:
        """Moves that are open in `state`, in the order of the table."""
        return tuple(move for move, table in self.moves.items() if state in table)

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, the first one first, then in the order in which the table reaches them."""
        reached = [self.first, *(to for table in self.moves.values() for to in table.values())]
        return tuple(dict.fromkeys(reached))

    @property
    def ended(self) -> tuple[str, ...]:
        """States that nothing leaves."""
        return tuple(state for state in self.states if not self.open_moves(state))

    @property
    def open(self) -> tuple[str, ...]:
        """States that something still leaves: somebody waits for somebody."""
        return tuple(state for state in self.states if self.open_moves(state))


def _table(name: str, first: str, moves: Mapping[str, Mapping[str, str]]) -> Lifecycle:
    frozen = {move: MappingProxyType(dict(table)) for move, table in moves.items()}
    return Lifecycle(name=name, first=first, moves=MappingProxyType(frozen))


# A mentee who said yes may still change her mind before the mentor is asked; after both yeses it is a duo,
# and a duo is closed, not declined. Undoing is for a decision that nobody has heard of.
PROPOSAL = _table(
    "proposal",
    "proposed",
    {
        "mentee_accepts": {"proposed": "mentee_said_yes"},
        "mentee_declines": {"proposed": "declined", "mentee_said_yes": "declined"},
        "mentor_accepts": {"mentee_said_yes": "accepted"},
        "mentor_declines": {"mentee_said_yes": "declined"},
        "undo": {"proposed": "undone"},
    },
)

# A paused duo keeps its place: the mentor is not free for somebody else while the mentee is away.
DUO = _table(
    "duo",
    "active",
    {
        "pause": {"active": "paused"},
        "resume": {"paused": "active"},
        # A later end changes dates and no state.
        "extend": {"active": "active", "paused": "paused"},
        "close": {"active": "closed", "paused": "closed"},
    },
)

# From the first word to the answer. Refusing is never the end: whoever was refused or put off may come back.
APPLICATION = _table(
    "application",
    "draft",
    {
        "send": {"draft": "sent"},
        "plan_talk": {"sent": "talk_planned", "talk_planned": "talk_planned"},
        "hold_talk": {"sent": "talk_held", "talk_planned": "talk_held"},
        "miss_talk": {"talk_planned": "sent"},
        "accept": {"talk_held": "accepted"},
        "defer": {"sent": "deferred", "talk_planned": "deferred", "talk_held": "deferred"},
        "refuse": {
            "sent": "refused",
            "talk_planned": "refused",
            "talk_held": "refused",
            "deferred": "refused",
        },
        "reopen": {"deferred": "sent", "refused": "sent", "withdrawn": "sent"},
        "withdraw": {
            "draft": "withdrawn",
            "sent": "withdrawn",
            "talk_planned": "withdrawn",
            "talk_held": "withdrawn",
            "deferred": "withdrawn",
        },
    },
)

# The way back from a decision that nobody has heard of yet. No part of the path: an answer ends it.
APPLICATION_UNDO = _table(
    "application_undo",
    "accepted",
    {
        "undo_to_sent": {"deferred": "sent", "refused": "sent"},
        "undo_to_talk_planned": {"deferred": "talk_planned", "refused": "talk_planned"},
        "undo_to_talk_held": {"accepted": "talk_held", "deferred": "talk_held", "refused": "talk_held"},
        "undo_to_deferred": {"refused": "deferred"},
    },
)

# What becomes of one meeting of a duo. Moving ends this one and plans another: both stay to be read.
MEETING = _table(
    "meeting",
    "planned",
    {
        "hold": {"planned": "held"},
        "miss": {"planned": "missed"},
        "move": {"planned": "moved"},
        "cancel": {"planned": "cancelled"},
    },
)

# Named ways back: somebody said it otherwise, the two do not agree, or a pause that cancelled is over.
MEETING_CORRECTION = _table(
    "meeting_correction",
    "held",
    {
        "correct_to_held": {"missed": "held", "moved": "held", "cancelled": "held"},
        "correct_to_missed": {"held": "missed", "moved": "missed", "cancelled": "missed"},
        "correct_to_moved": {"held": "moved", "missed": "moved"},
        "reopen": {"held": "planned", "missed": "planned", "moved": "planned"},
        "replan": {"cancelled": "planned"},
    },
)


def meeting_move(state: str, to: str) -> str:
    """The move of MEETING, or the correction, that leads from `state` to `to`. Raises IllegalMove."""
    for table in (MEETING, MEETING_CORRECTION):
        for move, moves in table.moves.items():
            if moves.get(state) == to:
                return move
    raise IllegalMove(MEETING.name, state, to)


# What a volunteer spent. Giving it up ends a claim as paying does; a question is answered by sending again.
EXPENSE = _table(
    "expense",
    "sent",
    {
        "approve": {"sent": "approved"},
        "accept_waiver": {"sent": "waived"},
        "refuse": {"sent": "refused"},
        "ask_back": {"sent": "asked_back"},
        "send_again": {"asked_back": "sent"},
        "withdraw": {"sent": "withdrawn", "asked_back": "withdrawn"},
        "pay": {"approved": "paid"},
    },
)

# The first meeting of three. A moved one is over; the new date is a new meeting.
FIRST_MEETING = _table(
    "first_meeting",
    "planned",
    {
        "hold": {"planned": "held"},
        "miss": {"planned": "missed"},
        "move": {"planned": "moved"},
    },
)

# What the two of a duo agree on. Its text is fixed once it is sent; a change is a new version, which replaces
# the old one when the last of its signatories has signed. A link in wrong hands ends a version at any time.
AGREEMENT = _table(
    "agreement",
    "drafted",
    {
        "send": {"drafted": "sent"},
        "complete": {"sent": "signed"},
        "replace": {"signed": "replaced"},
        "withdraw": {"drafted": "withdrawn", "sent": "withdrawn", "signed": "withdrawn"},
    },
)

# Going on beyond the planned end: both agree, each by a link or with the coordinator, or it stays as it was.
EXTENSION = _table(
    "extension",
    "asked",
    {
        "agree": {"asked": "agreed"},
        "refuse": {"asked": "refused"},
        "withdraw": {"asked": "withdrawn"},
    },
)

# What somebody told of a mentee. A second person confirms it as it stands: another paper or a correction asks
# for a new look. Not confirmed is not refused: it may be told again. Two tellings of one contract are joined.
OUTCOME = _table(
    "outcome",
    "told",
    {
        "verify": {"told": "verified"},
        "doubt": {"told": "doubted"},
        "tell_again": {"told": "told", "doubted": "told", "verified": "told"},
        "withdraw": {"told": "withdrawn", "doubted": "withdrawn", "verified": "withdrawn"},
        "join": {"told": "joined", "doubted": "joined", "verified": "joined"},
        "part": {"joined": "told"},
    },
)

# How strongly it is proven. A paper never makes an outcome weaker than what an office confirmed.
GRADE = _table(
    "grade",
    "declared",
    {
        "document": {"declared": "documented"},
        "confirm_by_office": {"declared": "administrative", "documented": "administrative"},
    },
)

# The question after the end of a duo. What the person says counts also after the team gave up; going back on
# the page changes an answer until it is sent off, and the action knows when that was.
_OPEN = ("due", "asked", "reminded", "to_call")
FOLLOW_UP = _table(
    "follow_up",
    "due",
    {
        "ask": {"due": "asked"},
        "remind": {"asked": "reminded", "reminded": "reminded"},
        "call": {"due": "to_call", "asked": "to_call", "reminded": "to_call"},
        "reach": dict.fromkeys((*_OPEN, "unreachable", "reached"), "reached"),
        "refuse": dict.fromkeys((*_OPEN, "unreachable", "reached"), "refused"),
        "lose": dict.fromkeys(_OPEN, "unreachable"),
        "hear": dict.fromkeys((*_OPEN, "unreachable"), "heard"),
        "stand_down": dict.fromkeys(_OPEN, "not_asked"),
    },
)

LIFECYCLES: Mapping[str, Lifecycle] = MappingProxyType(
    {
        table.name: table
        for table in (
            *(APPLICATION, PROPOSAL, DUO, FIRST_MEETING, AGREEMENT, MEETING, EXPENSE, EXTENSION),
            *(OUTCOME, GRADE, FOLLOW_UP),
        )
    }
)
