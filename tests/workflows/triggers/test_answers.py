"""How webhooks answer: piece by piece, with files, with the trigger's headers; and the files that calls bring."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from apps.workflows.engine.node_type import NodeResult, WebResponse
from apps.workflows.models import Execution
from apps.workflows.nodes.respond_to_webhook import RespondToWebhookNode
from tests.people import Person
from tests.workflows.main_job.definitions import chain, fields, go_live, hook
from tests.workflows.triggers.hooks import begin, call

pytestmark = pytest.mark.django_db
ITEMS = ("items", "set", {"mode": "raw_json", "include": "none", "json": "={{ {rows: [{n: 1}, {n: 2}, {n: 3}]} }}"})
SPLIT = ("split", "split_out", {"fields": [{"field": "rows"}]})


def respond(name: str, **parameters: Any) -> tuple[str, str, dict[str, Any]]:
    return name, "respond_to_webhook", parameters


def ended(execution: Execution) -> Execution:
    """The run when it has ended."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        execution.refresh_from_db()
        if execution.finished_at is not None:
            return execution
        time.sleep(0.02)
    raise AssertionError("The run did not end.")


@pytest.mark.django_db(transaction=True)
def test_each_respond_node_adds_lines(owner: Person) -> None:
    steps = (
        hook("lines", response_mode="streaming"),
        respond("first"),
        ITEMS,
        SPLIT,
        respond("all", respond_with="all_items"),
    )
    go_live(owner, chain(*steps))
    answer = call("lines", b'{"a":1}')
    execution = Execution.plain.get()
    lines = answer.body.split(b"\n")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/x-ndjson")
    assert b'"body":{"a":1}' in lines[0]
    assert lines[1:] == [b'{"n":1}', b'{"n":2}', b'{"n":3}', b""]
    assert "Content-Length" not in answer.headers
    assert (answer.headers["X-Execution-ID"], ended(execution).status) == (str(execution.id), "success")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Respond nodes that answer “second” wait until it is set."""
    opened = threading.Event()
    plain = RespondToWebhookNode.run

    def run(node: RespondToWebhookNode, context: Any) -> NodeResult:
        if context.node.id == "second":
            assert opened.wait(30)
        return plain(node, context)

    monkeypatch.setattr(RespondToWebhookNode, "run", run)
    return opened


def texts(owner: Person, path: str) -> None:
    mode = {"response_mode": "streaming", "stream_format": "text", "response_code": 207}
    pieces = [respond(name, respond_with="text", text_body=f"{name};") for name in ("first", "second")]
    go_live(owner, chain(hook(path, **mode), *pieces, fields("after", x="1")))


@pytest.mark.django_db(transaction=True)
def test_pieces_come_while_the_run_goes_on(owner: Person, gate: threading.Event) -> None:
    texts(owner, "live")
    began, pieces = begin("live")
    assert (began[0], dict(began[1])["Content-Type"]) == ("207 Status", "text/plain; charset=utf-8")
    assert next(pieces) == b"first;"
    assert Execution.plain.get().status == "running"
    gate.set()
    assert list(pieces) == [b"second;"]


@pytest.mark.django_db(transaction=True)
def test_a_caller_who_leaves_ends_nothing(owner: Person, gate: threading.Event) -> None:
    texts(owner, "left")
    _, pieces = begin("left")
    assert next(pieces) == b"first;"
    pieces.close()
    gate.set()
    execution = ended(Execution.plain.get())
    assert (execution.status, execution.nodes_executed) == ("success", 4)


@pytest.mark.django_db(transaction=True)
def test_a_streamed_run_that_fails_says_so_in_its_last_line(owner: Person) -> None:
    broken = ("stop", "stop_and_error", {"message": "internal detail"})
    go_live(
        owner,
        chain(hook("broken", response_mode="streaming"), respond("r", respond_with="json", json_body={"n": 1}), broken),
    )
    lines = call("broken").body.split(b"\n")
    assert lines[0] == b'{"n":1}'
    assert b'"code":"workflow_failed"' in lines[1]
    assert b"internal detail" not in lines[1]


@pytest.mark.django_db(transaction=True)
def test_places_for_streams_are_bounded_and_given_back(owner: Person, settings: Any, gate: threading.Event) -> None:
    settings.EXPRSN_SYNC_RUNS = 1
    texts(owner, "bounded")
    _, pieces = begin("bounded")
    next(pieces)
    assert call("bounded").code == "busy"
    gate.set()
    list(pieces)
    assert call("bounded").body == b"first;second;"


@pytest.mark.django_db(transaction=True)
def test_head_of_a_stream_has_no_body(owner: Person) -> None:
    go_live(owner, chain(hook("head", methods=["HEAD"], response_mode="streaming"), respond("r")))
    assert call("head", b"", method="HEAD").body == b""
    assert ended(Execution.plain.get()).status == "success"


def test_the_headers_of_the_trigger_are_sent(owner: Person) -> None:
    headers = [{"name": "X-Demo", "value": "1"}, {"name": "Content-Type", "value": "application/hal+json"}]
    go_live(owner, chain(hook("headers", response_headers=headers), fields("a", x="1")))
    answer = call("headers")
    assert (answer.headers["X-Demo"], answer.headers["Content-Type"]) == ("1", "application/hal+json")


@pytest.mark.parametrize("status", [204, 304])
def test_answers_that_have_no_body_say_nothing_of_one(owner: Person, status: int) -> None:
    steps = hook("none", response_mode="respond_node"), respond("r", respond_with="no_data", response_code=status)
    go_live(owner, chain(*steps))
    answer = call("none")
    assert (answer.status, answer.body) == (status, b"")
    assert "Content-Length" not in answer.headers
    assert "Content-Type" not in answer.headers


PICTURE = b"\x89PNG\r\n\x1a\n\x00\xff"


def test_a_body_that_is_no_text_becomes_a_file_and_can_be_the_answer(owner: Person) -> None:
    steps = hook("file", response_mode="respond_node"), respond("r", respond_with="file")
    go_live(owner, chain(*steps))
    answer = call("file", PICTURE, content_type="image/png")
    assert (answer.status, answer.body, answer.headers["Content-Type"]) == (200, PICTURE, "image/png")
    assert answer.headers["Content-Length"] == str(len(PICTURE))
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''file"


def test_files_of_a_form_are_kept_under_the_names_of_their_fields(owner: Person) -> None:
    shown = "={{ {body: $json.body, names: Object.keys($binary), photo: $binary.photo_1} }}"
    go_live(owner, chain(hook("form"), ("s", "set", {"mode": "raw_json", "include": "none", "json": shown})))
    part = (
        b'--B\r\nContent-Disposition: form-data; name="photo"; filename="%s"\r\nContent-Type: image/png\r\n\r\n%s\r\n'
    )
    body = (
        part % (b"a.png", PICTURE)
        + part % ("ü b.png".encode(), b"other")
        + (b'--B\r\nContent-Disposition: form-data; name="title"\r\n\r\nHi\r\n--B--\r\n')
    )
    told = call("form", body, content_type="multipart/form-data; boundary=B").json()
    assert told["names"] == ["photo", "photo_1"]
    assert (told["photo"]["file_name"], told["photo"]["size"]) == ("ü b.png", 5)
    assert told["body"]["title"] == "Hi"
    assert [file["size"] for file in told["body"]["photo"]] == [len(PICTURE), 5]


def test_the_raw_body_stays_a_text(owner: Person) -> None:
    go_live(
        owner, chain(hook("raw", raw_body=True), fields("a", x="={{ $json.body }}", b="={{ $binary.data ?? 'none' }}"))
    )
    assert call("raw", b"a=1", content_type="image/png").json() == {"x": "a=1", "b": "none"}


def test_a_respond_node_without_its_file_says_so(run_node: Any) -> None:
    with pytest.raises(Exception, match="no file under 'data'"):
        run_node("respond_to_webhook", {"respond_with": "file"}, [{"a": 1}])
    assert WebResponse().file is None
