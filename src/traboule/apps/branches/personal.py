"""Nothing about a person stands in this app."""

from traboule.apps.branches.models import Branch, Organisation, ProgrammeVersion, Room, Venue
from traboule.core.fields import declare_not_personal
from traboule.core.models import AuditHead

declare_not_personal(Organisation, "describes the association")
declare_not_personal(Branch, "describes a site of the association")
declare_not_personal(ProgrammeVersion, "describes the programme")
declare_not_personal(Venue, "describes a house, not the people in it")
declare_not_personal(Room, "describes a room, not the people in it")
declare_not_personal(AuditHead, "a counter and a digest")
