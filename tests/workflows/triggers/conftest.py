"""What tests of triggers share with those of nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apps.workflows.serving import wsgi
from tests.workflows.nodes.conftest import _run_node


@pytest.fixture(scope="session")
def run_node() -> Callable[..., Any]:
    """The ``run_node`` of node tests."""
    return _run_node


@pytest.fixture(autouse=True)
def _connection_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test within a transaction loses it with its connection, which a gateway replaces when it is old."""
    monkeypatch.setattr(wsgi, "fresh_connections", lambda: None)
