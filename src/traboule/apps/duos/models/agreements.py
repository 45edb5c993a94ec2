"""Agreements with their versions, who signs them, and the first meeting of three."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch, Venue
from traboule.apps.duos.enums import (
    OPEN_AGREEMENT_STATES,
    AgreementState,
    Coming,
    FirstMeetingState,
    Party,
    SignedBy,
)
from traboule.apps.duos.models.duos import Duo
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped


def _login(*, null: bool = False) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(Login, on_delete=models.PROTECT, related_name="+", null=null, blank=null)


class AgreementTemplate(Scoped):
    """What a branch puts into its agreements beside the words of the house; a change is a new version."""

    SEE = Permission.DUOS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="agreement_templates")
    version = models.PositiveSmallIntegerField(_("version"))
    hours = models.PositiveSmallIntegerField(_("hours a week"), default=2)
    # language → what the branch adds, plain text
    own_words = models.JSONField(_("what the branch adds"), default=dict)
    made_by = _login()
    made_at = models.DateTimeField(_("written at"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = (
            models.UniqueConstraint(fields=("branch", "version"), name="agreement_template_version_once"),
        )

    def __str__(self) -> str:
        return f"template {self.version} of branch {self.branch_id}"


class Agreement(Scoped):
    """One version of what a duo agrees on. Once sent its words are fixed, with a digest; a change is a new
    version."""

    SEE = Permission.DUOS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="agreements")
    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=10, choices=AgreementState, default=AgreementState.DRAFTED
    )
    # The words of the house (clauses.WORDING), and those of the branch.
    wording = models.CharField(_("version of the house's words"), max_length=10)
    template = models.ForeignKey(
        AgreementTemplate, on_delete=models.PROTECT, related_name="agreements", null=True
    )
    # The language beside French; French itself where the mentee reads it.
    language = models.CharField(_("language"), max_length=10)
    hours = models.PositiveSmallIntegerField(_("hours a week"), default=2)
    weekday = models.PositiveSmallIntegerField(_("day of the week"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200)
    own_words = models.TextField(_("our own words, in French"), max_length=1_000, blank=True)
    own_words_read = models.TextField(_("our own words, in the other language"), max_length=1_000, blank=True)
    # language → [[heading, text], …]: what was signed, word by word.
    texts = models.JSONField(_("text"), default=dict)
    digest = models.CharField(_("fingerprint of the text"), max_length=64, blank=True)
    drafted_by = _login()
    drafted_at = models.DateTimeField(_("drafted at"))
    sent_by = _login(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    signed_at = models.DateTimeField(_("signed by all at"), null=True)
    ended_at = models.DateTimeField(_("replaced or withdrawn at"), null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        indexes = (models.Index(fields=("branch", "state", "sent_at"), name="agreement_of_branch"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=AgreementState.values), name="agreement_state_is_legal"
            ),
            models.UniqueConstraint(fields=("duo", "version"), name="agreement_version_once"),
            models.UniqueConstraint(
                fields=("duo",), condition=Q(state=AgreementState.SIGNED), name="one_agreement_in_force"
            ),
            models.UniqueConstraint(
                fields=("duo",), condition=Q(state__in=OPEN_AGREEMENT_STATES), name="one_open_agreement"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(AgreementState.DRAFTED, AgreementState.WITHDRAWN))
                | (~Q(digest="") & Q(sent_at__isnull=False, sent_by__isnull=False)),
                name="sent_agreement_has_a_fixed_text",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(AgreementState.SIGNED, AgreementState.REPLACED))
                | Q(signed_at__isnull=False),
                name="signed_agreement_says_when",
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="agreement_day_is_of_a_week"
            ),
        )

    def __str__(self) -> str:
        return f"agreement {self.duo_id}/{self.version}"


class Signature(Scoped):
    """One who signs one version: open until signed. No network address is kept."""

    SCOPE_PATH = "agreement__branch_id"
    SEE = Permission.DUOS_SEE

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    party = models.CharField(_("who signs"), max_length=12, choices=Party)
    # Only of "other": in which capacity.
    label = models.CharField(_("in which capacity"), max_length=80, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signatures", null=True)
    login = _login(null=True)
    name = models.CharField(_("name as signed"), max_length=160, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    channel = models.CharField(_("way of signing"), max_length=8, choices=SignedBy, blank=True)
    language = models.CharField(_("language read"), max_length=10, blank=True)
    drawing = models.TextField(_("drawn signature"), max_length=20_000, blank=True)
    digest = models.CharField(_("fingerprint of the text signed"), max_length=64, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(party__in=Party.values), name="signature_party_is_known"),
            models.UniqueConstraint(fields=("agreement", "party", "label"), name="signatory_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, name="", digest="", channel="")
                | (Q(signed_at__isnull=False, channel__in=SignedBy.values) & ~Q(digest="")),
                name="signature_is_whole_or_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party} of {self.agreement_id}"


class FirstMeeting(Scoped):
    """The meeting of three with which a duo begins: when, where, who can come, and whether it took place."""

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="first_meetings")
    state = models.CharField(
        _("state"), max_length=10, choices=FirstMeetingState, default=FirstMeetingState.PLANNED
    )
    starts_at = models.DateTimeField(_("when"))
    venue = models.ForeignKey(Venue, on_delete=models.SET_NULL, related_name="+", null=True)
    place = models.CharField(_("where"), max_length=300)
    mentee_says = models.CharField(_("the mentee"), max_length=6, choices=Coming, blank=True)
    mentor_says = models.CharField(_("the mentor"), max_length=6, choices=Coming, blank=True)
    booked_by = _login()
    booked_at = models.DateTimeField(_("booked at"))
    closed_by = _login(null=True)
    closed_at = models.DateTimeField(_("noted at"), null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=FirstMeetingState.values), name="first_meeting_state_is_legal"
            ),
            models.CheckConstraint(condition=~Q(place=""), name="first_meeting_has_a_place"),
            models.UniqueConstraint(
                fields=("duo",),
                condition=Q(state=FirstMeetingState.PLANNED),
                name="one_planned_first_meeting",
            ),
            models.UniqueConstraint(
                fields=("duo",), condition=Q(state=FirstMeetingState.HELD), name="one_held_first_meeting"
            ),
            models.CheckConstraint(
                condition=Q(state=FirstMeetingState.PLANNED, closed_at__isnull=True)
                | (~Q(state=FirstMeetingState.PLANNED) & Q(closed_at__isnull=False)),
                name="first_meeting_over_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"first meeting of duo {self.duo_id}"
