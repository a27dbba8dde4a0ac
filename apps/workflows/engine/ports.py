"""What nodes may ask of the outside world, as protocols: the engine knows no HTTP client and no sandbox.

The runtime (``apps.workflows.execution``) supplies real ones; tests supply simple ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from apps.core.contracts import BodyKeeper, StreamedBody
from apps.workflows.engine.ports_decisions import DecisionPort, NoDecisions
from apps.workflows.engine.ports_files import FilePort, NoFiles
from apps.workflows.engine.ports_mail import MailPort, NoMail
from apps.workflows.engine.ports_people import NoPeople, PeoplePort
from apps.workflows.engine.ports_sql import NoSql, SqlPort
from apps.workflows.engine.ports_static import RunOnlyStaticData, StaticPort
from apps.workflows.engine.ports_turns import AloneTurns, TurnsPort
from exprsn.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class HttpCall:
    """One outgoing request. ``timeout`` in seconds; ``max_bytes`` bounds the answer's body, which ``keeper`` may take.

    ``credential`` is the id of that which signs it, ``rate`` how often that may be used (``10/s``).
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Sequence[tuple[str, str]] = ()
    body: bytes | StreamedBody | None = None
    timeout: float = 30.0
    max_bytes: int = 16 * 1024 * 1024
    follow_redirects: bool = True
    max_redirects: int = 10
    keeper: BodyKeeper | None = None
    credential: str = ""
    rate: str = ""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back; header names are lower-case. ``kept``: what the call's keeper made of the body."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes
    url: str
    kept: Any = None


class HttpPort(Protocol):
    """Sends requests through the outgoing-request guard. Raises ``NodeError`` when refused or unreachable."""

    def send(self, call: HttpCall) -> HttpAnswer: ...


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """What user code returned: items as plain data (``{json, binary?, paired_item?}``) and its log lines.

    ``statics``: the static data that it asked for, scope → data with its changes.
    """

    items: list[dict[str, Any]]
    logs: Sequence[tuple[str, str]] = ()
    statics: Mapping[str, Any] = field(default_factory=dict)


class CodePort(Protocol):
    """Runs user code in the sandbox. ``mode`` is ``all_items`` or ``each_item``. Raises ``NodeError``."""

    def run_javascript(
        self,
        source: str,
        *,
        mode: str,
        items: list[dict[str, Any]],
        context: Mapping[str, Any],
        seconds: float,
    ) -> CodeAnswer: ...

    def run_python(
        self,
        source: str,
        *,
        mode: str,
        items: list[dict[str, Any]],
        context: Mapping[str, Any],
        seconds: float,
    ) -> CodeAnswer: ...


@dataclass(frozen=True, slots=True)
class Secret:
    """A credential opened for one use. ``kind`` is header, basic, bearer or query; ``fields`` its values."""

    kind: str
    fields: Mapping[str, str]


class CredentialPort(Protocol):
    """Opens a credential of the workflow's organization. Raises ``NodeError`` when it is not there."""

    def open(self, credential_id: str) -> Secret: ...


class ClockPort(Protocol):
    """The present moment, aware, in UTC."""

    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class CallTarget:
    """A workflow that can be started by another one: the version that would run, and where it begins."""

    workflow_id: str
    version_id: str
    trigger_node: str
    name: str


class WorkflowPort(Protocol):
    """Finds workflows of the same organization. Raises ``NodeError`` when one cannot be started."""

    def find(self, reference: str) -> CallTarget:
        """The workflow with this id or slug."""


@dataclass(frozen=True, slots=True)
class ScriptCall:
    """An expression of tier 2: its source, the form in which it runs, whether its value becomes a text."""

    source: str
    lenient: str
    as_text: bool


@dataclass(frozen=True, slots=True)
class ScriptFailure:
    """Why there is no value; the place counts from 1 within the lenient form or the source."""

    code: str
    message: str
    line: int | None = None
    column: int | None = None
    in_lenient: bool = False


@dataclass(frozen=True, slots=True)
class ScriptOutcome:
    """What an expression came to for one item."""

    value: Any = None
    failure: ScriptFailure | None = None


class Evaluator(Protocol):
    """Evaluates expressions in the sandbox, all of a node's for all of its items at once.

    Answers a row for each item, in it an outcome for each call. Raises ``NodeError`` where the sandbox cannot be
    had, ``ExpressionBudgetExceeded`` when the whole took too long or too much memory.
    """

    def evaluate(
        self, calls: Sequence[ScriptCall], *, world: Mapping[str, Any], items: int, now: datetime, timezone: str
    ) -> list[list[ScriptOutcome]]: ...


class NoWorkflows:
    """For runs beside which there are no other workflows."""

    def find(self, reference: str) -> CallTarget:
        raise NotFound(f"There is no workflow {reference!r}.", code="workflow_not_found")


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a node may reach outside of its inputs."""

    http: HttpPort
    code: CodePort
    credentials: CredentialPort
    clock: ClockPort
    workflows: WorkflowPort = field(default_factory=NoWorkflows)
    evaluator: Evaluator | None = None  # without one, expressions are of tier 1
    mail: MailPort = field(default_factory=NoMail)
    sql: SqlPort = field(default_factory=NoSql)
    static_data: StaticPort = field(default_factory=RunOnlyStaticData)
    files: FilePort = field(default_factory=NoFiles)
    people: PeoplePort = field(default_factory=NoPeople)
    turns: TurnsPort = field(default_factory=AloneTurns)
    decisions: DecisionPort = field(default_factory=NoDecisions)
