"""``login``, ``logout``, ``whoami``."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from exprsn.cli import options, output
from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.options import examples
from exprsn.cli.session import connected
from exprsn.cli.settings import (
    TOKEN_VARIABLE,
    URL_VARIABLE,
    Login,
    checked_token,
    checked_url,
    current_login,
    forget_login,
    is_in_the_clear,
    store_login,
)

app = typer.Typer()


@app.command(
    epilog=examples("exprsn login https://exprsn.example.com", "exprsn login URL < token.txt"),
)
def login(
    url: Annotated[str, typer.Argument(metavar="URL", help="The server, such as https://exprsn.example.com.")] = "",
    as_json: options.Json = False,
) -> None:
    """Check a token and keep it, with the server's address, readable by you only.

    The token is asked for, or read from standard input when that is no terminal, so that it is in no history of
    commands. Make one in the browser under API tokens.
    """
    wanted = checked_url(url or _asked("Server", "the address of the server as an argument"))
    if is_in_the_clear(wanted):
        output.note("Warning: http:// sends the token readable for everybody on the way. Use https://.")
    token = checked_token(_asked("Token", "the token on standard input", hide=True))
    with connected(Login(wanted, token)) as api:
        me = api.get("me/")
        organization = me["organization"]
    path = store_login(Login(wanted, token))
    if as_json:
        output.emit_json({"url": wanted, "email": me["email"], "organization": organization["slug"], "file": str(path)})
    else:
        output.say(f"Signed in to {wanted} as {me['email']}, organization {organization['name']}.")
        output.say(f"The token is in {path}.")
    for variable in (URL_VARIABLE, TOKEN_VARIABLE):
        if os.environ.get(variable):
            output.note(f"Note: {variable} is set and wins over what was stored.")


@app.command()
def logout(as_json: options.Json = False) -> None:
    """Delete the stored token from this computer. It stays valid: revoke it in the browser under API tokens."""
    removed = forget_login()
    if as_json:
        output.emit_json({"removed": removed})
    else:
        output.say("Signed out. The token stays valid until it is revoked." if removed else "Nobody was signed in.")


@app.command(epilog=examples("exprsn whoami --json"))
def whoami(as_json: options.Json = False) -> None:
    """Who the token belongs to, on which server, and what it may do."""
    used = current_login()
    with connected(used) as api:
        me = api.get("me/")
        organization = me["organization"]
    if as_json:
        output.emit_json({"url": used.url, **me})
        return
    output.show_fields(
        [
            ("Server", used.url),
            ("Person", me["email"]),
            ("Name", me["name"]),
            ("Organization", f"{organization['name']} ({organization['slug']})"),
            ("Role", organization["role"]),
            ("May", ", ".join(organization["permissions"])),
        ]
    )


def _asked(what: str, otherwise: str, *, hide: bool = False) -> str:
    """Ask a person, or read the secret from a pipe."""
    if sys.stdin.isatty():
        return str(typer.prompt(what, hide_input=hide, err=True))
    text = sys.stdin.readline() if hide else ""
    if not text.strip():
        raise CommandFailed(f"{what} is missing.", Ending.INVALID, hint=f"Give {otherwise}.")
    return text
