"""The process-wide sandbox: made when first needed, in the process that needs it."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

from apps.core.services.metrics import sandbox_calls, sandbox_durations
from exprsn.kernel.errors import DomainError
from exprsn.sandbox.expressions import ExpressionPool
from exprsn.sandbox.javascript import JavaScriptPool
from exprsn.sandbox.python import PythonPool


@dataclass(frozen=True, slots=True)
class Pools:
    """The pools of one process: of code in each language, and of expressions."""

    javascript: JavaScriptPool
    python: PythonPool
    expressions: ExpressionPool

    def close(self) -> None:
        """End their processes."""
        self.javascript.close()
        self.python.close()
        self.expressions.close()


class Owner:
    """Keeps the pools; after a fork the child makes its own."""

    def __init__(self) -> None:
        self._pools: Pools | None = None
        self._pid = 0
        self._lock = threading.Lock()

    def get(self) -> Pools:
        """The pools of this process. None of their processes is started before it is needed."""
        with self._lock:
            if self._pools is None or self._pid != os.getpid():
                self._pid = os.getpid()
                require = frozenset(settings.EXPRSN_SANDBOX_REQUIRE)
                parallel = settings.EXPRSN_SANDBOX_PARALLEL
                self._pools = Pools(
                    JavaScriptPool(max_parallel=parallel, require=require),
                    PythonPool(max_parallel=parallel, require=require),
                    ExpressionPool(max_parallel=parallel, require=require),
                )
            return self._pools

    def close(self) -> None:
        """End the pools' processes."""
        with self._lock:
            if self._pools is not None and self._pid == os.getpid():
                self._pools.close()
            self._pools = None


_owner = Owner()
atexit.register(_owner.close)


def sandbox() -> JavaScriptPool:
    """The one place where JavaScript of users runs."""
    return _owner.get().javascript


def python_sandbox() -> PythonPool:
    """The one place where Python of users runs."""
    return _owner.get().python


def expression_sandbox() -> ExpressionPool:
    """The one place where expressions run that need JavaScript."""
    return _owner.get().expressions


@contextmanager
def counted(kind: str) -> Iterator[None]:
    """Measure the call of a pool of this kind that is made within, and count what it came to."""
    result = "internal_error"
    try:
        with sandbox_durations.labels(kind).time():
            yield
        result = "success"
    except DomainError as error:
        result = error.code
        raise
    finally:
        sandbox_calls.labels(kind, result).inc()
