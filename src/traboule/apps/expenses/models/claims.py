"""What a volunteer spent, and the picture that proves it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.expenses.enums import ExpenseKind, ExpenseState
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core.models import StoredFile
from traboule.core.scope import Scoped

_DECIDED = [ExpenseState.APPROVED, ExpenseState.REFUSED, ExpenseState.PAID, ExpenseState.WAIVED]


class ExpenseClaim(Scoped):
    """One ticket, one trip, one bill. Amounts are cents, written down once with the rate that held."""

    SEE = Permission.EXPENSES_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="expense_claims")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="expense_claims")
    kind = models.CharField(_("kind"), max_length=12, choices=ExpenseKind.choices)
    spent_on = models.DateField(_("day"))
    amount = models.PositiveIntegerField(_("amount, cents"))
    km = models.PositiveSmallIntegerField(_("kilometres"), null=True)
    km_rate = models.PositiveIntegerField(_("rate that held"), null=True)
    is_flat = models.BooleanField(_("without proof"), default=False)
    waives = models.BooleanField(_("given to the association"), default=False)
    about = models.CharField(_("what for"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ExpenseState.choices, default=ExpenseState.SENT
    )
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        Login, null=True, on_delete=models.SET_NULL, related_name="expenses_decided"
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)
    paid_at = models.DateTimeField(_("paid"), null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-spent_on", "-pk"]
        indexes = [
            models.Index(fields=["branch", "state", "sent_at"], name="expense_by_state"),
            models.Index(fields=["person", "spent_on"], name="expense_by_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ExpenseKind.values), name="expense_kind_is_legal"),
            models.CheckConstraint(condition=Q(state__in=ExpenseState.values), name="expense_state_is_legal"),
            models.CheckConstraint(
                condition=Q(amount__gte=1, amount__lte=1_000_000), name="expense_1_cent_to_10000_euros"
            ),
            models.CheckConstraint(
                condition=Q(kind="kilometres", km__isnull=False, km_rate__isnull=False, km__gte=1)
                | (~Q(kind="kilometres") & Q(km__isnull=True, km_rate__isnull=True)),
                name="expense_km_say_how_many",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_DECIDED) | Q(decided_at__isnull=False),
                name="expense_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(sent_by__isnull=True) | Q(decided_by__isnull=True) | ~Q(sent_by=F("decided_by")),
                name="expense_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "asked_back"]) | ~Q(reason=""),
                name="expense_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_at__isnull=False)
                | (~Q(state="paid") & Q(paid_at__isnull=True)),
                name="expense_paid_at_a_time",
            ),
            models.CheckConstraint(
                condition=~(Q(waives=True) & Q(state__in=["approved", "paid"]))
                & ~(Q(waives=False) & Q(state="waived")),
                name="expense_given_up_is_never_paid",
            ),
        ]

    def __str__(self) -> str:
        return f"expense {self.pk}"


class ExpenseProof(StoredFile, Scoped):
    """The picture or paper of one claim: checked, and drawn anew where it is a picture."""

    SCOPE_PATH = "claim__branch_id"
    SEE = Permission.EXPENSES_SEE

    claim = models.OneToOneField(ExpenseClaim, on_delete=models.CASCADE, related_name="proof")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"

    def __str__(self) -> str:
        return f"proof {self.pk}"
