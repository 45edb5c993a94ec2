"""The production door with a measuring stick beside it: `/hello/` is a Django view without any middleware."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

from traboule.config.wsgi import application as whole

Start = Callable[..., Any]


def hello(request: WSGIRequest) -> HttpResponse:
    """Say hello."""
    return HttpResponse("hello")


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Answer `/hello/` at once and hand everything else to the product."""
    if environ.get("PATH_INFO") != "/hello/":
        return whole(environ, start_response)
    answer = hello(WSGIRequest(environ))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(answer.content)))])
    return [answer.content]
