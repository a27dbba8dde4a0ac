from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import NodeError, WebResponse
from apps.workflows.registry import get_node_type

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_no_op_passes_everything(run_node: Any) -> None:
    ran = run_node("no_op", {}, ItemBatch([Item({"a": 1}, {"f": 1}), Item({"a": 2})]))
    assert ran.json() == [{"a": 1}, {"a": 2}]
    assert ran.result.outputs["main"][0].binary == {"f": 1}


def test_a_note_has_no_output(run_node: Any) -> None:
    assert run_node("sticky_note", {"content": "x"}).result.outputs == {}
    assert get_node_type("sticky_note").inert


def test_an_enabled_placeholder_fails_and_says_why(run_node: Any) -> None:
    with pytest.raises(NodeError, match=r"placeholder for acme\.tool") as refused:
        run_node("placeholder", {"original_type": "acme.tool"})
    assert refused.value.kind == "placeholder"


def test_placeholder_ports_are_its_own() -> None:
    placeholder = get_node_type("placeholder")
    assert [port.name for port in placeholder.outputs_for({"output_ports": ["a", "b", "a"]})] == ["a", "b"]
    assert [port.name for port in placeholder.inputs_for({"input_ports": []})] == []
    assert [port.name for port in placeholder.inputs_for({})] == ["main"]


def test_stop_with_a_message(run_node: Any) -> None:
    with pytest.raises(NodeError) as stopped:
        run_node("stop_and_error", {"message": "={{ $json.why }}"}, [{"why": "Too late"}])
    assert stopped.value.to_data() == {
        "message": "Too late",
        "kind": "stopped",
        "retryable": False,
        "item": 0,
    }


@pytest.mark.parametrize(
    ("error", "message", "details"),
    [
        ({"message": "M", "code": 5}, "M", {"message": "M", "code": 5}),
        ('{"error": "E"}', "E", {"error": "E"}),
        ([1], "[1]", {"error": [1]}),
        ({}, "The workflow was stopped.", {}),
    ],
)
def test_stop_with_an_object(run_node: Any, error: Any, message: Any, details: Any) -> None:
    with pytest.raises(NodeError) as stopped:
        run_node("stop_and_error", {"error_type": "object", "error": error})
    assert (stopped.value.message, stopped.value.params) == (message, details)


def test_stop_with_broken_json_says_so(run_node: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("stop_and_error", {"error_type": "object", "error": "{"})
    assert (refused.value.kind, refused.value.parameter) == ("bad_json", "error")


@pytest.mark.parametrize(
    ("parameters", "delay"),
    [
        ({}, timedelta(seconds=5)),
        ({"amount": 2, "unit": "minutes"}, timedelta(minutes=2)),
        ({"amount": "1.5", "unit": "hours"}, timedelta(minutes=90)),
        ({"amount": 3, "unit": "days"}, timedelta(days=3)),
    ],
)
def test_wait_for_a_while(run_node: Any, parameters: Any, delay: Any) -> None:
    ran = run_node("wait", parameters, [{"a": 1}])
    assert ran.result.wait_until == NOW + delay
    assert ran.json() == [{"a": 1}]


def test_wait_until_a_time_in_the_workflows_zone(run_node: Any) -> None:
    ran = run_node("wait", {"mode": "until", "until": "2026-07-01T12:00"}, timezone="Europe/Berlin")
    assert ran.result.wait_until == datetime(2026, 7, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("parameters", [{"amount": 0}, {"mode": "until", "until": "2020-01-01"}])
def test_nothing_to_wait_for(run_node: Any, parameters: Any) -> None:
    assert run_node("wait", parameters).result.wait_until is None


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"amount": -1}, "The duration must be a number of 0 or more."),
        ({"amount": "long"}, "The duration must be a number of 0 or more."),
        ({"unit": "years"}, "The unit 'years' is not known."),
        ({"amount": 1e300, "unit": "days"}, "A wait may last at most five years."),
        ({"mode": "until", "until": "soon"}, "'soon' is not a date and time."),
        ({"mode": "until", "until": "9999-01-01"}, "A wait may last at most five years."),
    ],
)
def test_waits_that_are_refused(run_node: Any, parameters: Any, message: Any) -> None:
    with pytest.raises(NodeError, match=message):
        run_node("wait", parameters)


ITEMS = [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    ("parameters", "response"),
    [
        ({}, WebResponse(200, {}, {"a": 1})),
        ({"respond_with": "all_items", "response_code": 201}, WebResponse(201, {}, ITEMS)),
        ({"response_field": "data.first"}, WebResponse(200, {}, {"data": {"first": {"a": 1}}})),
        ({"respond_with": "json", "json_body": '{"ok": true}'}, WebResponse(200, {}, {"ok": True})),
        ({"respond_with": "json", "json_body": "={{ $json }}"}, WebResponse(200, {}, {"a": 1})),
        ({"respond_with": "text", "text_body": 5}, WebResponse(200, {}, "5", is_text=True)),
        ({"respond_with": "no_data", "response_code": "204"}, WebResponse(204)),
        (
            {"respond_with": "redirect", "redirect_url": "https://x.example/"},
            WebResponse(307, {"location": "https://x.example/"}),
        ),
        (
            {"respond_with": "no_data", "response_headers": [{"name": "X-A", "value": 1}, {"name": ""}]},
            WebResponse(200, {"X-A": "1"}),
        ),
    ],
)
def test_respond(run_node: Any, parameters: Any, response: Any) -> None:
    ran = run_node("respond_to_webhook", parameters, ITEMS)
    assert ran.result.response == response
    assert ran.json() == ITEMS


def test_respond_without_items(run_node: Any) -> None:
    assert run_node("respond_to_webhook", {}, []).result.response == WebResponse(200, {}, {})


@pytest.mark.parametrize(
    ("parameters", "kind"),
    [
        ({"response_code": 99}, "bad_value"),
        ({"respond_with": "json", "json_body": "{"}, "bad_json"),
        ({"response_headers": [{"name": "a b", "value": "x"}]}, "bad_header"),
        ({"response_headers": [{"name": "a", "value": "x\r\nSet-Cookie: y"}]}, "bad_header"),
        ({"response_headers": [{"name": "a", "value": "€"}]}, "bad_header"),
        ({"response_headers": "x"}, "bad_value"),
        ({"respond_with": "redirect", "redirect_url": "/a\nb"}, "bad_header"),
        ({"response_field": ".".join("a" * 60)}, "bad_value"),
    ],
)
def test_answers_that_are_refused(run_node: Any, parameters: Any, kind: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("respond_to_webhook", parameters, ITEMS)
    assert refused.value.kind == kind


def test_a_loop_over_nothing_is_done_at_once(run_node: Any) -> None:
    ran = run_node("loop_over_items", {}, [])
    assert ran.result.outputs == {"done": ItemBatch()}


@pytest.mark.parametrize("size", [0, 1.5, "x"])
def test_batch_sizes_that_are_refused(run_node: Any, size: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("loop_over_items", {"batch_size": size}, [{}])
    assert refused.value.parameter == "batch_size"
