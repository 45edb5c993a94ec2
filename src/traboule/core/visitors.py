"""From where somebody asks."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the address that asks: behind a proxy the last one that it wrote, which nobody can invent."""
    if settings.TRABOULE_BEHIND_PROXY:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
