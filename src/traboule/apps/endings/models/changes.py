"""Going on longer, and why it ended as each of the two sees it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.models import Duo
from traboule.apps.endings.enums import ExtensionReason, ExtensionState
from traboule.apps.endings.own_enums import SideReason
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped


class Extension(Scoped):
    """A later end that the team proposes to a duo; it holds once both said yes, or the team wrote it down."""

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="extensions")
    old_end = models.DateField(_("planned end before"))
    new_end = models.DateField(_("new planned end"))
    reason = models.CharField(_("reason"), max_length=20, choices=ExtensionReason)
    state = models.CharField(_("state"), max_length=10, choices=ExtensionState, default=ExtensionState.ASKED)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="+")
    # None: not answered yet.
    mentee_says = models.BooleanField(_("mentee agrees"), null=True)
    mentor_says = models.BooleanField(_("mentor agrees"), null=True)
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=ExtensionState.values), name="extension_state_is_legal"
            ),
            models.CheckConstraint(condition=Q(reason__in=ExtensionReason.values), name="extension_says_why"),
            models.CheckConstraint(condition=Q(new_end__gt=F("old_end")), name="extension_ends_later"),
            models.UniqueConstraint(
                fields=("duo",), condition=Q(state=ExtensionState.ASKED), name="one_open_extension"
            ),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.ASKED, settled_at__isnull=True)
                | ~Q(state=ExtensionState.ASKED) & Q(settled_at__isnull=False),
                name="settled_extension_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.AGREED)
                | Q(mentee_says__isnull=False, mentee_says=True, mentor_says__isnull=False, mentor_says=True),
                name="agreed_extension_has_two_yeses",
            ),
        )

    def __str__(self) -> str:
        return f"extension {self.pk} of duo {self.duo_id}"


class EndWord(Scoped):
    """Why it ended as one side sees it; the team reads it, the other side never does.

    `said_by` is empty when the person said it through a link or signed in.
    """

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="end_words")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="end_words")
    side = models.CharField(_("as"), max_length=10, choices=Side)
    asked_at = models.DateTimeField(_("asked"))
    reasons = models.JSONField(_("reasons"), default=list)
    words = models.CharField(_("in own words"), max_length=500, blank=True)
    said_at = models.DateTimeField(_("said"), null=True)
    said_by = models.ForeignKey(Login, on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("duo", "side"), name="end_word_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="end_word_side_is_legal"),
            models.CheckConstraint(
                condition=Q(said_at=None) | Q(said_at__gte=F("asked_at")), name="end_word_said_after_asked"
            ),
        )

    def __str__(self) -> str:
        return f"word of {self.side} on duo {self.duo_id}"

    @property
    def said(self) -> list[str]:
        """The reasons in the reader's language."""
        return [str(SideReason(code).label) for code in self.reasons if code in SideReason.values]
