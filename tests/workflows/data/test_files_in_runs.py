"""Files in runs: received, passed on, sent, fetched by those who may, and gone with the runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from apps.core.models import FileUse, StoredFile
from apps.core.public import store_file
from apps.core.services.files import delete_unused_files
from apps.workflows.models import Execution, Workflow
from apps.workflows.services.retention import _delete
from exprsn.kernel.clock import utc_now
from tests.core.web_server import WebServer, web_server
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.execution.test_calls import call, publish
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db
PICTURE = bytes(range(256)) * 4


@pytest.fixture
def web(settings: Any) -> Iterator[WebServer]:
    """A server that the product may call."""
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    with web_server() as server:
        yield server


def fetched(web: WebServer, **parameters: Any) -> tuple[str, str, dict[str, Any]]:
    return "get", "http_request", {"url": web.url("/picture/cat.png"), **parameters}


def ran(person: Person, made: dict[str, Any]) -> dict[str, Any]:
    """A run to its end, with its output."""
    answer = person.api.get(f"/api/v1/executions/{run_by_hand(person, made)['id']}/")
    found: dict[str, Any] = answer.json()
    return found


def fetch(person: Person, reference: dict[str, Any]) -> int:
    """The status that somebody is answered who asks for a file."""
    answer = person.api.get(f"/api/v1/files/{reference['id']}/")
    if answer.streaming:
        assert b"".join(answer.streaming_content) == PICTURE
    return int(answer.status_code)


def binary_of(run: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = run["output"][0]["binary"]["data"]
    return found


def sweep_after_grace() -> None:
    StoredFile.objects.exclude(check_at=None).update(check_at=utc_now() - timedelta(seconds=1))
    delete_unused_files()


@pytest.mark.parametrize("wanted", ["auto", "file"])
def test_a_file_that_comes_back_is_kept_and_passed_on(owner: Person, web: WebServer, wanted: str) -> None:
    steps = (MANUAL, fetched(web, response_format=wanted), ("set", "set", {}), ("done", "no_op", {}))
    run = ran(owner, create(owner, chain(*steps)))
    reference = binary_of(run)
    assert (reference["file_name"], reference["media_type"], reference["size"]) == ("cat.png", "image/png", 1024)
    answer = owner.api.get(f"/api/v1/files/{reference['id']}/?name=cat.png&type=image/png")
    assert b"".join(answer.streaming_content) == PICTURE
    assert answer["Content-Type"] == "image/png"


def test_a_text_stays_a_text_and_a_large_file_is_refused(owner: Person, web: WebServer, settings: Any) -> None:
    settings.EXPRSN_FILE_MAX_BYTES = 1023
    made = create(owner, chain(MANUAL, ("get", "http_request", {"url": web.url("/ok")})))
    assert ran(owner, made)["output"][0]["json"] == {"path": "/ok"}
    run = ran(owner, create(owner, chain(MANUAL, fetched(web))))
    assert (run["status"], run["error"]["kind"]) == ("error", "answer_too_large")
    assert StoredFile.objects.count() == 0


def test_a_file_is_sent_as_the_body_and_in_a_form(owner: Person, web: WebServer) -> None:
    body = {"url": web.url("/ok"), "method": "POST", "body_type": "binary", "body_file": "data"}
    form = {
        "url": web.url("/ok"), "method": "POST", "body_type": "multipart",
        "body_fields": [{"name": "title", "value": "Cat"}], "body_files": [{"name": "photo", "value": "data"}],
    }  # fmt: skip
    definition = chain(MANUAL, fetched(web), ("body", "http_request", body), ("form", "http_request", form))
    definition["connections"][1:] = [{"source": "get", "target": name} for name in ("body", "form")]
    ran(owner, create(owner, definition))
    (_, _, sent_as, plain), (_, _, as_form, parts) = web.heard[1:]
    assert (sent_as["content-type"], plain) == ("image/png", PICTURE)
    message = message_from_bytes(f"Content-Type: {as_form['content-type']}\r\n\r\n".encode() + parts, policy=default)
    title, photo = message.iter_parts()
    assert title.get_content().strip() == "Cat"
    assert (photo.get_filename(), photo.get_payload(decode=True)) == ("cat.png", PICTURE)
    assert int(as_form["content-length"]) == len(parts)


def test_a_file_that_is_not_there_is_named(owner: Person, web: WebServer) -> None:
    body = {"url": web.url("/ok"), "method": "POST", "body_type": "binary", "body_file": "photo"}
    run = ran(owner, create(owner, chain(MANUAL, ("send", "http_request", body))))
    assert (run["error"]["kind"], run["error"]["parameter"]) == ("file_missing", "body_file")
    assert web.heard == []


def test_code_sees_the_reference_and_no_bytes(owner: Person, web: WebServer) -> None:
    code = {"code": "return [{json: $input.first().binary.data, binary: $input.first().binary}];"}
    run = ran(owner, create(owner, chain(MANUAL, fetched(web), ("code", "code", code))))
    assert run["output"][0]["json"] == binary_of(run)


@pytest.fixture
def kept(owner: Person, web: WebServer) -> dict[str, Any]:
    """A run that received a file."""
    return ran(owner, create(owner, chain(MANUAL, fetched(web))))


def test_strangers_and_those_who_may_not_see_the_run_find_no_file(
    owner: Person, mate: Person, stranger: Person, kept: dict[str, Any]
) -> None:
    reference, people = binary_of(kept), (owner, mate, stranger)
    assert [fetch(person, reference) for person in people] == [200, 200, 404]
    Workflow.plain.update(scope="user")
    assert [fetch(person, reference) for person in people] == [200, 404, 404]


def test_a_file_goes_with_its_last_run_and_not_before(
    owner: Person, web: WebServer, kept: dict[str, Any], folder: Path
) -> None:
    again = ran(owner, create(owner, chain(MANUAL, fetched(web)), "Again"))
    assert binary_of(again)["id"] == binary_of(kept)["id"]
    _delete([UUID(kept["id"])])
    sweep_after_grace()
    assert fetch(owner, binary_of(kept)) == 200
    assert owner.api.delete(f"/api/v1/executions/{again['id']}/").status_code == 204
    assert fetch(owner, binary_of(kept)) == 404
    sweep_after_grace()
    assert [file for file in folder.rglob("*") if file.is_file()] == []
    assert FileUse.objects.count() == 0


def test_data_that_are_not_kept_leave_no_file(owner: Person, web: WebServer, folder: Path) -> None:
    definition = chain(MANUAL, fetched(web), settings={"save_manual": False})
    ran(owner, create(owner, definition))
    sweep_after_grace()
    assert [file for file in folder.rglob("*") if file.is_file()] == []


@pytest.mark.django_db(transaction=True)
def test_a_called_workflow_and_a_retry_keep_what_they_were_given(owner: Person, web: WebServer) -> None:
    called = publish(owner, chain(("t", "execute_workflow_trigger", {}), ("n", "no_op", {})))
    run = ran(owner, create(owner, chain(MANUAL, fetched(web), call(called))))
    reference = binary_of(run)
    child = Execution.plain.get(workflow_id=called["id"])
    assert set(FileUse.objects.values_list("owner_id", flat=True)) == {child.id, UUID(run["id"])}
    _delete([UUID(run["id"])])
    sweep_after_grace()
    assert owner.api.post(f"/api/v1/executions/{child.id}/retry/", {}, format="json").status_code == 202
    _delete([child.id])
    sweep_after_grace()
    assert fetch(owner, reference) == 200


@pytest.mark.parametrize(
    ("headers", "status", "expected"),
    [
        ({}, 200, PICTURE),
        ({"Range": "bytes=0-9"}, 206, PICTURE[:10]),
        ({"Range": "bytes=1020-"}, 206, PICTURE[1020:]),
        ({"Range": "bytes=-4"}, 206, PICTURE[-4:]),
        ({"Range": "bytes=1000-99999"}, 206, PICTURE[1000:]),
        ({"Range": "bytes=0-1,5-6"}, 200, PICTURE),
        ({"Range": "bytes=-"}, 200, PICTURE),
        ({"Range": "bytes=0-9", "If-Range": '"other"'}, 200, PICTURE),
        ({"Range": "bytes=1024-"}, 416, b""),
        ({"Range": "bytes=9-2"}, 416, b""),
        ({"Range": "bytes=-0"}, 416, b""),
    ],
)
def test_parts_of_a_file(
    owner: Person, kept: dict[str, Any], headers: dict[str, str], status: int, expected: bytes
) -> None:
    answer = owner.api.get(f"/api/v1/files/{binary_of(kept)['id']}/", headers=headers)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (answer.status_code, content) == (status, expected)
    if status == 206:
        start = 0 if expected == PICTURE[:10] else 1024 - len(expected)
        assert answer["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/1024"


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/javascript", "x\r\nSet-Cookie: a"])
def test_nothing_active_comes_as_such(owner: Person, kept: dict[str, Any], media_type: str) -> None:
    query = {"name": 'a"\r\nX: y;.html', "type": media_type}
    answer = owner.api.get(f"/api/v1/files/{binary_of(kept)['id']}/", query)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == PICTURE
    assert "\n" not in answer["Content-Disposition"]
    again = owner.api.get(f"/api/v1/files/{binary_of(kept)['id']}/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_reference_to_what_was_never_there_is_an_error(owner: Person) -> None:
    code = {"code": "return [{json: {}, binary: {data: {id: '0b7e2ba2-3c11-4bd1-9e27-6f5c35a4d1ab'}, bb: {}}}];"}
    send = {"url": "https://example.com/", "method": "POST", "body_type": "binary"}
    for name in ("data", "bb"):
        steps = (MANUAL, ("code", "code", code), ("send", "http_request", {**send, "body_file": name}))
        run = ran(owner, create(owner, chain(*steps), name))
        assert run["error"]["kind"] == "file_not_found"


def test_a_file_of_another_organization_cannot_be_sent(owner: Person, stranger: Person) -> None:
    theirs = store_file(stranger.organization.id, b"secret")
    code = {"code": f"return [{{json: {{}}, binary: {{data: {{id: '{theirs.id}'}}}}}}];"}
    send = {"url": "https://example.com/", "method": "POST", "body_type": "binary"}
    run = ran(owner, create(owner, chain(MANUAL, ("code", "code", code), ("send", "http_request", send))))
    assert run["error"]["kind"] == "file_not_found"
