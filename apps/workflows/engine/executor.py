"""Executing one call: conditions, tries, errors, lineage. Answers the journal entry."""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping
from typing import Any

from apps.workflows.engine.context import CallContext, Canceled, expression_failure
from apps.workflows.engine.data_limits import DataTooLarge, check_output, check_run
from apps.workflows.engine.items import EMPTY, Item, ItemBatch, Pair
from apps.workflows.engine.journal import ERROR, SKIPPED, SUCCESS, WAITING, JournalEntry
from apps.workflows.engine.lineage import fill_pairs
from apps.workflows.engine.node_type import ERROR as ERROR_PORT
from apps.workflows.engine.node_type import NodeError, NodeResult, NodeType
from apps.workflows.engine.rehearsal import rehearse
from apps.workflows.engine.run_context import LogLine, RunContext
from apps.workflows.engine.scheduler import NodeCall
from apps.workflows.engine.scope import ItemScope
from apps.workflows.engine.scripts import ScriptRound
from apps.workflows.engine.waiting import WaitFor
from exprsn.kernel.deadlines import is_late, time_limit
from exprsn.kernel.effects import EffectRefused
from exprsn.kernel.errors import DomainError
from exprsn.kernel.expressions import ExpressionError, truthy


def execute_call(call: NodeCall, run: RunContext) -> JournalEntry:
    """Run a node once. Never raises for what a node did wrong; ``Canceled`` when the run was asked to stop.

    In a partial run the entry of an earlier run may stand for it: then nothing is done.
    """
    taken = run.scheduler.taken_over(call)
    if taken is not None:
        return taken
    started_at = run.ports.clock.now()
    started = time.perf_counter()
    inputs = _inputs(call)
    items_in = sum(len(batch) for batch in inputs.values())
    entry = JournalEntry(
        node_id=call.compiled.id,
        run_index=call.run_index,
        execution_order=call.order,
        status=SUCCESS,
        sources=call.sources,
        started_at=started_at,
        items_in=items_in,
    )
    _fill(entry, call, run, inputs)
    entry.finished_at = run.ports.clock.now()
    entry.duration_ms = round((time.perf_counter() - started) * 1000, 3)
    return entry


def _inputs(call: NodeCall) -> Mapping[str, ItemBatch]:
    if not call.compiled.node.execute_once:
        return call.inputs
    made = {port for one in call.rounds or () for port in one.results}  # by its own body: all of that counts
    return {port: batch if port in made else batch[:1] for port, batch in call.inputs.items()}


def _fill(entry: JournalEntry, call: NodeCall, run: RunContext, inputs: Mapping[str, ItemBatch]) -> None:
    compiled = call.compiled
    node = compiled.node
    first = next((batch for batch in inputs.values() if batch), EMPTY)
    if node.disabled or compiled.type.inert:
        _skip(entry, compiled.first_output, first)
        return
    rehearses = run.dry_run and compiled.type.capabilities.side_effect  # it tells its effects, then answers its pins
    if run.use_pins and node.pinned_data is not None and not rehearses and not _was_called(compiled.type, first):
        entry.outputs = {compiled.first_output: fill_pairs(ItemBatch.of_pins(node.pinned_data), len(first))}
        return
    try:
        if compiled.run_if is not None and not _applies(call, run, first):
            _skip(entry, compiled.first_output, first)
            return
        state = _copied(run.states.get(node.id))
        result = _with_retries(entry, call, run, inputs, state)
        _weigh(result, run)
    except NodeError as error:
        _fail(entry, call, run, first, error)
        return
    if state or node.id in run.states:
        run.states[node.id] = state
        entry.state = state
    _take(entry, call, run, first, result)


def _copied(state: dict[str, Any] | None) -> dict[str, Any]:
    return copy.deepcopy(state) if state else {}  # most nodes keep none


def _was_called(node_type: type[NodeType], arrived: ItemBatch) -> bool:
    """Whether a trigger was given data: these count, its pinned data stand in only where there are none."""
    return node_type.is_trigger and any(item.json for item in arrived)


def _applies(call: NodeCall, run: RunContext, first: ItemBatch) -> bool:
    assert call.compiled.run_if is not None
    try:
        scripts = ScriptRound(run, 1, call.compiled.run_if.templates)
        return truthy(call.compiled.run_if.evaluate(ItemScope(run, call, first, 0, scripts)))
    except ExpressionError as error:
        raise expression_failure(error, "run_if", 0) from error


def _weigh(result: NodeResult, run: RunContext) -> None:
    """Count what the node made. Raises ``NodeError`` where an item, an output or a run has more than it may."""
    try:
        size = sum(batch.weight() for batch in result.outputs.values())
        check_output(size)
        check_run(run.data_bytes + size)
    except DataTooLarge as error:
        raise _too_large(error) from error
    run.data_bytes += size


def _too_large(error: DataTooLarge) -> NodeError:
    details = {"bytes": error.params["bytes"]}
    return NodeError(error.message, kind=error.code, item=error.params.get("item"), details=details)


