"""The door for imports: tells formats apart, unwraps and reads them."""

from __future__ import annotations

from typing import Any, Literal

from apps.workflows.interchange.cleaning import not_recognized
from apps.workflows.interchange.n8n.workflow import import_n8n, looks_like_n8n
from apps.workflows.interchange.outcome import ImportOutcome
from apps.workflows.interchange.own_format import import_definition, import_own, is_definition, is_own
from apps.workflows.interchange.shapes import bundled, unwrapped

MAX_BUNDLE = 500

Format = Literal["exprsn", "n8n", "bundle", "unknown"]


def detect_format(data: Any) -> Format:
    """What kind of file this is, by its shape alone."""
    data = unwrapped(data)
    if is_own(data) or is_definition(data):
        return "exprsn"
    if bundled(data) is not None:
        return "bundle"
    return "n8n" if looks_like_n8n(data) else "unknown"


def import_documents(data: Any) -> list[ImportOutcome]:
    """Every workflow in a file: one for our export, a definition of ours and n8n's export; several for a bundle.

    Raises ``InvalidInput`` (``import_not_recognized``) when it is none of these, and nothing else.
    """
    data = unwrapped(data)
    entries = bundled(data)
    if entries is None:
        return [_import_one(data)]
    if len(entries) > MAX_BUNDLE:
        raise not_recognized(f"A bundle may hold at most {MAX_BUNDLE} workflows.")
    return [_import_one(unwrapped(entry)) for entry in entries]


def _import_one(data: Any) -> ImportOutcome:
    if is_own(data):
        return import_own(data)
    if is_definition(data):
        return import_definition(data)
    if looks_like_n8n(data):
        return import_n8n(data)
    raise not_recognized(
        "This is neither an export of this product nor of n8n: an object with a list of nodes is expected."
    )
