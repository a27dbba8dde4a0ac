"""What tests of the runtime share with those of nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.workflows.nodes.conftest import _run_node


@pytest.fixture(scope="session")
def run_sql_node() -> Callable[..., Any]:
    """The ``run_node`` of node tests, to which real ports are given."""
    return _run_node
