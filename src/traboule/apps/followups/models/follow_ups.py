"""A question to a mentee some months after the end: how far it is, and what was answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.followups.enums import OPEN_STATES, FollowUpState, NotAsked, Through
from traboule.apps.followups.own_enums import Hours, Leads, Now, Since
from traboule.apps.outcomes.models import Outcome
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped
from traboule.kernel.followups import FOLLOW_UP_MONTHS


def default_months() -> list[int]:
    """Return the months of the programme as it is published."""
    return list(FOLLOW_UP_MONTHS)


class FollowUpSetting(Scoped):
    """When a branch asks after the end; without a row the published months hold."""

    SEE = Permission.OUTCOMES_SEE

    branch = models.OneToOneField(Branch, on_delete=models.CASCADE, related_name="follow_up_setting")
    months = models.JSONField(_("months after the end"), default=default_months)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"

    def __str__(self) -> str:
        return f"follow-up in {self.branch_id}"


class FollowUp(Scoped):
    """One question to one mentee about one month after the end of the last duo.

    Reached: the person answered. `done_at` is when the answer was sent off; until then going back changes it.
    Heard: we know it another way; `heard_from` says from whom. Pending, refused, unreachable and not asked
    are states of their own and never one number.
    """

    SEE = Permission.OUTCOMES_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="follow_ups")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="follow_ups")
    duo = models.ForeignKey(Duo, on_delete=models.PROTECT, related_name="follow_ups")
    month = models.PositiveSmallIntegerField(_("months after the end"))
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=12, choices=FollowUpState.choices, default=FollowUpState.DUE
    )
    why_not = models.CharField(_("why not asked"), max_length=12, choices=NotAsked.choices, blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True)
    by_hand = models.BooleanField(_("carried by a letter or an adviser"), default=False)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    calls = models.PositiveSmallIntegerField(_("calls"), default=0)
    tried_at = models.DateTimeField(_("last try"), null=True)
    through = models.CharField(_("answered through"), max_length=6, choices=Through.choices, blank=True)
    heard_from = models.CharField(_("known from"), max_length=10, blank=True)
    now = models.CharField(_("is doing now"), max_length=10, choices=Now.choices, blank=True)
    leads = models.CharField(_("kind of training"), max_length=10, choices=Leads.choices, blank=True)
    since = models.CharField(_("since"), max_length=6, choices=Since.choices, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours a week"), choices=Hours.choices, null=True)
    ask_again = models.BooleanField(_("may be asked again"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    done_at = models.DateTimeField(_("sent off"), null=True)
    closed_at = models.DateTimeField(_("over since"), null=True)
    noted_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.ForeignKey(Outcome, null=True, on_delete=models.SET_NULL, related_name="follow_ups")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-due_on", "-pk"]
        indexes = [
            models.Index(fields=["branch", "state", "due_on"], name="follow_up_by_state"),
            models.Index(fields=["person", "due_on"], name="follow_up_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["duo", "month"], name="follow_up_once_a_month"),
            models.CheckConstraint(
                condition=Q(state__in=FollowUpState.values), name="follow_up_state_is_legal"
            ),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=60), name="follow_up_month_1_to_60"),
            models.CheckConstraint(
                condition=Q(state="not_asked", why_not__in=NotAsked.values)
                | (~Q(state="not_asked") & Q(why_not="")),
                name="follow_up_not_asked_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="reached", answered_at__isnull=False, now__in=Now.values)
                | (~Q(state="reached") & Q(now="", answered_at__isnull=True)),
                name="follow_up_reached_says_what",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=OPEN_STATES, closed_at__isnull=True))
                | (~Q(state__in=OPEN_STATES) & Q(closed_at__isnull=False)),
                name="follow_up_over_has_its_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["asked", "reminded"]) | Q(asked_at__isnull=False),
                name="follow_up_asked_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"follow-up {self.pk}, month {self.month}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for an answer."""
        return self.state in OPEN_STATES
