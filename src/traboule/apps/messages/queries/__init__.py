"""What is read about messages."""

from traboule.apps.messages.queries.facts import (
    digest_of,
    facts_of,
    has_stopped,
    is_stopped,
    stopped_channels,
)
from traboule.apps.messages.queries.lists import (
    Health,
    KindRow,
    find_message,
    kind_rows,
    languages,
    letters_to_print,
    message_by_uid,
    message_list,
    state_counts,
    wording_of,
    worker_health,
)
from traboule.apps.messages.queries.news import next_news_of, one_who_waits, who_waits

__all__ = [
    "Health",
    "KindRow",
    "digest_of",
    "facts_of",
    "find_message",
    "has_stopped",
    "is_stopped",
    "kind_rows",
    "languages",
    "letters_to_print",
    "message_by_uid",
    "message_list",
    "next_news_of",
    "one_who_waits",
    "state_counts",
    "stopped_channels",
    "who_waits",
    "wording_of",
    "worker_health",
]
