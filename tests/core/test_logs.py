from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from apps.core.services.logs import configure_structlog, formatter
from exprsn.kernel.correlation import bind_correlation_id


@pytest.fixture
def stream(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What a handler in the asked-for form writes."""
    configure_structlog()
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter(getattr(request, "param", "json")))
    root = logging.getLogger("test.logs")
    root.addHandler(handler)
    root.setLevel("INFO")
    yield written
    root.removeHandler(handler)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json(stream: io.StringIO) -> None:
    with bind_correlation_id("c-1"), structlog.contextvars.bound_contextvars(workflow="w-1"):
        structlog.get_logger("test.logs").info("thing_made", count=2, text="a\nb")
    (line,) = lines(stream)
    assert line.pop("timestamp")
    assert line == {
        "event": "thing_made",
        "count": 2,
        "text": "a\nb",
        "level": "info",
        "logger": "test.logs",
        "correlation_id": "c-1",
        "workflow": "w-1",
    }


def test_python_loggers_have_the_same_form(stream: io.StringIO) -> None:
    logging.getLogger("test.logs").warning("%s is late", "Ann", extra={"minutes": 5})
    (line,) = lines(stream)
    assert (line["event"], line["minutes"], line["level"]) == ("Ann is late", 5, "warning")
    assert "correlation_id" not in line


def test_secrets_are_masked_in_fields_texts_and_traces(stream: io.StringIO) -> None:
    logger = structlog.get_logger("test.logs")
    logger.info("sent Bearer abcdefgh12345", password="geheim", headers={"Authorization": "geheim"})
    try:
        raise ValueError("cannot reach redis://user:geheim@host/0")
    except ValueError:
        logger.exception("failed")
    assert "geheim" not in stream.getvalue()
    first, second = lines(stream)
    assert (first["event"], first["password"], first["headers"]) == ("sent Bearer ***", "***", {"Authorization": "***"})
    assert "redis://user:***@host/0" in str(second["exception"])


@pytest.mark.parametrize("stream", ["human"], indirect=True)
def test_people_read_a_plain_line(stream: io.StringIO) -> None:
    structlog.get_logger("test.logs").error("thing_failed", token="geheim", name="a")
    text = stream.getvalue()
    assert "thing_failed" in text
    assert "name=a" in text
    assert "geheim" not in text
    assert "\x1b" not in text


def test_quiet_levels_cost_no_line(stream: io.StringIO) -> None:
    structlog.get_logger("test.logs").debug("detail")
    assert stream.getvalue() == ""


def test_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="EXPRSN_LOG_FORMAT must be json or human, not 'xml'"):
        formatter("xml")
