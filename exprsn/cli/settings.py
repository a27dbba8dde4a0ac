"""Where the server is and what opens it: the environment, else the file that ``exprsn login`` wrote."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import typer

from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.files import write_whole

URL_VARIABLE = "EXPRSN_API_URL"
TOKEN_VARIABLE = "EXPRSN_API_TOKEN"  # noqa: S105 - the variable's name
TIMEOUT_VARIABLE = "EXPRSN_API_TIMEOUT"
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_SIGN_IN = f"Run exprsn login, or set {URL_VARIABLE} and {TOKEN_VARIABLE}."


@dataclass(frozen=True, slots=True)
class Login:
    """A server and a token for it."""

    url: str
    token: str


def config_file() -> Path:
    """The file in the user's configuration folder."""
    return Path(typer.get_app_dir("exprsn")) / "login.json"


def current_login() -> Login:
    """What to use now. Raises ``CommandFailed`` when something is missing or cannot be read."""
    url, token = os.environ.get(URL_VARIABLE, ""), os.environ.get(TOKEN_VARIABLE, "")
    if url and token:
        return Login(checked_url(url), checked_token(token))
    stored = stored_login()
    if stored is None:
        what = "is no address of a server" if not url else "is no token"
        raise CommandFailed(f"There {what} to work with.", Ending.NOT_ALLOWED, hint=_SIGN_IN)
    if token:
        return Login(stored.url, checked_token(token))
    if url and checked_url(url) != stored.url:
        # The token of one server is never shown to another.
        message = f"{URL_VARIABLE} names {checked_url(url)}, but the stored token is for {stored.url}."
        raise CommandFailed(message, Ending.NOT_ALLOWED, hint=f"Set {TOKEN_VARIABLE} too, or run exprsn login.")
    return stored


def stored_login() -> Login | None:
    """What the file holds; None without a file."""
    path = config_file()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Login(checked_url(data["url"]), checked_token(data["token"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, CommandFailed) as error:
        raise CommandFailed(
            f"{path} cannot be read ({type(error).__name__}).",
            Ending.INVALID,
            hint="Run exprsn login to write it anew, or exprsn logout to delete it.",
        ) from error


def store_login(login: Login) -> Path:
    """Write the file whole or not at all, readable by its owner only."""
    path = config_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, json.dumps({"url": login.url, "token": login.token}), mode=0o600)
    except OSError as error:
        raise CommandFailed(f"{path} cannot be written: {error.strerror}.", Ending.FAULT) from error
    return path


def forget_login() -> bool:
    """Delete the file; whether there was one."""
    path = config_file()
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise CommandFailed(f"{path} cannot be deleted: {error.strerror}.", Ending.FAULT) from error
    return True


def checked_url(text: str) -> str:
    """The server's address without ``/api/v1`` and slashes at its end."""
    url = text.strip().rstrip("/").removesuffix("/api/v1").rstrip("/")
    try:
        parts = urlsplit(url)
        right = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if not right or parts.query or parts.fragment or parts.username or not url.isprintable() or " " in url:
        raise CommandFailed(
            "This is no address of a server.", Ending.INVALID, hint="It looks like https://exprsn.example.com"
        )
    return url


def is_in_the_clear(url: str) -> bool:
    """Whether a token would travel unencrypted over a network."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname not in _LOOPBACK


def checked_token(text: str) -> str:
    """The token without space around it."""
    token = text.strip()
    if not token or not all("!" <= character <= "~" for character in token):
        raise CommandFailed("This is no token.", Ending.INVALID, hint="Copy it whole from the page API tokens.")
    return token


def call_timeout() -> float:
    """Seconds that the server may let a call wait."""
    raw = os.environ.get(TIMEOUT_VARIABLE, "") or "30"
    try:
        seconds = float(raw)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise CommandFailed(f"{TIMEOUT_VARIABLE} must be a number of seconds from 0 to 3600.", Ending.INVALID)
    return seconds