def _with_retries(
    entry: JournalEntry,
    call: NodeCall,
    run: RunContext,
    inputs: Mapping[str, ItemBatch],
    state: dict[str, Any],
) -> NodeResult:
    compiled = call.compiled
    policy = compiled.node.retry
    can_retry = policy.enabled and compiled.type.capabilities.supports_retry
    before = _copied(state)
    while True:
        if run.is_canceled():
            raise Canceled
        if compiled.type.capabilities.side_effect and not run.dry_run:
            run.before_effect(call)
        try:
            return _run_once(CallContext(run, call, inputs, state), call, run)
        except NodeError as error:
            if not can_retry or entry.retry_count >= policy.max_retries:
                raise
            if not policy.allows(error.kind, error.retryable) or run.is_over_time():
                raise
            entry.retry_count += 1
            state.clear()
            state.update(_copied(before))
            run.sleep(policy.delay_before(entry.retry_count))


def _run_once(context: CallContext, call: NodeCall, run: RunContext) -> NodeResult:
    limit = call.compiled.node.timeout_seconds
    with time_limit(run.seconds_left(), limit):
        try:
            return _attempt(context, call, run)
        except NodeError as error:
            if is_late():
                raise _too_late(limit) from error
            raise


def _too_late(limit: float | None) -> NodeError:
    allowed = "the workflow has time" if limit is None else f"its {limit:g} seconds"
    return NodeError(f"The node took longer than {allowed}.", kind="node_timeout", retryable=True)


def _attempt(context: CallContext, call: NodeCall, run: RunContext) -> NodeResult:
    try:
        if run.dry_run and call.compiled.type.capabilities.side_effect:
            return rehearse(context, call, run)
        stood_in = run.stand_in(context, call)
        return call.compiled.runner.run(context) if stood_in is None else stood_in
    except (NodeError, Canceled, EffectRefused):
        raise
    except ExpressionError as error:
        raise expression_failure(error, "", None) from error
    except DataTooLarge as error:
        raise _too_large(error) from error
    except DomainError as error:
        raise NodeError(error.message, kind=error.code, details=error.params) from error
    except Exception as error:
        node = call.compiled.node
        run.log(LogLine("error", f"{type(error).__name__}: {error}", node.id, node.name, run.ports.clock.now()))
        raise NodeError(
            "The node failed in a way that it should not. The execution's log has the details.",
            kind="internal_error",
        ) from error


def _take(entry: JournalEntry, call: NodeCall, run: RunContext, first: ItemBatch, result: NodeResult) -> None:
    compiled = call.compiled
    items_in = len(first)
    outputs = {port: fill_pairs(batch, items_in) for port, batch in result.outputs.items() if batch}
    if result.failed:
        entry.continued = True
        entry.error = result.failed[0].error
        outputs[ERROR_PORT] = ItemBatch(result.failed)
    elif entry.error is None and any(batch.any_failed for batch in outputs.values()):
        entry.continued = compiled.node.on_error == "continue"
    if not outputs and compiled.node.always_output_data:
        outputs = {compiled.first_output: ItemBatch([Item({}, None, (Pair(0),) if items_in else ())])}
    entry.outputs = outputs
    if result.response is not None:
        run.on_response(result.response)
        run.response = run.response or result.response
    entry.starts = result.calls
    if result.calls and result.awaits_calls:
        entry.status = WAITING
    if result.wait_until is not None and result.wait_until > run.ports.clock.now() and not run.dry_run:
        entry.status = WAITING
        entry.wait_until = result.wait_until
    if result.wait_for is not None and not run.dry_run:
        _rest(entry, result.wait_for)


def _rest(entry: JournalEntry, wait_for: WaitFor) -> None:
    """Nothing goes out before the answer has come."""
    entry.status = WAITING
    entry.outputs = {}
    entry.wait_for = wait_for
    entry.wait_until = wait_for.until


def _fail(entry: JournalEntry, call: NodeCall, run: RunContext, first: ItemBatch, error: NodeError) -> None:
    node = call.compiled.node
    entry.status = ERROR
    entry.error = error.to_data()
    run.log(LogLine("error", error.message, node.id, node.name, run.ports.clock.now(), {"kind": error.kind}))
    if node.on_error == "stop":
        return
    entry.continued = True
    items = list(first) or [Item({})]
    origins = [(Pair(at),) if first else () for at in range(len(items))]
    if node.on_error == "error_output":
        failed = [item.failed(entry.error, pairs) for item, pairs in zip(items, origins, strict=True)]
        entry.outputs = {ERROR_PORT: ItemBatch(failed)}
        return
    passed = [Item(item.json, item.binary, pairs, entry.error) for item, pairs in zip(items, origins, strict=True)]
    entry.outputs = {call.compiled.first_output: ItemBatch(passed)}


def _skip(entry: JournalEntry, port: str, batch: ItemBatch) -> None:
    entry.status = SKIPPED
    if batch:
        entry.outputs = {port: batch.select(range(len(batch)))}
