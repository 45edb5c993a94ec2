"""Headers that depend on who is asking."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class NothingStoredMiddleware:
    """Tell browsers and proxies to keep no copy of a page that somebody had to sign in for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add ``no-store`` to signed-in answers."""
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        return response
