from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from apps.core.public import python_sandbox, run_javascript, run_python, sandbox
from apps.core.services import health_parts
from apps.core.services import sandbox as service
from apps.core.services.health import Unhealthy
from exprsn.sandbox.errors import CodeTimeout
from exprsn.sandbox.jail import ALWAYS, OPTIONAL
from exprsn.sandbox.javascript import JavaScriptPool

ITEMS = b'[{"json": {"n": 21}}]'


class Pool:
    """Stands for the real pools where only their life matters."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


def kinds(pools: Any) -> list[Pool]:
    return [pools.javascript, pools.python, pools.expressions]


@pytest.fixture
def owner(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(service, "JavaScriptPool", Pool)
    monkeypatch.setattr(service, "PythonPool", Pool)
    monkeypatch.setattr(service, "ExpressionPool", Pool)
    yield service.Owner()


def test_pools_are_made_when_first_needed(owner: Any, settings: Any) -> None:
    settings.EXPRSN_SANDBOX_REQUIRE = ["seccomp"]
    settings.EXPRSN_SANDBOX_PARALLEL = 3
    pools = owner.get()
    assert owner.get() is pools
    wanted = {"require": frozenset({"seccomp"}), "max_parallel": 3}
    assert [pool.options for pool in kinds(pools)] == [wanted] * 3


def test_a_forked_process_makes_its_own_and_leaves_the_parents_alone(
    owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    parents = owner.get()
    monkeypatch.setattr(os, "getpid", lambda: -1)
    owner.close()
    assert [pool.closed for pool in kinds(parents)] == [0, 0, 0]
    assert owner.get() is not parents


def test_closing_ends_them_once(owner: Any) -> None:
    pools = owner.get()
    owner.close()
    owner.close()
    assert [pool.closed for pool in kinds(pools)] == [1, 1, 1]


def test_code_runs_in_it() -> None:
    asked: dict[str, Any] = {"mode": "all_items", "items_json": ITEMS, "context_json": b"{}", "seconds": 5}
    for answer in (
        run_javascript("return items.map(item => ({json: {twice: item.json.n * 2}}))", **asked),
        run_python("return [{'twice': item.json.n * 2} for item in items]", **asked),
    ):
        assert "42" in answer.items_json
    assert sandbox() is sandbox()
    assert python_sandbox() is python_sandbox()


def test_code_that_takes_too_long_is_told_its_limit_and_who_sets_it(settings: Any) -> None:
    settings.EXPRSN_CODE_SECONDS = 0.5
    asked: dict[str, Any] = {"mode": "all_items", "items_json": ITEMS, "context_json": b"{}"}
    with pytest.raises(CodeTimeout, match=r"0\.5 seconds, the most .* \(EXPRSN_CODE_SECONDS\)"):
        run_javascript("for (;;);", seconds=30, **asked)
    with pytest.raises(CodeTimeout, match=r"had 0\.3 seconds\.$"):
        run_python("while True: pass", seconds=0.3, **asked)


def test_health_shows_which_layers_hold() -> None:
    layers = health_parts.sandbox_layers()["layers"]
    assert set(layers) == {*ALWAYS, *OPTIONAL}
    assert all(layers[name] is True for name in ALWAYS)


def test_a_required_layer_that_is_missing_is_unhealthy(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lesser(JavaScriptPool):
        def layers(self) -> dict[str, bool]:
            return {**super().layers(), "landlock": False}

    pool = Lesser(max_parallel=1, require=frozenset({"landlock"}))
    monkeypatch.setattr(health_parts, "sandbox", lambda: pool)
    with pytest.raises(Unhealthy, match="landlock"):
        health_parts.sandbox_layers()
    pool.close()
