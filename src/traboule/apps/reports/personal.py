"""What this app holds about people: who of the staff wrote and issued a report.

What was issued stays when somebody is erased. It names nobody: a row behind a figure is a number and a
verdict, and after an erasure the number leads to nobody any more. Without these rows no later report could
say what changed, and no table could be kept from giving somebody away beside an earlier one.
"""

from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Role
from traboule.apps.reports.models import Report, ReportDraft, ReportFile
from traboule.core.fields import Category, Erasure, Retention, declare_alike, declare_not_personal

_READERS = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app."""
    for model, name in ((Report, "issued_by"), (ReportDraft, "written_by")):
        declare_alike(
            model,
            [name],
            Category.FOLLOW_UP,
            _("To say who answers for a report"),
            readers=_READERS,
            retention=Retention.PROOF_5_YEARS,
            erasure=Erasure.UNLINK,
        )
        others = [field.name for field in model._meta.local_fields if field.name not in ("id", name)]
        declare_not_personal(
            model, "describes figures of groups; rows behind them are numbers without names", *others
        )
    declare_not_personal(ReportFile, "figures of groups as a file, nobody by name")
