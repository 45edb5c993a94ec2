"""What talks and decisions hold about people, field by field."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.models import BranchGuide, Decision, Talk, TalkGuide, TalkNotes, TalkSlot
from traboule.apps.people.enums import Role
from traboule.core.fields import Category, Erasure, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare the fields of talks, their notes and decisions."""
    knowing = _("To get to know somebody before the programme begins")
    deciding = _("To answer a request to join and to say why")
    cut = Erasure.UNLINK
    declare_not_personal(TalkGuide, "the questions that everybody is asked")
    asked = ("branch", "side", "number", "questions", "made_at")
    declare_not_personal(BranchGuide, "the questions that everybody is asked", *asked)
    declare_alike(
        BranchGuide, ("made_by",), Category.FOLLOW_UP, _("To prove who did what"), readers=_TEAM, erasure=cut
    )
    talk = ("application", "state", "starts_at", "minutes", "way", "where", "planned_at", "moves", "wish")
    declare_alike(Talk, (*talk, "closed_at", "agreed_at"), Category.FOLLOW_UP, knowing, readers=_TEAM)
    staff = ("host", "second", "planned_by")
    declare_alike(Talk, staff, Category.FOLLOW_UP, knowing, readers=_TEAM, erasure=cut)
    slot = ("talk", "starts_at", "offered_at", "taken_at")
    declare_alike(TalkSlot, slot, Category.FOLLOW_UP, knowing, readers=_TEAM)
    declare_alike(TalkSlot, ("host",), Category.FOLLOW_UP, knowing, readers=_TEAM, erasure=cut)
    notes = ("talk", "readers", "answers", "started_at", "saved_at", "finished_at", "can_wait_until")
    declare_alike(TalkNotes, notes, Category.FOLLOW_UP, knowing, readers=_TEAM)
    ways = ("way_pace", "way_directness", "way_listening", "way_structure", "way_humour")
    wishes = ("gender_wish", "would_not_meet", "profile")
    declare_alike(TalkNotes, (*ways, *wishes), Category.PREFERENCE, knowing, readers=_TEAM)
    declare_alike(TalkNotes, ("assessor",), Category.FOLLOW_UP, knowing, readers=_TEAM, erasure=cut)
    declare_not_personal(TalkNotes, "counts how often a draft was saved", "revision")
    made = ("application", "outcome", "state", "reason", "until", "sentence", "decided_at", "approved_at")
    more = ("state_before", "person_before", "letter", "letter_due_at", "undone_at")
    declare_alike(Decision, (*made, *more), Category.FOLLOW_UP, deciding, readers=_TEAM)
    people = ("decided_by", "approved_by", "undone_by")
    declare_alike(Decision, people, Category.FOLLOW_UP, deciding, readers=_TEAM, erasure=cut)
    declare_not_personal(Talk, "names the branch", "branch")
    declare_not_personal(Decision, "names the branch", "branch")
