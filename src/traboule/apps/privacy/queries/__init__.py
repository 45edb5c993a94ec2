"""Named reads of this app."""

from traboule.apps.privacy.queries.requests import (
    RequestLine,
    find_hold,
    find_request,
    holds_of,
    open_steps,
    requests_of,
    requests_of_person,
)
from traboule.apps.privacy.queries.retention import Due, erased_lately, retention_due, retention_list

__all__ = [
    "Due",
    "RequestLine",
    "erased_lately",
    "find_hold",
    "find_request",
    "holds_of",
    "open_steps",
    "requests_of",
    "requests_of_person",
    "retention_due",
    "retention_list",
]
