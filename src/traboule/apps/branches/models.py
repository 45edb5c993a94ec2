"""Organisation, branch, version of the programme."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.enums import SitePart
from traboule.core.languages import EVERYBODY, HOUSE


class Organisation(models.Model):
    """The association that runs the programme. One per installation."""

    name = models.CharField(_("name"), max_length=120)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Branch(models.Model):
    """A local site, and the boundary of data."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="branches")
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    country = models.CharField(
        _("country"), max_length=2, default="FR", validators=[RegexValidator("^[A-Z]{2}$")]
    )
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    commune_code = models.CharField(_("commune"), max_length=10, blank=True)
    timezone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    rules = models.JSONField(_("matching rules"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("branch")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="branch_name_once_per_organisation"
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="branch_has_a_slug"),
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeVersion(models.Model):
    """What a duo signs up for: weeks and hours a week, from a date on."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="programme_versions"
    )
    label = models.CharField(_("label"), max_length=80)
    weeks = models.PositiveSmallIntegerField(_("weeks"), default=26)
    hours_per_week = models.PositiveSmallIntegerField(_("hours a week"), default=2)
    valid_from = models.DateField(_("valid from"))

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "valid_from"], name="programme_version_one_a_day"
            ),
            models.CheckConstraint(
                condition=Q(weeks__gte=1, weeks__lte=104), name="programme_version_weeks_1_to_104"
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=1, hours_per_week__lte=40),
                name="programme_version_hours_1_to_40",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SiteText(models.Model):
    """What a branch says on its public pages in one language; every version is kept, the highest is shown.

    An empty text gives the word back to the text that Traboule brings along.
    """

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="site_texts")
    part = models.CharField(_("part"), max_length=20, choices=SitePart.choices)
    language = models.CharField(_("language"), max_length=10)
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=6_000, blank=True)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ["part", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "part", "language", "version"], name="site_text_version_once"
            ),
            models.CheckConstraint(condition=Q(part__in=SitePart.values), name="site_text_part_is_known"),
            models.CheckConstraint(condition=Q(language__in=EVERYBODY), name="site_text_language_is_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="site_text_version_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.language} {self.version}"


class SiteFigure(models.Model):
    """A figure that staff typed for the public pages, with its source. ``labels``: language to words."""

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="site_figures")
    value = models.CharField(_("figure"), max_length=20)
    labels = models.JSONField(_("what it says"), default=dict)
    source = models.CharField(_("source"), max_length=160)
    as_of = models.DateField(_("as of"))
    counted = models.PositiveIntegerField(_("people counted"))
    typed_at = models.DateTimeField(_("typed"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(value="") & ~Q(source=""), name="site_figure_says_its_source"
            ),
            models.CheckConstraint(condition=Q(counted__gte=1), name="site_figure_counts_somebody"),
        ]

    def __str__(self) -> str:
        return self.value

    def label_in(self, language: str) -> tuple[str, str]:
        """Return the words and their language: as asked, else French, else whatever was typed."""
        for code in (language, HOUSE, *self.labels):
            if self.labels.get(code):
                return self.labels[code], code
        return "", language
