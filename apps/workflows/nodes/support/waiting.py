"""Waiting for a call or for a form: what is asked for, and what goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apps.pages.contracts.examples import example_value
from apps.pages.contracts.field_faults import field_faults
from apps.pages.contracts.fields import read_fields, tidy_field
from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import MAIN, NodeContext, NodeError, NodeResult
from apps.workflows.engine.waiting import FORM, WEBHOOK, WaitFor
from apps.workflows.nodes.support.parameters import whole_number
from apps.workflows.nodes.support.values import text_of
from apps.workflows.nodes.support.wait_parameters import moment_in, not_too_late, time_span
from exprsn.kernel.jsonvalue import JsonObject

_LENGTHS = {"title": 200, "description": 5_000, "submit_label": 100, "thanks": 5_000}


def wait_outside(context: NodeContext, mode: str) -> NodeResult:
    """Rest until a call or a form has come, then go on with it; after the time that it may take without."""
    resumed = context.resumed
    if resumed is None:
        settings = _call_settings(context) if mode == WEBHOOK else _form_settings(context)
        example = _example_call(settings) if mode == WEBHOOK else _example_form(context, settings)
        return NodeResult({MAIN: _gone_on(context, example)}, wait_for=WaitFor(mode, settings, _limit(context)))
    if resumed.timed_out:
        return NodeResult({MAIN: with_each(context, {"timed_out": True})})
    return NodeResult({MAIN: _gone_on(context, resumed.data)})


def with_each(context: NodeContext, more: Mapping[str, Any]) -> ItemBatch:
    """Every item that came in, with these fields added."""
    return ItemBatch([Item({**item.json, **more}, item.binary, (Pair(at),)) for at, item in enumerate(context.items)])


def declared_fields(context: NodeContext) -> list[dict[str, Any]]:
    """The evaluated fields of a form. Raises ``NodeError`` with the place of what is wrong."""
    given = context.param("fields") or []
    faults = field_faults(given)
    for place, found in faults.items():
        raise NodeError(found[0], kind="bad_value", item=0, parameter=place)
    return [tidy_field(entry) for entry in given]


def _gone_on(context: NodeContext, came: Mapping[str, Any]) -> ItemBatch:
    if context.param("output") == "merge":
        return with_each(context, came)
    return ItemBatch([Item(dict(came), None, (Pair(0),))])


def _limit(context: NodeContext) -> datetime | None:
    if not context.param("limit_wait_time"):
        return None
    now = context.ports.clock.now()
    at = (
        moment_in(context, "limit_until") if context.param("limit_type") == "at" else now + time_span(context, "limit_")
    )
    return not_too_late(at, now)


def _call_settings(context: NodeContext) -> JsonObject:
    code = whole_number(context.param("response_code"), least=200, most=599, item=0, parameter="response_code")
    body = context.param("response_data")
    return {
        "methods": list(context.param("methods") or ["POST"]),
        "auth": context.param("auth"),
        "credentials": dict(context.node.credentials),
        "suffix": text_of(context.param("suffix")).strip("/"),
        "response_code": code,
        "response_data": body if isinstance(body, dict | list) else text_of(body),
    }


def _form_settings(context: NodeContext) -> JsonObject:
    texts = {name: text_of(context.param(name)) for name in _LENGTHS}
    for name, most in _LENGTHS.items():
        if len(texts[name]) > most:
            raise NodeError(f"At most {most} characters.", kind="bad_value", item=0, parameter=name)
    address = text_of(context.param("redirect_url"))
    if address and not address.lower().startswith(("https://", "http://")):
        message = "Give an address that begins with https:// or http://."
        raise NodeError(message, kind="bad_value", item=0, parameter="redirect_url")
    title = texts["title"].strip() or context.node.name
    return {**texts, "title": title, "redirect_url": address, "fields": [*declared_fields(context)]}


def _example_call(settings: JsonObject) -> JsonObject:
    methods: Any = settings["methods"]
    return {"method": methods[0], "headers": {}, "query": {}, "body": {}}


def _example_form(context: NodeContext, settings: JsonObject) -> JsonObject:
    declared: Any = settings["fields"]
    values = {field.name: example_value(field) for field in read_fields(declared)}
    return {**values, "submittedAt": context.ports.clock.now().isoformat(), "formMode": "test"}


__all__ = ["FORM", "WEBHOOK", "declared_fields", "wait_outside", "with_each"]
