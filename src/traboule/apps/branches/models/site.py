"""What the public pages of a branch say: texts and typed figures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.enums import SitePart
from traboule.apps.branches.models.organisation import Branch
from traboule.core.languages import EVERYBODY, HOUSE


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
