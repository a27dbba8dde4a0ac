"""What goes with a commit happens after each request here, though the transaction around a test is never committed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished

from tests.workflows.waiting.waits import go_on


@pytest.fixture(autouse=True)
def _hints_go_out() -> Iterator[None]:
    def finished(**_: Any) -> None:
        go_on()

    request_finished.connect(finished)
    yield
    request_finished.disconnect(finished)
