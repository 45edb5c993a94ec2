"""Nothing about a person stands in this app."""

from traboule.apps.branches.models import Branch, Organisation, ProgrammeVersion, SiteFigure, SiteText
from traboule.core.fields import declare_not_personal
from traboule.core.models import AuditHead

declare_not_personal(Organisation, "describes the association")
declare_not_personal(Branch, "describes a site of the association")
declare_not_personal(ProgrammeVersion, "describes the programme")
declare_not_personal(SiteText, "a text of the public pages; who wrote it stands in the audit log")
declare_not_personal(SiteFigure, "a figure of the public pages, without names")
declare_not_personal(AuditHead, "a counter and a digest")
