"""Code of users, run in the sandbox within the installation's limits."""

from __future__ import annotations

from django.conf import settings

from apps.core.services.sandbox import counted, python_sandbox, sandbox
from exprsn.sandbox.coding import CodePool, CodeResult
from exprsn.sandbox.errors import CodeTimeout
from exprsn.sandbox.limits import Limits


def run_javascript(
    source: str, *, mode: str, items_json: bytes, context_json: bytes, seconds: float, owner: str = ""
) -> CodeResult:
    """Run the JavaScript of a code node over items, both as JSON. ``owner``: whose code it is."""
    return _run(sandbox(), source, mode, items_json, context_json, seconds, owner)


def run_python(
    source: str, *, mode: str, items_json: bytes, context_json: bytes, seconds: float, owner: str = ""
) -> CodeResult:
    """Run the Python of a code node over items, both as JSON. ``owner``: whose code it is."""
    return _run(python_sandbox(), source, mode, items_json, context_json, seconds, owner)


def _run(
    pool: CodePool, source: str, mode: str, items_json: bytes, context_json: bytes, seconds: float, owner: str
) -> CodeResult:
    limits = Limits(wall_seconds=min(seconds, settings.EXPRSN_CODE_SECONDS))
    with counted(pool.kind):
        try:
            return pool.run_code(
                source, mode=mode, items_json=items_json, context_json=context_json, limits=limits, owner=owner
            )
        except CodeTimeout as error:
            raise CodeTimeout(_with_limit(error.message, seconds), params=error.params) from error


def _with_limit(message: str, asked: float) -> str:
    """Say which limit it was, and who could raise it."""
    most: float = settings.EXPRSN_CODE_SECONDS
    if asked <= most:
        return f"{message} It had {round(asked, 1):g} seconds."
    return f"{message} It had {most:g} seconds, the most that this installation allows (EXPRSN_CODE_SECONDS)."
