"""One thread of a process that takes what the others hand it, many at a time."""

from __future__ import annotations

import os
import queue
import threading
from abc import ABC, abstractmethod
from typing import ClassVar, Generic, TypeVar

_Item = TypeVar("_Item")


class Gatherer(ABC, Generic[_Item]):
    """Started by the first item, and made anew after a fork, because threads do not survive one."""

    thread_name: ClassVar[str]
    stop_seconds: ClassVar[float]

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._pid = 0

    def stop(self) -> None:
        """Finish what was handed over and end the thread."""
        if self._is_running():
            self._queue.put(None)
            assert self._thread is not None
            self._thread.join(self.stop_seconds)
        self._thread = None

    def _hand_over(self, item: _Item) -> None:
        if not self._is_running():
            self._start()
        self._queue.put(item)

    def _gather(self, most: int) -> tuple[list[_Item], bool]:
        """Wait for an item, then take what else is there; and whether the thread is to end."""
        gathered: list[_Item] = []
        stopping = False
        following = self._queue.get()
        while True:
            if following is None:
                stopping = True
            else:
                gathered.append(following)
            if len(gathered) >= most:
                return gathered, stopping
            try:
                following = self._queue.get_nowait()
            except queue.Empty:
                return gathered, stopping

    @abstractmethod
    def _run(self) -> None:
        """The thread: gathers and carries out until it is to end."""

    def _is_running(self) -> bool:
        return self._thread is not None and self._pid == os.getpid() and self._thread.is_alive()

    def _start(self) -> None:
        with self._lock:
            if self._is_running():
                return
            if self._pid != os.getpid():
                self._queue = queue.SimpleQueue()
            self._pid = os.getpid()
            self._thread = threading.Thread(target=self._run, name=self.thread_name, daemon=True)
            self._thread.start()
