"""Signing in and out, and what wins: the environment or the file."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.server import EMAIL, Server
from tests.cli.conftest import Cli
from tests.cli.told_server import Answer, ToldServer

ME = {
    "email": "a@example.com",
    "name": "",
    "organization": {"slug": "a", "name": "A", "role": "owner", "permissions": []},
}


def test_login_keeps_the_token_for_its_owner_only(cli: Cli, server: Server) -> None:
    done = cli("login", server.base, stdin=f"{server.token}\n")
    assert (done.code, done.err) == (0, "")
    assert EMAIL in done.out
    assert server.token not in done.out
    assert stat.S_IMODE(cli.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(cli.file.parent.stat().st_mode) == 0o700
    assert json.loads(cli.file.read_text()) == {"url": server.base, "token": server.token}
    shown = cli("whoami", "--json")
    assert (shown.code, shown.data["email"], shown.data["url"]) == (0, EMAIL, server.base)


def test_a_second_login_replaces_the_first_and_keeps_the_mode(cli: Cli, server: Server) -> None:
    cli.file.parent.mkdir(parents=True)
    cli.file.write_text("anything")
    cli.file.chmod(0o644)
    assert cli("login", f"{server.base}/api/v1/", "--json", stdin=server.token).data["url"] == server.base
    assert stat.S_IMODE(cli.file.stat().st_mode) == 0o600
    assert [path.name for path in cli.file.parent.iterdir()] == ["login.json"]


def test_whoami_says_what_the_token_may_do(signed_in: Cli, server: Server) -> None:
    shown = signed_in("whoami")
    assert shown.code == 0
    for text in (server.base, EMAIL, "owner", "read, write, execute, publish, admin"):
        assert text in shown.out


def test_logout_deletes_the_file(cli: Cli, server: Server) -> None:
    cli("login", server.base, stdin=server.token)
    assert cli("logout").code == 0
    assert not cli.file.exists()
    assert cli("logout", "--json").data == {"removed": False}
    assert cli("logout").out == "Nobody was signed in.\n"
    gone = cli("whoami")
    assert (gone.code, gone.out) == (3, "")
    assert "exprsn login" in gone.err


def test_a_refused_token_is_not_stored(cli: Cli, server: Server) -> None:
    done = cli("login", server.base, stdin="exprsn_wrong")
    assert (done.code, done.out) == (3, "")
    assert "token_invalid" in done.err
    assert not cli.file.exists()


@pytest.mark.parametrize("token", ["", "two words", "übel", "\n"])
def test_login_refuses_what_is_no_token(cli: Cli, token: str) -> None:
    done = cli("login", "http://127.0.0.1:9", stdin=token)
    assert (done.code, done.out) == (2, "")


@pytest.mark.parametrize(
    "url", ["example.com", "ftp://a", "http://", "http://[", "https://a?b=c", "https://u:p@a", "http://a b"]
)
def test_login_refuses_what_is_no_address(cli: Cli, url: str) -> None:
    done = cli("login", url, stdin="token")
    assert done.code == 2
    assert "https://exprsn.example.com" in done.err


def test_login_without_an_address_says_how(cli: Cli) -> None:
    done = cli("login", stdin="token")
    assert done.code == 2
    assert "address of the server" in done.err


def test_the_environment_wins_over_the_file(cli: Cli, server: Server, told: ToldServer) -> None:
    told.tell(Answer(body=ME))
    cli("login", told.url, stdin="stored_token")
    cli.uses(server.base, server.token)
    assert cli("whoami", "--json").data["url"] == server.base
    assert len(told.heard) == 1
    noted = cli("login", told.url, stdin="stored_token")
    assert "EXPRSN_API_URL is set and wins" in noted.err


def test_a_token_of_the_environment_goes_to_the_stored_address(cli: Cli, told: ToldServer) -> None:
    told.tell(Answer(body=ME))
    cli("login", told.url, stdin="stored_token")
    cli.monkeypatch.setenv("EXPRSN_API_TOKEN", "other_token")
    assert cli("whoami").code == 0
    assert told.heard[-1].headers["Authorization"] == "Bearer other_token"


def test_a_stored_token_is_never_sent_to_another_server(cli: Cli, told: ToldServer) -> None:
    told.tell(Answer(body=ME))
    cli("login", told.url, stdin="stored_token")
    cli.monkeypatch.setenv("EXPRSN_API_URL", told.url.replace("127.0.0.1", "localhost"))
    done = cli("whoami")
    assert done.code == 3
    assert "EXPRSN_API_TOKEN" in done.err
    assert len(told.heard) == 1


def test_an_address_without_a_token_is_not_enough(cli: Cli) -> None:
    cli.monkeypatch.setenv("EXPRSN_API_URL", "https://exprsn.example.com")
    done = cli("whoami")
    assert done.code == 3
    assert "no token" in done.err


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"url": "x"}', '{"url": 1, "token": 2}', '{"url":"http://a","token":""}']
)
def test_a_broken_file_is_named_with_what_to_do(cli: Cli, text: str) -> None:
    cli.file.parent.mkdir(parents=True)
    cli.file.write_text(text)
    done = cli("workflows", "list")
    assert (done.code, done.out) == (2, "")
    assert str(cli.file) in done.err
    assert "exprsn login" in done.err


def test_a_folder_that_cannot_be_written_is_a_fault(cli: Cli, server: Server) -> None:
    cli.file.parent.parent.mkdir(parents=True)
    cli.file.parent.write_text("a file where the folder should be")
    done = cli("login", server.base, stdin=server.token)
    assert done.code == 1
    assert "cannot be written" in done.err


def test_an_unencrypted_way_is_warned_of(cli: Cli) -> None:
    assert "Warning: http://" in cli("login", "http://exprsn.example.com", stdin="").err


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "nan", "99999"])
def test_a_wrong_time_out_is_refused(cli: Cli, seconds: str) -> None:
    cli.uses("http://127.0.0.1:9")
    cli.monkeypatch.setenv("EXPRSN_API_TIMEOUT", seconds)
    done = cli("whoami")
    assert done.code == 2
    assert "EXPRSN_API_TIMEOUT" in done.err


def test_expired_and_revoked_tokens_say_what_to_do(cli: Cli, server: Server) -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    expiring = server.call("POST", "/tokens/", {"name": "short", "scopes": ["read"], "expires_at": soon})
    revoked = server.call("POST", "/tokens/", {"name": "gone", "scopes": ["read"]})
    server.call("DELETE", f"/tokens/{revoked['id']}/")
    cli.uses(server.base, revoked["token"])
    done = cli("whoami")
    assert (done.code, "token_revoked" in done.err, "exprsn login" in done.err) == (3, True, True)
    cli.uses(server.base, expiring["token"])
    deadline = datetime.now(UTC) + timedelta(seconds=10)
    while (done := cli("whoami")).code == 0 and datetime.now(UTC) < deadline:
        pass
    assert (done.code, "token_expired" in done.err) == (3, True)
