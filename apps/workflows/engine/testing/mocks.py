"""What stands in for the outside in a test: answers of nodes, and of HTTP servers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import ERROR, NodeContext, NodeError, NodeResult
from apps.workflows.engine.ports import HttpAnswer, HttpCall, Secret
from apps.workflows.engine.rehearsal import answer_taken
from apps.workflows.engine.scheduler import NodeCall
from apps.workflows.engine.testing.cases import HttpMock, as_items
from exprsn.kernel.jsonvalue import JsonObject

# Types with an effect that run by themselves: what they reach is stood in for further down.
RUN_BY_THEMSELVES = frozenset({"http_request", "static_data"})
UNMOCKED_CALL = "unmocked_call"
MAX_SHOWN_URL = 300


@dataclass(slots=True)
class StandIns:
    """Answers in place of nodes. ``unmocked``: nodes with an effect for which nothing was given; they answered
    their pinned data or an example."""

    mocks: Mapping[str, Mapping[str, Any]]
    unmocked: list[str] = field(default_factory=list)

    def __call__(self, context: NodeContext, call: NodeCall) -> NodeResult | None:
        """What the node answers; for those that run by themselves their own answer, without a wait."""
        mock = self._mock_for(call)
        if mock is not None:
            return _answer_of(mock, call)
        node_type = call.compiled.type
        if node_type.capabilities.side_effect and node_type.type not in RUN_BY_THEMSELVES:
            return self._example(call, context)
        result = call.compiled.runner.run(context)
        if result.wait_for is not None:  # somebody would have to answer
            return self._example(call, context)
        return replace(result, wait_until=None)

    def _example(self, call: NodeCall, context: NodeContext) -> NodeResult:
        if call.compiled.id not in self.unmocked:
            self.unmocked.append(call.compiled.id)
        batch = answer_taken(context, call)
        return NodeResult({call.compiled.first_output: batch} if batch else {})

    def _mock_for(self, call: NodeCall) -> Mapping[str, Any] | None:
        mock = self.mocks.get(call.compiled.id)
        if mock is None or "runs" not in mock:
            return mock
        runs: Sequence[Mapping[str, Any]] = mock["runs"]
        return runs[min(call.run_index, len(runs) - 1)]


def _answer_of(mock: Mapping[str, Any], call: NodeCall) -> NodeResult:
    if "error" in mock:
        told = mock["error"]
        raise NodeError(
            told["message"],
            kind=told.get("kind") or "node_failed",
            retryable=bool(told.get("retryable")),
            item=told.get("item"),
        )
    given = mock.get("outputs") or {mock.get("output") or call.compiled.first_output: mock.get("items", [])}
    outputs = {port: ItemBatch.from_data(as_items(items)) for port, items in given.items()}
    failed = [_failed(item) for item in outputs.pop(ERROR, ())]
    return NodeResult(outputs, failed=failed)


def _failed(item: Item) -> Item:
    if item.error is not None:
        return item
    told = item.json.get("error")
    unnamed: JsonObject = {"message": str(told or "It failed."), "kind": "node_failed"}
    error = told if isinstance(told, dict) else unnamed
    return Item(item.json, item.binary, item.paired, error)


@dataclass(slots=True)
class MockedHttp:
    """Sends nothing: the first mock that fits answers. ``unanswered``: calls for which there was none."""

    mocks: Sequence[HttpMock]
    unanswered: list[str] = field(default_factory=list)
    _used: dict[int, int] = field(default_factory=dict)

    def send(self, call: HttpCall) -> HttpAnswer:
        """The answer of the mock. Raises ``NodeError`` (``unmocked_call``)."""
        for at, mock in enumerate(self.mocks):
            used = self._used.get(at, 0)
            if (mock.times is None or used < mock.times) and _fits(mock, call):
                self._used[at] = used + 1
                return _http_answer(mock, call)
        told = f"{call.method} {call.url[:MAX_SHOWN_URL]}"
        self.unanswered.append(told)
        raise NodeError(f"No HTTP mock of the test answers {told}.", kind=UNMOCKED_CALL)


def _fits(mock: HttpMock, call: HttpCall) -> bool:
    if mock.method != "*" and mock.method.upper() != call.method:
        return False
    whole = call.url
    if call.query:
        whole += ("&" if "?" in whole else "?") + urlencode(call.query)
    return any(fits_wildcards(mock.url, url) for url in (whole, call.url, call.url.partition("?")[0]))


def fits_wildcards(pattern: str, text: str) -> bool:
    """Whether a text is like a pattern in which ``*`` stands for any text. Linear in the text."""
    first, *others = pattern.split("*")
    if not others:
        return pattern == text
    if not text.startswith(first):
        return False
    at, last = len(first), others.pop()
    for part in others:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(text) - at >= len(last) and text.endswith(last)


def _http_answer(mock: HttpMock, call: HttpCall) -> HttpAnswer:
    headers = {name.lower(): value for name, value in mock.headers.items()}
    is_text = isinstance(mock.body, str)
    body = mock.body.encode() if is_text else b"" if mock.body is None else json.dumps(mock.body).encode()
    headers.setdefault("content-type", "text/plain; charset=utf-8" if is_text else "application/json")
    reason = HTTPStatus(mock.status).phrase if mock.status in set(HTTPStatus) else ""
    if call.keeper is not None and call.keeper.wants(mock.status, headers):
        kept = call.keeper.keep(headers, iter([body]), call.url)
        return HttpAnswer(mock.status, reason, headers, b"", call.url, kept)
    return HttpAnswer(mock.status, reason, headers, body, call.url)


class NoSecrets:
    """Opens no credential: in a test each has the same worthless values."""

    def open(self, credential_id: str) -> Secret:
        """A secret with every field that nodes may ask for."""
        fields = dict.fromkeys(("username", "password", "token", "value"), "test")
        return Secret("test", {**fields, "name": "X-Test"})
