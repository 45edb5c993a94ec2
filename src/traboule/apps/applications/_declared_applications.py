"""What an application holds about people, field by field."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.models import Application
from traboule.apps.people.enums import Role
from traboule.core.fields import Basis, Category, Erasure, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare the fields of applications."""
    joining = _("To answer a request to join the programme")
    # The row stays when its person is erased, because figures count it; what the person wrote goes.
    emptied = ("answers", "name", "search_key", "reason")
    others = ("id", "branch", "owner", "referred_by", *emptied)
    names = [field.name for field in Application._meta.local_fields if field.name not in others]
    say = partial(declare_alike, basis=Basis.CONSENT, readers=_TEAM)
    say(Application, names, Category.WORK_LIFE, joining, erasure=Erasure.UNLINK)
    say(Application, emptied, Category.IDENTITY, joining, erasure=Erasure.BLANK)
    staff = ("owner", "referred_by")
    declare_alike(Application, staff, Category.FOLLOW_UP, joining, readers=_TEAM, erasure=Erasure.UNLINK)
    declare_not_personal(Application, "names the branch", "branch")
