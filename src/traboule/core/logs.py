"""Logs without personal data: known keys are masked, addresses and phone numbers are struck out anywhere."""

import logging
import logging.config
import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

MASKED_KEYS = frozenset(
    [
        "email",
        "phone",
        "name",
        "first_name",
        "last_name",
        "birth_date",
        "text",
        "reason",
        "postcode",
        "address",
        "password",
        "code",
        "token",
        "secret",
    ]
)
_EMAIL = re.compile(r"[^\s@\"'<>]+@[^\s@\"'<>]+\.[^\s@\"'<>]+")
_PHONE = re.compile(r"(?<![\w.])(?:\+\d{1,3}|0)(?:[ .-]?\d){8,12}(?!\w)")
MASK = "[masked]"


def strike_out(text: str) -> str:
    """Return ``text`` with e-mail addresses and phone numbers replaced by a mask."""
    return _PHONE.sub(MASK, _EMAIL.sub(MASK, text))


def mask_personal(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Structlog processor: mask personal keys, and personal patterns inside every other text."""
    return {key: MASK if key in MASKED_KEYS else _masked(value) for key, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return strike_out(value)
    if isinstance(value, Mapping):
        return {key: MASK if key in MASKED_KEYS else _masked(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    return value


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask_personal,
    ]


def configure_logging(*, style: str, level: str) -> None:
    """Send structlog and the standard library through one masking pipe; ``style`` is json or console."""
    shared = _shared()
    last: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "masked": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        mask_personal,
                        last,
                    ],
                }
            },
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masked"}},
            # It says each address at INFO, and addresses of providers may hold a phone number.
            # The other greets whoever loads it.
            "loggers": {"httpx": {"level": "WARNING"}, "pikepdf": {"level": "WARNING"}},
            "root": {"handlers": ["console"], "level": level},
        }
    )
