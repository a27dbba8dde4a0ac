"""A part of a Celery worker that does something in rounds, in a thread of its own."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

import structlog
from celery import bootsteps
from django.db import DatabaseError, close_old_connections, connection

logger = structlog.get_logger(__name__)
STOP_SECONDS = 5.0


class WorkerRounds(bootsteps.StartStopStep):
    """The thread begins and ends with the part; a round that fails is logged and does not end the rounds."""

    thread_name: ClassVar[str]

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, parent: Any) -> None:
        """Begin the rounds."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._go, args=(parent,), name=self.thread_name, daemon=True)
        self._thread.start()

    def stop(self, parent: Any) -> None:
        """End after the round under way."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)
            self._thread = None

    def shutdown(self, parent: Any) -> None:
        self.stop(parent)

    def terminate(self, parent: Any) -> None:
        self.stop(parent)

    @abstractmethod
    def rounds(self, parent: Any) -> None:
        """The thread: call ``go_round`` until ``pause`` says that the worker stops."""

    def pause(self, seconds: float) -> bool:
        """Wait; whether to go on."""
        return not self._stopping.wait(seconds)

    def go_round(self, work: Callable[..., object], *arguments: object) -> None:
        """One round; what goes wrong is logged."""
        try:
            close_old_connections()
            work(*arguments)
        except DatabaseError as error:
            logger.warning("round_failed", part=self.thread_name, error=str(error))
        except Exception:
            logger.exception("round_broke_off", part=self.thread_name)

    def _go(self, parent: Any) -> None:
        self.rounds(parent)
        connection.close()
