"""Pages for what goes wrong: each says what happened and where to go, in the frame of the house."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its key: too old, or from another site."""
    return render(request, "403_csrf.html", status=403)
