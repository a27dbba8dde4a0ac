"""What a stranger meets first: help, version, completion, and a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import runpy
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from benchmarks.server import Server
from exprsn.cli.output import Column, show_table
from exprsn.cli.values import shown_duration
from tests.cli.conftest import LOGS, PROXIES, VARIABLES, Cli, Workflows, waits

ROOT = Path(__file__).parents[2]
COMMANDS = {
    (): ["login", "logout", "whoami", "workflows", "executions", "tables"],
    ("workflows",): [
        "list",
        "get",
        "import",
        "export",
        "execute",
        "dry-run",
        "publish",
        "activate",
        "deactivate",
        "validate",
        "test",
    ],
    ("tables",): [
        "list",
        "show",
        "create",
        "import",
        "export",
        "evaluate",
        "evaluate-batch",
        "publish",
        "versions",
        "diff",
        "stats",
        "verify",
        "test",
    ],
    ("executions",): ["list", "get", "nodes", "logs", "retry", "replay", "pause", "resume", "stop"],
}
LEAVES = [
    (*group, name)
    for group, names in COMMANDS.items()
    for name in names
    if name not in {"workflows", "executions", "tables"}
]


def environment(server: Server, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {*VARIABLES, *PROXIES, "LINES"}}
    return {**kept, "EXPRSN_API_URL": server.base, "EXPRSN_API_TOKEN": server.token, "TERM": "xterm-256color", **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "exprsn.cli", *arguments]


def on_terminal(arguments: list[str], env: dict[str, str], *, columns: int, typed: bytes = b"") -> str:
    """What a terminal of a width shows."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(arguments, cwd=ROOT, env=env, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    shown = b""
    if typed:
        while b"Token: " not in shown:
            shown += os.read(master, 65536)
        os.write(master, typed)
    try:
        while chunk := os.read(master, 65536):
            shown += chunk
    except OSError:  # the other end is closed
        pass
    os.close(master)
    process.wait(20)
    return shown.decode()


@pytest.mark.parametrize("group", COMMANDS)
def test_help_names_every_command(cli: Cli, group: tuple[str, ...]) -> None:
    shown = cli(*group, "--help")
    assert shown.code == 0
    for name in COMMANDS[group]:
        assert re.search(rf"^  {name} ", shown.out, re.MULTILINE), name


@pytest.mark.parametrize("leaf", LEAVES, ids=" ".join)
def test_every_command_explains_itself(cli: Cli, leaf: tuple[str, ...]) -> None:
    shown = cli(*leaf, "-h")
    assert shown.code == 0
    assert "--json" in shown.out
    assert leaf == ("logout",) or f"    exprsn {' '.join(leaf)}" in shown.out


def test_the_help_of_all_exit_codes(cli: Cli) -> None:
    text = " ".join(cli("--help").out.split())
    for part in (
        "2 invalid",
        "3 not allowed",
        "4 not found",
        "5 conflict",
        "6 rate limited",
        "7 server away",
        "10 the run failed",
    ):
        assert part in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["workflows", "promote"],
        ["workflows", "get"],
        ["workflows", "list", "--limit", "-1"],
        ["workflows", "list", "--no"],
    ],
)
def test_wrong_use_ends_with_2(cli: Cli, arguments: list[str]) -> None:
    done = cli(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Usage: exprsn" in done.err


def test_version(cli: Cli) -> None:
    assert re.fullmatch(r"exprsn \S+\n", cli("--version").out)


@pytest.mark.parametrize(
    ("shell", "asked"),
    [
        ("bash", {"COMP_WORDS": "exprsn workflows ex", "COMP_CWORD": "2"}),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "exprsn workflows ex"}),
        ("fish", {"_TYPER_COMPLETE_ARGS": "exprsn workflows ex", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}),
    ],
)
def test_completion_for_each_shell(shell: str, asked: dict[str, str]) -> None:
    def answer(**variables: str) -> str:
        env = {**os.environ, **variables}
        return subprocess.run(command(), cwd=ROOT, env=env, capture_output=True, text=True, timeout=30).stdout

    script = answer(_EXPRSN_COMPLETE=f"source_{shell}")
    assert f"complete_{shell}" in script
    offered = answer(_EXPRSN_COMPLETE=f"complete_{shell}", **asked)
    assert ("export" in offered, "execute" in offered, "deactivate" in offered) == (True, True, False)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "exprsn.cli.app", raising=False)
    monkeypatch.setitem(sys.modules, "typer", None)
    with pytest.raises(SystemExit) as ending:
        runpy.run_module("exprsn.cli", run_name="__main__", alter_sys=True)
    assert "pip install '.[cli]'" in str(ending.value)


