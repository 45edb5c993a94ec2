"""The rules of the early warning in words: what each reason is called, and its thresholds as the page lists them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.kernel.warning import Code

CODES: Mapping[Code, Promise] = {
    Code.MISSING: _("Weeks without a meeting"),
    Code.UNDELIVERED: _("Messages that did not arrive"),
    Code.UNANSWERED: _("Links without an answer"),
    Code.FELL: _("Rating that fell"),
    Code.LOW: _("Low rating"),
    Code.NO_STEP: _("No next step"),
}
