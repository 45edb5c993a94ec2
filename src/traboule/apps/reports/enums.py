"""Words of this app: kinds of report, and the forms in which one is handed out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportKind(models.TextChoices):
    """For whom a report is; each kind counts its own numbers."""

    BOARD = "board", _("Board")
    FUNDER = "funder", _("Funder")
    COLLECTIVE = "collective", _("Collective")


class FileForm(models.TextChoices):
    """The files of a report."""

    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"


class ReportLanguage(models.TextChoices):
    """Languages in which a report can be written: those of the country, and English."""

    FRENCH = "fr", "Français"
    DUTCH = "nl", "Nederlands"
    ENGLISH = "en", "English"
