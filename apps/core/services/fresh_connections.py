"""Connections of threads that Django's request cycle does not look after."""

from __future__ import annotations

import threading

from django.db import close_old_connections, connection

from exprsn.kernel.clock import monotonic

LOOK_AGAIN_SECONDS = 5.0
_looked = threading.local()


def fresh_connections() -> None:
    """Close this thread's connection if it is too old or broken.

    Django's own check asks the database with a statement of its own; a connection that worked some seconds
    ago is believed, so a busy thread asks once in a while instead of each time.
    """
    now = monotonic()
    if connection.errors_occurred or now - getattr(_looked, "at", float("-inf")) > LOOK_AGAIN_SECONDS:
        _looked.at = now
        close_old_connections()
