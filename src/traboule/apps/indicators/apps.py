"""Django app ``indicators``."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """Label ``indicators``."""

    name = "traboule.apps.indicators"
    label = "indicators"
    verbose_name = _("Indicators")
