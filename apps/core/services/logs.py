"""Logs: one line for each event, as JSON or for people, with the correlation id and without secrets."""

from __future__ import annotations

import logging
from collections.abc import MutableMapping, Sequence
from typing import Any

import structlog
from structlog.typing import Processor

from apps.core.services.jsontext import dumps
from exprsn.kernel.correlation import correlation_id
from exprsn.kernel.redaction import redact, redact_text

EventDict = MutableMapping[str, Any]
# Names that structlog and logging put there themselves.
_OWN = frozenset({"event", "level", "logger", "timestamp", "exception", "exc_info", "_record", "_from_structlog"})


def add_correlation_id(logger: Any, method: str, event: EventDict) -> EventDict:
    """The id of the request or run that this line belongs to."""
    current = correlation_id()
    if current:
        event.setdefault("correlation_id", current)
    return event


def mask_secrets(logger: Any, method: str, event: EventDict) -> EventDict:
    """Fields whose names tell of secrets, and credentials inside of texts, are masked."""
    plain = {name: value for name, value in event.items() if name not in _OWN}
    event.update(redact(plain))
    for name in ("event", "exception"):
        if isinstance(event.get(name), str):
            event[name] = redact_text(event[name])
    return event


def _to_json(event: Any, **options: Any) -> str:
    return dumps(event).decode()


_SHARED: Sequence[Processor] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    add_correlation_id,
)


def configure_structlog() -> None:
    """Send what structlog says through Python's logging, where ``formatter`` gives it its form."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def formatter(form: str) -> logging.Formatter:
    """The formatter of the handlers: ``json`` or ``human``."""
    last: list[Processor]
    if form == "json":
        last = [
            structlog.processors.format_exc_info,
            mask_secrets,
            structlog.processors.JSONRenderer(_to_json),
        ]
    elif form == "human":
        plain = structlog.dev.plain_traceback
        last = [mask_secrets, structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
    else:
        raise ValueError(f"EXPRSN_LOG_FORMAT must be json or human, not {form!r}.")
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_SHARED, structlog.stdlib.ExtraAdder()],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
