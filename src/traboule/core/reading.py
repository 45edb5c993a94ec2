"""GET cannot write: while a safe request is answered, the database refuses every writing statement.

A view that must write on GET says so with ``@writes_on_get("why")``. Sessions are let through: they are the
visitor's own state, not the programme's.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connections
from django.http import HttpRequest, HttpResponse

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_WRITING = frozenset(
    {"INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "CREATE", "ALTER", "DROP", "TRUNCATE"}
)
_SESSION_TABLES = ("django_session", "usersessions_usersession")

V = TypeVar("V", bound=Callable[..., Any])


class WriteWhileReading(RuntimeError):
    """A page that was only asked for tried to change something."""


def writes_on_get(reason: str) -> Callable[[V], V]:
    """Let a view write while it answers GET; ``reason`` says why it must."""

    def mark(view: V) -> V:
        view.writes_on_get = reason  # type: ignore[attr-defined]  # read back by the middleware
        return view

    return mark


class ReadingOnlyMiddleware:
    """Wraps the database connections of every safe request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, with writing refused if its method is safe."""
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        guard = _Guard(request)
        request.reading_guard = guard  # type: ignore[attr-defined]  # process_view opens it
        wrappers = [connection.execute_wrapper(guard) for connection in connections.all()]
        for wrapper in wrappers:
            wrapper.__enter__()
        try:
            return self.get_response(request)
        finally:
            for wrapper in reversed(wrappers):
                wrapper.__exit__(None, None, None)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Open the guard for a view that declared that it writes."""
        guard = getattr(request, "reading_guard", None)
        marked = getattr(view, "writes_on_get", None) or getattr(
            getattr(view, "view_class", None), "writes_on_get", None
        )
        if guard is not None and marked:
            guard.open = True


class _Guard:
    def __init__(self, request: HttpRequest) -> None:
        self.path = request.path
        self.open = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if not self.open and _is_write(sql):
            raise WriteWhileReading(f"{self.path}: {sql[:80]}")
        return execute(sql, params, many, context)


def _is_write(sql: str) -> bool:
    words = sql.lstrip("( \n").split(None, 1)
    if not words or words[0].upper() not in _WRITING:
        return False
    return not any(f'"{table}"' in sql[:120] for table in _SESSION_TABLES)
