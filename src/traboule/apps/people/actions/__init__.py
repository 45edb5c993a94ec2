"""What may be done to people, logins and files. One call is one transaction with its audit entry."""

from traboule.apps.people.actions.consents import give_consents, withdraw_consent
from traboule.apps.people.actions.documents import drop_document, keep_document, read_document
from traboule.apps.people.actions.files import apply_import, discard_import, map_columns, stage_import
from traboule.apps.people.actions.merging import merge_people, say_not_same, unmerge
from traboule.apps.people.actions.notes import finish_step, log_note
from traboule.apps.people.actions.persons import add_person, add_side, correct_person
from traboule.apps.people.actions.states import (
    archive_person,
    bring_back_person,
    move_mentee,
    move_mentor,
    pause_person,
    resume_person,
)
from traboule.apps.people.actions.team import grant_role, invite_staff, revoke_role, set_locale

__all__ = [
    "add_person",
    "add_side",
    "apply_import",
    "archive_person",
    "bring_back_person",
    "correct_person",
    "discard_import",
    "drop_document",
    "finish_step",
    "give_consents",
    "grant_role",
    "invite_staff",
    "keep_document",
    "log_note",
    "map_columns",
    "merge_people",
    "move_mentee",
    "move_mentor",
    "pause_person",
    "read_document",
    "resume_person",
    "revoke_role",
    "say_not_same",
    "set_locale",
    "stage_import",
    "unmerge",
    "withdraw_consent",
]
