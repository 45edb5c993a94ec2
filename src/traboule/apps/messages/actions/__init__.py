"""What may be done with messages. One call is one transaction."""

from traboule.apps.messages.actions.delivering import beat, deliver_due
from traboule.apps.messages.actions.pool import NotWaiting, keep_promises, pool_tick, say_how_long
from traboule.apps.messages.actions.receipts import (
    StillWaiting,
    lift_stop,
    record_bounce,
    record_delivery,
    record_stop,
    send_again,
)
from traboule.apps.messages.actions.telling import rendered, tell
from traboule.apps.messages.actions.wordings import BadWording, check_wording, drop_wording, set_wording

__all__ = [
    "BadWording",
    "NotWaiting",
    "StillWaiting",
    "beat",
    "check_wording",
    "deliver_due",
    "drop_wording",
    "keep_promises",
    "lift_stop",
    "pool_tick",
    "record_bounce",
    "record_delivery",
    "record_stop",
    "rendered",
    "say_how_long",
    "send_again",
    "set_wording",
    "tell",
]
