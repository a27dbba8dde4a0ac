"""Without an endpoint there are no traces, and what would make them is not even loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from exprsn.kernel import tracing

ROOT = Path(__file__).parents[2]
LOADED = """
import sys, django
django.setup()
import config.wsgi
print("opentelemetry.exporter" in sys.modules, type(config.wsgi.application).__name__)
"""


def started(code: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A process of the product with these variables."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("OTEL_", "EXPRSN_OTEL"))}
    environment = {**clean, "DJANGO_SETTINGS_MODULE": "config.settings.dev", "EXPRSN_DATA_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env={**environment, **variables}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "False TrustedProxies"),
        ({"EXPRSN_OTEL_ENDPOINT": "http://127.0.0.1:9"}, "True TracedRequests"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}, "True TracedRequests"),
        ({"EXPRSN_OTEL_ENDPOINT": "http://127.0.0.1:9", "OTEL_SDK_DISABLED": "true"}, "False TrustedProxies"),
        ({"EXPRSN_OTEL_ENDPOINT": "http://127.0.0.1:9", "OTEL_TRACES_EXPORTER": "none"}, "False TrustedProxies"),
    ],
)
def test_only_an_endpoint_loads_the_packages(tmp_path: Path, variables: dict[str, str], expected: str) -> None:
    done = started(LOADED, tmp_path, **variables)
    assert done.stdout.strip().endswith(expected), done.stderr


def test_missing_packages_are_named(tmp_path: Path) -> None:
    code = "import sys; sys.modules['opentelemetry'] = None; import django; django.setup()"
    done = started(code, tmp_path, EXPRSN_OTEL_ENDPOINT="http://127.0.0.1:9")
    assert done.returncode != 0
    assert "pip install -r requirements-otel.txt" in done.stderr


def test_without_a_tracer_every_span_is_the_same_nothing() -> None:
    with tracing.span("a", attributes={"x": 1}) as one, tracing.span("b") as other:
        one.rename("c")
        one.note({"y": 2})
        one.fail("z")
        assert one is other is tracing.NO_SPAN
    assert (tracing.is_tracing(), tracing.traceparent()) == (False, "")
    tracing.origins.note("never")
    assert tracing.origins.take("never") == []


def test_an_exception_passes_through_a_span() -> None:
    with pytest.raises(ValueError, match="mine"), tracing.span("a"):
        raise ValueError("mine")


def test_origins_forget_the_oldest_and_tell_each_once() -> None:
    known = tracing.Origins(most=2)
    known.learn({"a": "1", "b": "2"})
    known.learn({"c": "3"})
    assert known.of(["a", "b", "c"]) == {"b": "2", "c": "3"}
    assert (known.take("b"), known.take("b"), known.take("a")) == (["2"], [], [])
