"""The engine's ports made of real parts: the guard, the sandbox, the credentials, the clock."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings

from apps.connections.public import credential_for_use
from apps.core.public import (
    OutgoingResponse,
    callee_of,
    dumps,
    evaluate_expressions,
    guarded_request,
    held_call,
    loads_untrusted,
    run_javascript,
    run_python,
)
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports import (
    CodeAnswer,
    HttpAnswer,
    HttpCall,
    Ports,
    ScriptCall,
    ScriptFailure,
    ScriptOutcome,
    Secret,
)
from apps.workflows.execution.callable_workflows import CallableWorkflows
from apps.workflows.execution.decision_port import OrganizationTables
from apps.workflows.execution.file_port import StoredFiles
from apps.workflows.execution.leases import leases
from apps.workflows.execution.mail_port import SmtpMail
from apps.workflows.execution.outside import RETRYABLE, as_node_errors
from apps.workflows.execution.people_port import Members
from apps.workflows.execution.sql_port import Databases
from apps.workflows.execution.static_data import static_data_of
from apps.workflows.execution.turns import turns_of
from apps.workflows.models import Execution
from exprsn.kernel.clock import utc_now
from exprsn.kernel.correlation import correlation_id
from exprsn.kernel.deadlines import within
from exprsn.kernel.errors import DomainError, MalformedInput
from exprsn.kernel.expressions import ExpressionBudgetExceeded
from exprsn.sandbox.coding import CodeResult
from exprsn.sandbox.expressions import Outcome, ScriptSource

# The engine writes whole characters as they are, so an escape of a half is a lone one; escaped backslashes stay.
_LONE = re.compile(r"(\\\\)|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


class GuardedHttp:
    """Outgoing HTTP of one organization through the guard, when circuit breakers and rates allow it.

    ``execution_id``: the run that calls; while it waits for its moment it can be stopped.
    """

    def __init__(self, organization_id: UUID, execution_id: UUID | None = None) -> None:
        self._organization_id = organization_id
        self._execution_id = execution_id

    def send(self, call: HttpCall) -> HttpAnswer:
        with as_node_errors():
            answer = held_call(
                callee_of(self._organization_id, call.url, call.credential),
                partial(_request, call),
                rate=call.rate,
                patience=within(call.timeout),
                wait=self._wait,
            )
        return HttpAnswer(answer.status, answer.reason, answer.headers, answer.body, answer.url, answer.kept)

    def _wait(self, seconds: float) -> None:
        lease = None if self._execution_id is None else leases.find(self._execution_id)
        if lease is None:
            time.sleep(seconds)
            return
        if lease.canceled.wait(seconds):
            raise NodeError("The run was stopped while this call waited for its moment.", kind="canceled")


def _request(call: HttpCall) -> OutgoingResponse:
    return guarded_request(
        call.method,
        call.url,
        headers={"X-Correlation-ID": correlation_id(), **call.headers},
        query=call.query,
        body=call.body,
        timeout=within(call.timeout),
        max_bytes=call.max_bytes,
        max_redirects=call.max_redirects if call.follow_redirects else 0,
        follow_redirects=call.follow_redirects,
        keeper=call.keeper,
    )


class SandboxedCode:
    """Code of one organization in the sandbox, of which it has its share."""

    def __init__(self, organization_id: UUID) -> None:
        self._owner = str(organization_id)

    def run_javascript(self, source: str, **asked: Any) -> CodeAnswer:
        return self._run(run_javascript, source, **asked)

    def run_python(self, source: str, **asked: Any) -> CodeAnswer:
        return self._run(run_python, source, **asked)

    def _run(
        self,
        run: Callable[..., CodeResult],
        source: str,
        *,
        mode: str,
        items: list[dict[str, Any]],
        context: Mapping[str, Any],
        seconds: float,
    ) -> CodeAnswer:
        with as_node_errors():
            answer = run(
                source,
                mode=mode,
                items_json=dumps(items),
                context_json=dumps(dict(context)),
                seconds=within(seconds),
                owner=self._owner,
            )
        logs = [(line.level, line.message) for line in answer.logs]
        return CodeAnswer(_data(answer.items_json), logs, _data(answer.statics_json))


def _data(text: str) -> Any:
    """What the code returned: JavaScript allows half of a character, which is replaced, and any depth."""
    if "\\ud" in text:
        text = _LONE.sub(lambda found: found[1] or "\ufffd", text)
    try:
        return loads_untrusted(text.encode())
    except MalformedInput as error:
        raise NodeError(f"What the code returned cannot be taken: {error.message}", kind=error.code) from error


class SandboxedExpressions:
    """Expressions of one organization in the sandbox, of which it has its share."""

    def __init__(self, organization_id: UUID) -> None:
        self._owner = str(organization_id)

    def evaluate(
        self, calls: Sequence[ScriptCall], *, world: Mapping[str, Any], items: int, now: datetime, timezone: str
    ) -> list[list[ScriptOutcome]]:
        try:
            rows = evaluate_expressions(
                [ScriptSource(call.source, call.lenient, call.as_text) for call in calls],
                world_json=dumps(dict(world)),
                items=items,
                now=int(now.timestamp() * 1000),
                zone=timezone,
                seconds=within(settings.EXPRSN_EXPRESSION_SECONDS),
                owner=self._owner,
            )
        except DomainError as error:
            if error.category in RETRYABLE:
                raise NodeError(error.message, kind=error.code, retryable=True, details=error.params) from error
            message = f"The expressions of this node, all items together, need too much. {error.message}"
            raise ExpressionBudgetExceeded(f"{message} Move the work to a code node.") from error
        return [[_script_outcome(one) for one in row] for row in rows]


def _script_outcome(one: Outcome) -> ScriptOutcome:
    if one.fault is None:
        return ScriptOutcome(one.value)
    fault = one.fault
    failure = ScriptFailure(fault.code, fault.message, fault.line, fault.column, fault.in_lenient)
    return ScriptOutcome(failure=failure)


class OrganizationCredentials:
    """Credentials of one organization."""

    def __init__(self, organization_id: UUID) -> None:
        self._organization_id = organization_id

    def open(self, credential_id: str) -> Secret:
        try:
            secret = credential_for_use(self._organization_id, credential_id)
        except DomainError as error:
            raise NodeError(error.message, kind=error.code) from error
        return Secret(secret.kind, secret.fields)


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        return utc_now()


_CLOCK, _MAIL = SystemClock(), SmtpMail()


def ports_for(execution: Execution) -> Ports:
    """The ports of one run."""
    organization = execution.organization_id
    code, credentials = SandboxedCode(organization), OrganizationCredentials(organization)
    expressions = SandboxedExpressions(organization)
    return Ports(
        GuardedHttp(organization, execution.id),
        code,
        credentials,
        _CLOCK,
        CallableWorkflows(execution),
        expressions,
        _MAIL,
        Databases(organization),
        static_data_of(execution),
        StoredFiles(organization, execution.id),
        people=Members(organization),
        turns=turns_of(execution),
        decisions=OrganizationTables(organization),
    )
