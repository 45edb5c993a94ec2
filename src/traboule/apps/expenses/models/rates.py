"""What a country allows, from a day on: data, never code. Rows that came with the software: ``shipped``."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.models import Login


class ExpenseRates(models.Model):
    """One version of the rates of a country. A later version never changes what was sent before."""

    country = models.CharField(_("country"), max_length=2)
    valid_from = models.DateField(_("valid from"))
    km_rate = models.PositiveIntegerField(_("rate per kilometre, ten-thousandths of a euro"), null=True)
    km_year = models.PositiveIntegerField(_("kilometres a year, at most"), null=True)
    flat_day = models.PositiveIntegerField(_("without proof, a day, cents"), null=True)
    flat_year = models.PositiveIntegerField(_("without proof, a year, cents"), null=True)
    flat_excludes_real = models.BooleanField(
        _("flat sums and proven costs exclude each other"), default=False
    )
    may_waive = models.BooleanField(_("costs may be given up for a tax reduction"), default=False)
    source = models.CharField(_("where it is published"), max_length=300)
    source_year = models.PositiveSmallIntegerField(_("year of the publication"))
    set_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(_("set"))

    class Meta:
        ordering = ["country", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["country", "valid_from"], name="expense_rates_one_a_day"),
            models.CheckConstraint(condition=~Q(source=""), name="expense_rates_say_their_source"),
            models.CheckConstraint(
                condition=Q(km_rate=None) | Q(km_rate__gte=1, km_rate__lte=50_000),
                name="expense_km_rate_up_to_5_euros",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.valid_from}"
