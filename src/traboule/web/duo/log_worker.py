"""The script that opens the page of a log again without a network."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from traboule.web.components.attendance import worker

FILE = "traboule/log_worker.js"


@login_not_required
@require_safe
def log_worker(request: HttpRequest) -> HttpResponse:
    """Answer with the script; it lies at the root because links and own places have no folder in common."""
    return worker(FILE)
