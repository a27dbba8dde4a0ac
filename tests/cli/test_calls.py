"""Every refusal's exit code; what is tried again, how often, and with what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from tests.cli.conftest import Cli
from tests.cli.told_server import Answer, ToldServer, refusal

ID = "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c"
RUN = {
    "id": ID, "workflow_name": "W", "version": 1, "status": "success", "trigger_mode": "manual",
    "environment": "testing", "started_at": None, "finished_at": None,
    "total_duration_ms": 90_500, "nodes_executed": 1, "nodes_skipped": 0,
    "nodes_failed": 0, "retry_of": None, "failed_node": "", "error": None, "output": [],
}  # fmt: skip
ACCEPTED = Answer(202, {"execution": {"id": ID, "status": "queued"}})


def run(status: str, **changes: Any) -> Answer:
    return Answer(body={**RUN, "status": status, **changes})


def page(*ids: int, cursor: str | None = None) -> Answer:
    items = [
        {"id": str(i), "timestamp": "2026-01-01T00:00:00Z", "level": "info", "message": f"m{i}", "node_id": ""}
        for i in ids
    ]
    return Answer(
        body={"items": items, "page_info": {"has_more": bool(cursor), "next_cursor": cursor, "count": len(ids)}}
    )


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, 2), (401, 3), (403, 3), (404, 4), (405, 2), (406, 2),
     (409, 5), (412, 5), (413, 2), (415, 2), (422, 2), (428, 2),
     (500, 1), (502, 7), (504, 7)],
)  # fmt: skip
def test_every_refusal_has_its_exit_code(cli: Cli, told: ToldServer, status: int, code: int) -> None:
    told.tell(refusal(status, "some_word"))
    cli.uses(told.url)
    done = cli("whoami", "--json")
    assert (done.code, done.out) == (code, "")
    assert "Error: Told: some_word. (some_word)" in done.err
    assert ("request id: r-1" in done.err) == (status >= 500)
    assert len(told.heard) == 1


@pytest.mark.parametrize(("status", "code"), [(429, 6), (503, 7)])
def test_a_busy_server_is_asked_again_within_bounds(
    cli: Cli, told: ToldServer, no_sleep: list[float], status: int, code: int
) -> None:
    told.tell(refusal(status, "busy", Retry_After="2"))
    cli.uses(told.url)
    done = cli("whoami")
    assert (done.code, no_sleep, len(told.heard)) == (code, [2.0, 2.0, 2.0], 4)
    assert "Try again in 2 seconds." in done.err


@pytest.mark.parametrize(
    "header",
    ["3600", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)],
    ids=["seconds", "moment"],  # two processes collect the tests, at two moments
)
def test_a_long_retry_after_is_told_not_waited_for(
    cli: Cli, told: ToldServer, no_sleep: list[float], header: str
) -> None:
    told.tell(refusal(429, "rate_limited", Retry_After=header))
    cli.uses(told.url)
    assert (cli("whoami").code, no_sleep, len(told.heard)) == (6, [], 1)


@pytest.mark.parametrize("header", ["soon", "inf", ""])
def test_a_retry_after_that_says_nothing_is_a_backoff(
    cli: Cli, told: ToldServer, no_sleep: list[float], header: str
) -> None:
    told.tell(refusal(503, "away", Retry_After=header), Answer(body={"items": [], "page_info": {}}))
    cli.uses(told.url)
    assert cli("workflows", "list").code == 0
    assert len(no_sleep) == 1
    assert 0 < no_sleep[0] <= 0.5


def test_an_execute_is_sent_again_with_the_same_key(cli: Cli, told: ToldServer, no_sleep: list[float]) -> None:
    told.tell(refusal(503, "away", Retry_After="1"), refusal(409, "idempotency_in_progress", Retry_After="1"), ACCEPTED)
    cli.uses(told.url)
    assert cli("workflows", "execute", ID).code == 0
    keys = {heard.headers["Idempotency-Key"] for heard in told.heard}
    assert (len(told.heard), len(keys), no_sleep) == (3, 1, [1.0, 1.0])
    assert cli("workflows", "execute", ID).code == 0
    assert told.heard[-1].headers["Idempotency-Key"] not in keys


def test_a_server_that_is_away(cli: Cli, no_sleep: list[float]) -> None:
    cli.uses("http://127.0.0.1:9")
    done = cli("workflows", "list")
    assert (done.code, done.out, len(no_sleep)) == (7, "", 2)
    assert "cannot be reached" in done.err


def test_a_server_that_does_not_answer_in_time(cli: Cli, told: ToldServer, no_sleep: list[float]) -> None:
    told.tell(Answer(body={}, delay=1))
    cli.uses(told.url)
    cli.monkeypatch.setenv("EXPRSN_API_TIMEOUT", "0.1")
    done = cli("workflows", "execute", ID)
    assert done.code == 7
    assert "EXPRSN_API_TIMEOUT" in done.err
    assert "may have been carried out" in done.err
    assert len({heard.headers["Idempotency-Key"] for heard in told.heard}) == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(200, b"<html>"), 7),
        (Answer(404, b"<html>"), 4),
        (Answer(418, {"a": 1}), 7),
        (Answer(200, b"[" * 100_000), 7),
        (Answer(200, []), 7),
        (Answer(200, {"email": "a"}), 1),
        (Answer(302, b"", {"Location": "https://else.example.com/"}), 2),
        (Answer(302, b""), 2),
    ],
)
def test_what_is_no_exprsn_server(cli: Cli, told: ToldServer, answer: Answer, code: int) -> None:
    told.tell(answer)
    cli.uses(told.url)
    done = cli("whoami")
    assert (done.code, done.out) == (code, "")
    assert told.url in done.err


def test_errors_are_listed_by_place(cli: Cli, told: ToldServer) -> None:
    problem = {
        "code": "invalid",
        "detail": "Wrong.",
        "errors": {"definition.nodes[0]": ["One.", "Two."], "name": "Three."},
    }
    told.tell(Answer(422, problem))
    cli.uses(told.url)
    lines = cli("workflows", "execute", ID).err.splitlines()
    assert lines[1:4] == ["  definition.nodes[0]: One.", "  definition.nodes[0]: Two.", "  name: Three."]


def test_text_of_the_server_does_not_steer_the_terminal(cli: Cli, told: ToldServer) -> None:
    told.tell(run("success", workflow_name="a\x1b[31mb\x9bc\u202ed\n\te[bold]f[/bold]"))
    cli.uses(told.url)
    out = cli("executions", "get", ID).out
    assert "a\N{REPLACEMENT CHARACTER}[31mb\N{REPLACEMENT CHARACTER}c\N{REPLACEMENT CHARACTER}d  e[bold]f[/bold]" in out
    assert "1 min 30 s" in out


def test_pages_are_followed_with_their_cursors(cli: Cli, told: ToldServer) -> None:
    told.tell(page(1, 2, cursor="c1"), page(3, cursor="c2"), page(4))
    cli.uses(told.url)
    data = cli("executions", "logs", ID, "--json").data
    assert [item["id"] for item in data["items"]] == ["1", "2", "3", "4"]
    assert [heard.path.partition("?")[2] for heard in told.heard] == [
        "limit=200",
        "limit=200&cursor=c1",
        "limit=200&cursor=c2",
    ]


def test_a_followed_log_has_each_line_once_and_none_is_left_out(
    cli: Cli, told: ToldServer, no_sleep: list[float]
) -> None:
    """A line that came late, before the last cursor, is shown at the end."""
    told.tell(
        run("running"), page(1, 3, cursor="c1"), page(5),
        run("running"), page(5, 6),
        run("success"), page(1, 2, 3, cursor="c1"), page(5, 6, 7),
        run("success"),
    )  # fmt: skip
    cli.uses(told.url)
    data = cli("executions", "logs", "-f", ID, "--json").data
    assert [item["id"] for item in data["items"]] == ["1", "3", "5", "6", "2", "7"]


@pytest.mark.parametrize(("status", "code"), [("success", 0), ("partial_success", 0), ("error", 10), ("canceled", 11)])
def test_how_a_run_ends_is_the_exit_code(
    cli: Cli, told: ToldServer, no_sleep: list[float], status: str, code: int
) -> None:
    told.tell(ACCEPTED, run("running"), run(status, failed_node="n1" if status == "error" else ""))
    cli.uses(told.url)
    done = cli("workflows", "execute", ID, "--wait")
    assert done.code == code
    assert ("node: n1" in done.err) == (status == "error")


def test_a_wait_outlives_a_server_that_starts_anew(cli: Cli, told: ToldServer, no_sleep: list[float]) -> None:
    told.tell(ACCEPTED, *[refusal(503, "away")] * 6, refusal(502, "upstream_failed"), run("success"))
    cli.uses(told.url)
    assert cli("workflows", "execute", ID, "--wait", "--json").data["status"] == "success"


def test_a_wait_gives_up_on_a_server_that_stays_away(
    cli: Cli, told: ToldServer, no_sleep: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exprsn.cli.waiting._PATIENCE", 0.0)
    told.tell(ACCEPTED, refusal(503, "away"))
    cli.uses(told.url)
    done = cli("workflows", "execute", ID, "--wait", "--json")
    assert (done.code, done.out) == (7, "")
    assert f"not known how execution {ID} stands" in done.err
    told.tell(ACCEPTED, refusal(404, "execution_not_found"))
    assert cli("workflows", "execute", ID, "--wait").code == 4


def test_a_run_that_ends_before_it_is_stopped(cli: Cli, told: ToldServer) -> None:
    told.tell(Answer(body={"execution": {"id": ID, "status": "running"}}), run("running"), run("success"))
    cli.uses(told.url)
    done = cli("executions", "stop", ID, "--wait")
    assert (done.code, done.out) == (5, f"Execution {ID} is success; it ended by itself.\n")
    told.tell(Answer(body={"execution": {"id": ID, "status": "running"}}))
    assert "stops at the next node" in cli("executions", "stop", ID).out


@pytest.mark.parametrize(
    "way", [("workflows", "execute", ID, "--wait"), ("executions", "logs", "-f", ID)], ids=" ".join
)
def test_ctrl_c_says_that_the_run_goes_on(
    cli: Cli, told: ToldServer, monkeypatch: pytest.MonkeyPatch, way: tuple[str, ...]
) -> None:
    def press(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("exprsn.cli.waiting.sleep", press)
    told.tell(*([ACCEPTED] if way[0] == "workflows" else []), run("running"), page(1))
    cli.uses(told.url)
    done = cli(*way, "--json")
    assert (done.code, done.out) == (130, "")
    assert f"Execution {ID} goes on." in done.err


def test_an_import_says_what_is_left_to_do(cli: Cli, told: ToldServer) -> None:
    report = {
        "source": "n8n",
        "nodes": 2,
        "nodes_converted": 1,
        "placeholders": [{"node": "a", "type": "t", "reason": "unknown here"}],
        "credentials_needed": [{"node": "b", "kind": "basic", "name": "Mine"}],
        "warnings": ["A warning."],
    }
    told.tell(Answer(201, {"workflow": {"id": ID, "name": "W", "slug": "w"}, "report": report}))
    cli.uses(told.url)
    done = cli("workflows", "import", "-", stdin="{}")
    assert done.err.splitlines() == [
        "  to do: a (t): unknown here",
        "  to do: b needs a credential: basic “Mine”",
        "  look at: A warning.",
    ]