def test_it_knows_no_django() -> None:
    code = (
        "import sys, exprsn.cli.app; print([m for m in sys.modules if m.split('.')[0] in ('django', 'apps', 'config')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("columns", [40, 60, 80, 250])
def test_a_table_fits_the_terminal(server: Server, workflows: Workflows, columns: int) -> None:
    workflows("A rather long name of a workflow that does not fit everywhere, with 漢字")
    shown = on_terminal(command("workflows", "list", "--search", "rather"), environment(server), columns=columns)
    lines = re.sub(r"\x1b\[[\d;]*m", "", shown).splitlines()
    assert len(lines) == 2
    assert all(len(line) <= columns for line in lines)
    assert ("…" in lines[1]) == (columns < 250)


@pytest.mark.parametrize(("variables", "colours"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_only_where_they_are_wanted(
    server: Server, workflows: Workflows, variables: dict[str, str], colours: bool
) -> None:
    workflows("Colourful")
    shown = on_terminal(
        command("workflows", "list", "--search", "Colourful"), environment(server, **variables), columns=80
    )
    assert ("\x1b[" in shown) == colours
    piped = subprocess.run(
        command("workflows", "list", "--search", "Colourful"),
        cwd=ROOT, env=environment(server, FORCE_COLOR="1"), capture_output=True, text=True,
    )  # fmt: skip
    assert "\x1b" not in piped.stdout


def test_login_asks_a_person_and_does_not_show_the_token(server: Server, tmp_path: Path) -> None:
    env = environment(server, XDG_CONFIG_HOME=str(tmp_path))
    del env["EXPRSN_API_URL"], env["EXPRSN_API_TOKEN"]
    shown = on_terminal(command("login", server.base), env, columns=80, typed=f"{server.token}\n".encode())
    assert "Signed in to" in shown
    assert server.token not in shown


@pytest.mark.parametrize("way", [("workflows", "execute", "--wait"), ("executions", "logs", "-f")], ids=" ".join)
def test_ctrl_c_ends_the_command_and_not_the_run(server: Server, workflows: Workflows, way: tuple[str, ...]) -> None:
    made = workflows("Interrupted", LOGS, waits(3600))
    named = made["id"]
    if way[0] == "executions":
        named = server.call("POST", f"/workflows/{named}/execute/", {})["execution"]["id"]
    process = subprocess.Popen(
        command(*way, named),
        cwd=ROOT,
        env=environment(server),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stderr
    # The first line says that it waits.
    (process.stdout if way[0] == "executions" else process.stderr).readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "goes on" in err
    assert "Traceback" not in err
    run = server.call("GET", f"/executions/?workflow={made['id']}")["items"][0]
    assert run["status"] in {"queued", "running", "waiting"}
    server.call("POST", f"/executions/{run['id']}/stop/")


def test_columns_are_dropped_in_their_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = [
        Column("id", lambda row: row["id"]),
        Column("kept", lambda row: "k" * 6, drop=1),
        Column("gone", lambda row: "g" * 6, drop=2),
        Column("long", lambda row: row["long"], flexible=True),
    ]
    monkeypatch.setenv("COLUMNS", "28")
    show_table(columns, [{"id": "12345678", "long": "x" * 30}, {"id": "1", "long": None}], empty="")
    assert capsys.readouterr().out == "ID        KEPT    LONG\n12345678  kkkkkk  xxxxxxxxx…\n1         kkkkkk\n"


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(None, ""), (3, "3 ms"), (1500, "1.5 s"), (61_000, "1 min 1 s"), (3_660_000, "1 h 1 min")],
)
def test_durations(milliseconds: int | None, text: str) -> None:
    assert shown_duration(milliseconds) == text


def test_the_guide_names_commands_and_options_that_exist(cli: Cli) -> None:
    guide = (ROOT / "docs" / "guide" / "cli.md").read_text()
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", guide, re.DOTALL))
    used = re.findall(r"\bexprsn ((?:workflows|executions|tables) [a-z-]+|login|logout|whoami)\b([^|\n#]*)", blocks)
    assert {tuple(name.split()) for name, _ in used} == set(LEAVES)
    for name, rest in used:
        options = re.findall(r"(?<= )--?[a-z][a-z-]*", rest)
        shown = cli(*name.split(), "--help").out
        assert [option for option in options if not re.search(rf"{option}\b", shown)] == [], name
