"""Tasks by name, sent when the transaction is committed."""

from __future__ import annotations

from functools import partial

import structlog
from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

logger = structlog.get_logger(__name__)


def enqueue(task_name: str, *arguments: str, queue: str = "normal") -> None:
    """Send a task once the transaction is committed. Arguments are ids only.

    A broker that is away is logged, not raised: what must happen is a row, and a sweep finds it.
    """
    if connection.in_atomic_block:
        transaction.on_commit(partial(_send, task_name, arguments, queue))
    else:  # asking for the commit would open a connection in threads that need none
        _send(task_name, arguments, queue)


def _send(task_name: str, arguments: tuple[str, ...], queue: str) -> None:
    try:
        # A signature honours eager mode; send_task would not.
        current_app.signature(task_name, args=arguments).apply_async(queue=queue, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("hint_not_sent", task=task_name, error=str(error))
