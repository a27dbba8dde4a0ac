"""What every command needs: the API, opened when it is first used."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator
from contextlib import contextmanager

from exprsn.cli.client import Api
from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.settings import Login, call_timeout, current_login


def version() -> str:
    """The installed version; a checkout that is not installed has none."""
    try:
        return importlib.metadata.version("exprsn")
    except importlib.metadata.PackageNotFoundError:
        return "0+source"


@contextmanager
def connected(login: Login | None = None) -> Iterator[Api]:
    """The API as the environment or the stored login says."""
    with Api(login or current_login(), version=version(), timeout=call_timeout()) as api:
        try:
            yield api
        except KeyError as error:
            hint = "Server and command line may be of different versions; see exprsn --version."
            raise CommandFailed(f"An answer of {api.url} lacks {error}.", Ending.FAULT, hint=hint) from error
