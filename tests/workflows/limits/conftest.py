"""What tests of limits share."""

from __future__ import annotations

import queue

import pytest

from apps.workflows.execution import hints

# Not a SimpleQueue: of several threads that wait for one with a time-out, one may wait for ever (Python 3.11).
Hints = queue.Queue[str]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Hints:
    """The ids of runs that workers are told of; nobody carries them out."""
    told: Hints = queue.Queue()
    monkeypatch.setattr(hints.HintSender, "put", lambda self, execution_id, priority: told.put(execution_id))
    return told
