"""Words and legal values of this app that the team reads; the others stand in ``own_enums``."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutcomeState(models.TextChoices):
    """How far an outcome is; its moves stand in ``kernel.lifecycle.OUTCOME``."""

    TOLD = "told", pgettext_lazy("state of an outcome", "to verify")
    VERIFIED = "verified", pgettext_lazy("state of an outcome", "verified")
    DOUBTED = "doubted", pgettext_lazy("state of an outcome", "not confirmed")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an outcome", "taken back")
    JOINED = "joined", pgettext_lazy("state of an outcome", "the same as another one")


# What stands: neither taken back nor another telling of the same thing.
STANDING = (OutcomeState.TOLD, OutcomeState.VERIFIED, OutcomeState.DOUBTED)


class EvidenceGrade(models.TextChoices):
    """How strongly it is proven; moves in ``kernel.lifecycle.GRADE``."""

    DECLARED = "declared", pgettext_lazy("grade of evidence", "declared")
    DOCUMENTED = "documented", pgettext_lazy("grade of evidence", "documented")
    ADMINISTRATIVE = "administrative", pgettext_lazy("grade of evidence", "administrative")


class PaperKind(models.TextChoices):
    """What a paper is."""

    CONTRACT = "contract", _("Contract")
    PAYSLIP = "payslip", _("Payslip")
    ATTESTATION = "attestation", _("Letter of an employer or a school")
    OFFICE = "office", _("Statement of an office")
    OTHER = "other", pgettext_lazy("a paper", "Another paper")


class ToldBy(models.TextChoices):
    """From whom we know it."""

    MENTEE = "mentee", _("The mentee")
    MENTOR = "mentor", _("The mentor")
    EMPLOYER = "employer", _("An employer or a school")
    OFFICE = "office", _("An office")
    TEAM = "team", _("The team saw it")
