"""Headers that depend on who is asking."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class NothingStoredMiddleware:
    """Tell browsers and proxies to keep no copy of a page that somebody had to sign in for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add ``no-store`` to signed-in answers; whoever signs out leaves nothing behind in the browser."""
        was_signed_in = _is_signed_in(request)
        response = self.get_response(request)
        if _is_signed_in(request):
            response.headers["Cache-Control"] = "no-store, private"
        elif was_signed_in:
            # A list of attendance that waits for a signal holds names.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    return getattr(request, "user", None) is not None and request.user.is_authenticated
