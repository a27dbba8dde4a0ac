"""Webhook paths: ``orders/:id/lines`` with named segments, and which of several routes fits best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

MAX_PATH = 300
MAX_SEGMENTS = 20
ALL_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")


@dataclass(frozen=True, slots=True)
class WebhookPath:
    """``text`` as written without outer slashes; ``route`` with every parameter replaced by ``:``."""

    text: str
    route: str
    segments: int
    has_parameters: bool


def split_path(path: str) -> list[str]:
    """The segments of a path; empty ones are dropped."""
    return [segment for segment in path.split("/") if segment]


def parse_webhook_path(path: str) -> WebhookPath:
    """What a node's ``path`` parameter means."""
    segments = split_path(path)
    route = "/".join(":" if segment.startswith(":") else segment for segment in segments)
    return WebhookPath("/".join(segments), route, len(segments), ":" in route.split("/"))


def methods_of(parameters: Mapping[str, Any]) -> list[str]:
    """The methods that a webhook node answers, each once."""
    methods = parameters.get("methods") or ["POST"]
    chosen = [methods] if isinstance(methods, str) else list(methods)
    return list(ALL_METHODS if "ANY" in chosen else dict.fromkeys(str(method).upper() for method in chosen))


def path_faults(path: str) -> list[str]:
    """Why this path cannot be a webhook's; empty when it can."""
    segments = split_path(path)
    if not segments:
        return ["Give the webhook a path, for example orders/new."]
    names = [segment[1:] for segment in segments if segment.startswith(":")]
    faults = []
    if len(path) > MAX_PATH or len(segments) > MAX_SEGMENTS:
        faults.append(f"At most {MAX_PATH} characters and {MAX_SEGMENTS} segments.")
    if any(not name.isidentifier() for name in names):
        faults.append("A parameter is a colon and a name, for example :id.")
    if len(set(names)) != len(names):
        faults.append("Two parameters have the same name.")
    if any(character in path for character in "?#\\\x00 \t\n"):
        faults.append("Spaces, ?, # and \\ cannot be in a path.")
    return faults


def match_path(pattern: str, segments: list[str]) -> dict[str, str] | None:
    """The parameters by name if the pattern fits these segments."""
    parts = split_path(pattern)
    if len(parts) != len(segments):
        return None
    found: dict[str, str] = {}
    for part, segment in zip(parts, segments, strict=True):
        if part.startswith(":"):
            found[part[1:]] = segment
        elif part != segment:
            return None
    return found


_T = TypeVar("_T")


def best_match(candidates: Iterable[tuple[str, _T]], segments: list[str]) -> tuple[_T, dict[str, str]] | None:
    """The candidate ``(pattern, value)`` that fits with fixed segments furthest to the left."""
    best: tuple[list[bool], _T, dict[str, str]] | None = None
    for pattern, value in candidates:
        found = match_path(pattern, segments)
        if found is None:
            continue
        rank = [part.startswith(":") for part in split_path(pattern)]
        if best is None or rank < best[0]:
            best = (rank, value, found)
    return None if best is None else (best[1], best[2])
