"""The outside world of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.stub import CountingStub


@pytest.fixture
def stub(settings: Any) -> Iterator[CountingStub]:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    with CountingStub() as made:
        yield made
