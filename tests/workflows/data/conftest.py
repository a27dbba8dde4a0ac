"""Storage and limits of their own for tests of data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from django.core.files.storage import storages

from apps.workflows.engine.data_limits import limits


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the stored files are."""
    monkeypatch.setattr(storages["items"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        monkeypatch.delitem(storages["items"].__dict__, name, raising=False)
    return tmp_path


@pytest.fixture(autouse=True)
def _limits_are_set_back() -> Iterator[None]:
    before = {each.name: getattr(limits, each.name) for each in fields(limits)}
    yield
    for name, value in before.items():
        setattr(limits, name, value)
