"""Bank details, kept apart from everything else, and the files that went to the bank, byte for byte."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.expenses.models.claims import ExpenseClaim
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped
from traboule.kernel.expenses import masked_iban


class PainVersion(models.TextChoices):
    """Which form of the transfer file the bank of the association reads."""

    V09 = "pain.001.001.09", "pain.001.001.09"
    V03 = "pain.001.001.03", "pain.001.001.03"


class BankDetails(Scoped):
    """Where a volunteer gets money back. Pages show ``masked`` only; the whole number goes to the bank."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.EXPENSES_BANK

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="bank_details")
    holder = models.CharField(_("name of the account"), max_length=70)
    iban = models.CharField("IBAN", max_length=34)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """Country and last four signs."""
        return masked_iban(self.iban)


class PayerAccount(Scoped):
    """The account of the association from which a branch pays."""

    SEE = Permission.EXPENSES_PAY

    branch = models.OneToOneField(Branch, on_delete=models.CASCADE, related_name="payer_account")
    name = models.CharField(_("name of the account"), max_length=70)
    iban = models.CharField("IBAN", max_length=34)
    version = models.CharField(
        _("form of the file"), max_length=20, choices=PainVersion.choices, default=PainVersion.V09
    )

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"

    def __str__(self) -> str:
        return self.name

    @property
    def masked(self) -> str:
        """Country and last four signs."""
        return masked_iban(self.iban)


class ReimbursementBatch(Scoped):
    """One file for the bank: frozen when it is made, marked paid when the director says so."""

    SEE = Permission.EXPENSES_PAY

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="reimbursements")
    number = models.PositiveIntegerField(_("number"))
    version = models.CharField(max_length=20, choices=PainVersion.choices)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    pay_on = models.DateField(_("to be paid on"))
    transfers = models.PositiveIntegerField(_("transfers"))
    total = models.PositiveBigIntegerField(_("sum, cents"))
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    paid_at = models.DateTimeField(_("paid"), null=True)
    paid_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "number"], name="reimbursement_number_once"),
            models.CheckConstraint(
                condition=Q(transfers__gte=1, total__gte=1), name="reimbursement_pays_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"reimbursement {self.number}"


class BatchLine(Scoped):
    """A claim in a file. One line a claim, by the database: nobody is paid twice."""

    SCOPE_PATH = "batch__branch_id"
    SEE = Permission.EXPENSES_PAY

    batch = models.ForeignKey(ReimbursementBatch, on_delete=models.PROTECT, related_name="lines")
    claim = models.OneToOneField(ExpenseClaim, on_delete=models.PROTECT, related_name="line")
    amount = models.PositiveIntegerField(_("amount, cents"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"

    def __str__(self) -> str:
        return f"line {self.pk}"
