"""The interface itself, and its description as OpenAPI."""

import copy
from functools import cache
from typing import Any

from ninja import NinjaAPI

from traboule.api.duos import router as duos
from traboule.api.gate import Bearer
from traboule.api.indicators import router as indicators
from traboule.api.outcomes import router as outcomes
from traboule.api.people import router as people
from traboule.api.problems import KIND, handle_problems

PREFIX = "/api/v1/"
ABOUT = (
    "Read-only. Each token reads one branch for one purpose; what the purpose does not include is absent or "
    "answered with 403. Names of rows are made up and stay the same for one receiver. Rows come in a stable "
    "order, by parts: ask again with `cursor` until `next` is null. Answers carry an ETag: send it back as "
    "If-None-Match and an unchanged list costs 304 and no row. Whoever is erased or archived is no longer "
    "listed: read everything anew now and then, and keep nothing that is gone."
)

api = NinjaAPI(
    title="Traboule",
    version="1",
    description=ABOUT,
    urls_namespace="v1",
    auth=Bearer(),
    docs_url=None,
    openapi_url=None,
)
api.add_router("people", people)
api.add_router("duos", duos)
api.add_router("outcomes", outcomes)
api.add_router("indicators", indicators)
handle_problems(api)


@cache
def description() -> dict[str, Any]:
    """Return the OpenAPI document: plain values, the same for every reader."""
    found: dict[str, Any] = copy.deepcopy(dict(api.get_openapi_schema(path_prefix=PREFIX.strip("/") + "/")))
    for methods in found["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                _problem_kind(int(status), answer)
    shapes = found["components"]["schemas"]
    for name in [name for name in shapes if name.endswith("Filter")]:
        del shapes[name]  # said by the parameters already
    del found["servers"]  # the address of this document says where it is
    return found


def _problem_kind(status: int, answer: dict[str, Any]) -> None:
    """Say under which type an error is sent: the library writes application/json everywhere."""
    if status >= 400:
        answer["content"] = {KIND: answer["content"]["application/json"]}
    else:
        answer.setdefault("headers", {})["ETag"] = {"schema": {"type": "string"}}
    if status == 429:
        answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
