"""Runs by the command line: start, wait, look at, follow, repeat, stop."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import FAILS, LOGS, SAYS_DONE, Cli, Workflows, waits


def started(cli: Cli, name: str, *options: str) -> str:
    """Start a workflow without waiting; the execution's id."""
    return str(cli("workflows", "execute", name, "--json", *options).data["id"])


def test_execute_waits_for_success(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Does it", SAYS_DONE)
    done = signed_in("workflows", "execute", "does-it", "--wait")
    assert done.code == 0
    assert "success" in done.out
    assert '"done": true' in done.out
    assert "waiting for its end" in done.err
    whole = signed_in("workflows", "execute", "does-it", "--wait", "--json")
    assert (whole.err, whole.data["status"], whole.data["output"][0]["json"]) == ("", "success", {"done": True})


def test_execute_without_waiting_says_how_to_follow(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Goes off")
    done = signed_in("workflows", "execute", "goes-off", "--priority", "low", "--trigger", "n0")
    assert done.code == 0
    assert "queued" in done.out
    assert "executions logs -f" in done.err
    assert signed_in("workflows", "execute", "goes-off", "--trigger", "nope").code == 2
    assert signed_in("workflows", "execute", "goes-off", "--priority", "urgent").code == 2


@pytest.mark.parametrize("way", ["argument", "file", "stdin"])
def test_data_comes_from_argument_file_or_stdin(signed_in: Cli, workflows: Workflows, tmp_path: Path, way: str) -> None:
    workflows("Takes data")
    text = json.dumps({"number": 9007199254740993, "text": "ünï"})
    (tmp_path / "data.json").write_text(text)
    given = {"argument": text, "file": f"@{tmp_path / 'data.json'}", "stdin": "-"}[way]
    done = signed_in("workflows", "execute", "takes-data", "--data", given, "--wait", "--json", stdin=text)
    assert done.data["trigger_data"][0]["json"] == {"number": 9007199254740993, "text": "ünï"}


@pytest.mark.parametrize("data", ["{bad", "@/no/such/file", "-", "NaN", "1e999", "[" * 5000])
def test_bad_data_starts_nothing(signed_in: Cli, workflows: Workflows, data: str) -> None:
    made = workflows("Takes no nonsense")
    done = signed_in("workflows", "execute", "takes-no-nonsense", "--data", data)
    assert (done.code, done.out) == (2, "")
    assert signed_in("executions", "list", "--workflow", made["id"], "--json").data["items"] == []


def test_a_failed_run_has_its_own_exit_code(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Fails", FAILS)
    done = signed_in("workflows", "execute", "fails", "--wait")
    assert done.code == 10
    assert "error" in done.out
    assert "Out of paper" in done.err
    whole = signed_in("workflows", "execute", "fails", "--wait", "--json")
    assert (whole.code, whole.data["status"]) == (10, "error")
    assert "node: stop_and_error 1\n" in done.err
    assert whole.data["failed_node_name"] == "stop_and_error 1"
    nodes = signed_in("executions", "nodes", whole.data["id"])
    assert "Out of paper" in nodes.out
    assert [n["status"] for n in signed_in("executions", "nodes", whole.data["id"], "--json").data["items"]] == [
        "success",
        "error",
    ]
    assert signed_in("executions", "get", whole.data["id"]).code == 0
    again = signed_in("executions", "retry", whole.data["id"], "--wait", "--json")
    assert (again.code, again.data["retry_of"]) == (10, whole.data["id"])
    assert signed_in("executions", "retry", whole.data["id"], "--newest").code == 0
    kept = signed_in("executions", "retry", whole.data["id"], "--from-failed", "--wait", "--json")
    assert (kept.code, kept.data["execution_path"]) == (10, whole.data["execution_path"])


def test_a_fault_in_code_is_named_with_its_line(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Wrong code", ("code", {"code": "const a = 1;\nconst b = 2;\nthrow new Error('no');"}))
    done = signed_in("workflows", "execute", "wrong-code", "--wait")
    assert (done.code, "node: code 1\n" in done.err, "line: 3\n" in done.err) == (10, True, True), done.err


def test_a_dry_run_shows_what_would_have_been_changed(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Calls out", ("http_request", {"method": "POST", "url": "https://shop.example/orders"}))
    done = signed_in("workflows", "dry-run", "calls-out", "--data", '{"n": 1}')
    assert (done.code, done.err) == (0, "")
    assert "https://shop.example/orders" in done.out
    told = signed_in("workflows", "dry-run", "calls-out", "--json").data
    assert [change["type"] for change in told["changes"]] == ["http_request"]
    assert "dry run" in signed_in("executions", "list", "--workflow", "calls-out").out
    workflows("Breaks", FAILS)
    assert signed_in("workflows", "dry-run", "breaks").code == 10


def test_what_came_to_its_end_has_no_failed_node(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Fine", SAYS_DONE)
    done = signed_in("workflows", "execute", "fine", "--wait", "--json").data["id"]
    refused = signed_in("executions", "retry", done, "--from-failed")
    assert refused.code == 5
    assert "no failed node" in refused.err


def test_waiting_has_an_end_and_the_run_goes_on(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Takes long", waits(3600))
    done = signed_in("workflows", "execute", "takes-long", "--wait", "--timeout", "0.5")
    assert (done.code, done.out) == (12, "")
    assert "it goes on" in done.err
    running = signed_in("executions", "list", "--workflow", "takes-long", "--json").data["items"][0]
    assert running["status"] in {"queued", "running", "waiting"}
    assert signed_in("executions", "retry", running["id"]).code == 5
    stopped = signed_in("executions", "stop", running["id"], "--wait")
    assert (stopped.code, stopped.out) == (0, f"Execution {running['id']} is canceled.\n")
    again = signed_in("executions", "stop", running["id"])
    assert (again.code, "execution_finished" in again.err) == (5, True)


def test_a_canceled_run_ends_the_wait(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Is canceled", waits(3600))
    execution = started(signed_in, "is-canceled")
    assert signed_in("executions", "stop", execution, "--json").data["status"] in {"canceled", "running"}
    retried = signed_in("executions", "retry", execution, "--json").data["id"]
    signed_in("executions", "stop", retried, "--wait")
    assert signed_in("executions", "get", retried, "--json").data["status"] == "canceled"


def test_list_filters_runs(signed_in: Cli, workflows: Workflows) -> None:
    made = workflows("Listed", SAYS_DONE)
    signed_in("workflows", "execute", "listed", "--wait")
    shown = signed_in("executions", "list", "--workflow", "Listed", "--status", "success", "--trigger-mode", "manual")
    assert shown.out.splitlines()[0].split() == ["ID", "STATUS", "WORKFLOW", "BY", "ENV", "CREATED", "TOOK"]
    assert len(shown.out.splitlines()) == 2
    for options in (
        ["--since", "1h"],
        ["--since", "2026-01-01"],
        ["--until", "2199-01-01T00:00:00Z"],
        ["--env", "testing"],
    ):
        assert len(signed_in("executions", "list", "--workflow", made["id"], "--json", *options).data["items"]) == 1
    for options in (["--until", "1d"], ["--since", "2199-01-01"], ["--env", "production"], ["--search", "zzz"]):
        assert signed_in("executions", "list", "--workflow", made["id"], *options).err == "No executions.\n"
    wrong = signed_in("executions", "list", "--since", "yesterday-ish")
    assert (wrong.code, "no moment" in wrong.err) == (2, True)


def test_logs_show_the_lines_and_filter_levels(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Talks", LOGS, FAILS)
    execution = signed_in("workflows", "execute", "talks", "--wait", "--json").data["id"]
    lines = signed_in("executions", "logs", execution).out.splitlines()
    assert "[code 1] first line" in lines[0]
    assert "[code 1] second line" in lines[1]
    assert "Out of paper" in lines[2]
    assert len(signed_in("executions", "logs", execution, "--level", "error").out.splitlines()) == 1
    one = signed_in("executions", "logs", execution, "--limit", "1", "--json").data
    assert one["page_info"] == {"has_more": True, "count": 1}
    assert signed_in("executions", "logs", execution, "--level", "debug").err == "No log lines.\n"


def test_logs_are_followed_until_the_run_ends(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Talks twice", LOGS, waits(2), LOGS)
    execution = started(signed_in, "talks-twice")
    followed = signed_in("executions", "logs", "-f", execution)
    assert (followed.code, followed.err) == (0, "The run has ended: success.\n")
    assert followed.out.count("first line") == 2
    assert len(followed.out.splitlines()) == 4
    whole = signed_in("executions", "logs", "--follow", execution, "--json").data
    assert (whole["page_info"]["count"], whole["status"]) == (4, "success")


@pytest.mark.parametrize("command", ["get", "nodes", "logs", "retry", "stop"])
def test_unknown_and_wrong_ids(signed_in: Cli, command: str) -> None:
    unknown = signed_in("executions", command, "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c")
    assert (unknown.code, unknown.out, "execution_not_found" in unknown.err) == (4, "", True)
    wrong = signed_in("executions", command, "order-desk")
    assert (wrong.code, "exprsn executions list" in wrong.err) == (2, True)


def test_following_an_unknown_run(signed_in: Cli) -> None:
    assert signed_in("executions", "logs", "-f", "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c").code == 4
