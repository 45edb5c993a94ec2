"""The modules of a branch and how much is asked before a mentor is ready."""

from django.db import models

from traboule.apps.branches.models import Branch, ProgrammeVersion
from traboule.apps.branches.queries import current_version
from traboule.apps.people.enums import Permission
from traboule.apps.training.models import Module, ReadinessRule
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.readiness import SAFEGUARDS, Rules


def version_of(branch: Branch) -> ProgrammeVersion:
    """Return the version of the programme that holds now. Raises NotVisible before there is one."""
    version = current_version(branch.organisation_id)
    if version is None:
        raise NotVisible
    return version


def _current(branch: Branch) -> models.QuerySet[ProgrammeVersion, int]:
    """Return the id of the current version as a part of another query: lists are read often."""
    versions = ProgrammeVersion.objects.filter(organisation=branch.organisation_id)
    return versions.order_by("-valid_from").values_list("pk", flat=True)[:1]


def modules_of(branch: Branch) -> models.QuerySet[Module]:
    """Return the modules of a branch under the current version, in their order."""
    return Module.everywhere.filter(branch=branch, version__in=_current(branch))


def find_module(*, actor: Actor, branch: Branch, pk: int) -> Module:
    """Return one module. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.TRAINING_SEE, branch.pk)
    row = Module.everywhere.filter(branch=branch, pk=pk).select_related("branch").first()
    if row is None:
        raise NotVisible
    return row


def rule_of(branch: Branch) -> ReadinessRule:
    """Return what the branch asks: its own figures, else those of the published programme (unsaved)."""
    row = ReadinessRule.everywhere.filter(branch=branch, version__in=_current(branch)).first()
    return row or ReadinessRule(branch=branch)


def kernel_rules(branch: Branch) -> Rules:
    """Return the kernel's view; where no country data allow a check, none is asked."""
    rule = rule_of(branch)
    asked = rule.safeguarding and branch.country in SAFEGUARDS
    return Rules(references=rule.references, modules=rule.modules, safeguarding=asked)
