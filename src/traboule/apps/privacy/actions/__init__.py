"""What may be done about people's rights. One call is one transaction with its audit entry."""

from traboule.apps.privacy.actions.erasing import (
    ErasureRefused,
    erase_on_request,
    erase_person,
    replay_ledger,
)
from traboule.apps.privacy.actions.exporting import export_person
from traboule.apps.privacy.actions.holds import give_notice, lift_hold, set_hold
from traboule.apps.privacy.actions.keeping import Post, keep_me, run_retention
from traboule.apps.privacy.actions.requests import (
    AlreadyAnswered,
    AnswerIncomplete,
    answer_request,
    ask,
    note_identity,
    withdraw_consents,
)

__all__ = [
    "AlreadyAnswered",
    "AnswerIncomplete",
    "ErasureRefused",
    "Post",
    "answer_request",
    "ask",
    "erase_on_request",
    "erase_person",
    "export_person",
    "give_notice",
    "keep_me",
    "lift_hold",
    "note_identity",
    "replay_ledger",
    "run_retention",
    "set_hold",
    "withdraw_consents",
]
