"""What this app holds about people: nothing, but for what the team writes of itself on public pages."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import (
    Branch,
    Organisation,
    ProgrammeVersion,
    Room,
    SiteFigure,
    SiteText,
    Venue,
)
from traboule.core.fields import (
    Basis,
    Category,
    Erasure,
    Retention,
    declare_alike,
    declare_not_personal,
)
from traboule.core.models import AuditHead

declare_not_personal(Organisation, "describes the association")
declare_not_personal(Branch, "describes a site of the association")
declare_not_personal(ProgrammeVersion, "describes the programme")
declare_not_personal(
    SiteText,
    "which text of the public pages it is; who wrote it stands in the audit log",
    *("branch", "part", "language", "version", "written_at"),
)
# The team may write down how to reach one of them; earlier versions are kept.
declare_alike(
    SiteText,
    ["text"],
    Category.CONTACT,
    _("To say on the public pages how the team is reached"),
    readers=("mentor", "mentee", "referrer", "coordinator", "director", "funder", "dpo", "administrator"),
    basis=Basis.LEGITIMATE_INTEREST,
    retention=Retention.LOGIN_LIFETIME,
    erasure=Erasure.BLANK,
)
declare_not_personal(SiteFigure, "a figure of the public pages, without names")
declare_not_personal(Venue, "describes a house, not the people in it")
declare_not_personal(Room, "describes a room, not the people in it")
declare_not_personal(AuditHead, "a counter and a digest")
