"""The declared class of which every node type is one: metadata, parameters, ports and ``run``.

From a declaration come the catalogue entry, the JSON Schema, the form in the designer, the docs page
and the validation. A node's ``run`` is given a ``NodeContext`` and answers a ``NodeResult``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

from apps.workflows.engine.items import EMPTY, Item, ItemBatch
from apps.workflows.engine.port_rules import PortRule
from apps.workflows.engine.ports import CallTarget, Ports
from apps.workflows.engine.waiting import Resumed, WaitFor
from exprsn.kernel.errors import Category, DomainError
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

MAIN = "main"
ERROR = "error"


class NodeError(DomainError):
    """A node could not do its work. ``retryable`` says whether trying again can help.

    ``kind`` is a word for retry rules and people (``timeout``, ``http_500``, ``code_error``);
    ``item`` the position of the input item it concerns; ``parameter`` its path in the parameters.
    """

    category = Category.INVALID
    default_code = "node_failed"

    def __init__(
        self,
        message: str,
        *,
        kind: str = "node_failed",
        retryable: bool = False,
        item: int | None = None,
        parameter: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message, code=kind, params=details)
        self.kind = kind
        self.retryable = retryable
        self.item = item
        self.parameter = parameter

    def to_data(self) -> JsonObject:
        """The error as stored with the node's run and shown to people."""
        data: JsonObject = {"message": self.message, "kind": self.kind, "retryable": self.retryable}
        if self.item is not None:
            data["item"] = self.item
        if self.parameter is not None:
            data["parameter"] = self.parameter
        if self.params:
            data["details"] = dict(self.params)
        return data


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select parameter."""

    value: JsonValue
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter of a node type.

    ``type``: ``string | number | boolean | json | select | multiselect | code | datetime | collection |
    list | conditions | assignments | credential | cron | workflow``. ``fields`` declares the members of a
    ``collection`` (one object) or of each entry of a ``list``. ``display_if`` maps another parameter's name
    to the values for which this one applies; a parameter that does not apply is neither required nor
    validated. ``default_value`` is used when it is absent.
    """

    name: str
    display_name: str
    type: str = "string"
    required: bool = False
    default_value: JsonValue = None
    description: str = ""
    placeholder: str = ""
    options: Sequence[Option] = ()
    validation: Mapping[str, Any] = field(default_factory=dict)
    display_if: Mapping[str, Sequence[JsonValue]] = field(default_factory=dict)
    supports_expressions: bool = True
    fields: Sequence[Parameter] = ()

    def is_shown(self, given: Mapping[str, JsonValue], declared: Sequence[Parameter]) -> bool:
        """Whether the parameter has a meaning beside these given ones, of which it is one of the ``declared``."""
        if not self.display_if:
            return True
        defaults = {other.name: other.default_value for other in declared}
        return all(given.get(name, defaults.get(name)) in values for name, values in self.display_if.items())


@dataclass(frozen=True, slots=True)
class Port:
    """A named place where connections begin or end."""

    name: str
    type: str = "main"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the engine may do with a node type. ``side_effect`` nodes are journaled one by one."""

    supports_retry: bool = True
    supports_streaming: bool = False
    supports_batching: bool = False
    supports_webhook: bool = False
    side_effect: bool = False


@dataclass(frozen=True, slots=True)
class WebResponse:
    """An answer for the caller of the webhook that started the run. ``body`` is JSON or text.

    ``file``: the reference of a file that is the body instead.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: JsonValue = None
    is_text: bool = False
    file: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class CallStart:
    """A run of another workflow that a node asks for."""

    target: CallTarget
    items: ItemBatch


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """What a run that a node asked for came to; ``output`` are the items that it ended with."""

    execution_id: str
    workflow_name: str
    status: str
    output: ItemBatch
    error: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """What a round of a body came to: what its leaves gave out, with the number of the input under which the node
    has each batch (for ``Pair``), or the error that ended it: ``{message, kind, node}``."""

    results: Sequence[tuple[int, ItemBatch]] = ()
    failure: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What a block of a template came to, where it must not become a part of the text around it."""

    value: JsonValue


@dataclass(slots=True)
class NodeResult:
    """What a node's run came to.

    ``outputs``   port name → batch; ports left out are empty
    ``wait_until`` the run is to rest until then and to go on with these outputs
    ``response``  an answer for the waiting webhook caller (the first of a run wins)
    ``failed``    input items that failed while others went on (each with ``error`` set);
                  the engine routes them to the error port or stops, as the node's ``on_error`` says
    ``calls``     runs of other workflows to start, in the same transaction that journals this node run
    ``awaits_calls`` the run rests until they have ended; then the node runs again with ``call_outcomes``
    ``wait_for``  the run rests until it is answered; then the node runs again with ``resumed``. A dry run does not
                  rest: it goes on with ``outputs``, which stand for nothing otherwise
    """

    outputs: dict[str, ItemBatch] = field(default_factory=dict)
    wait_until: datetime | None = None
    response: WebResponse | None = None
    failed: list[Item] = field(default_factory=list)
    calls: list[CallStart] = field(default_factory=list)
    awaits_calls: bool = False
    wait_for: WaitFor | None = None


class NodeView(Protocol):
    """The node of the definition that runs, as node types see it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def type_version(self) -> float: ...
    @property
    def parameters(self) -> Mapping[str, JsonValue]: ...
    @property
    def credentials(self) -> Mapping[str, str]: ...


class NodeContext(Protocol):
    """What ``run`` is given. Parameter values come with expressions evaluated for one item."""

    @property
    def node(self) -> NodeView: ...
    @property
    def inputs(self) -> Mapping[str, ItemBatch]:
        """Input port name → what arrived there (absent: nothing arrived)."""

    @property
    def items(self) -> ItemBatch:
        """What arrived on the first input."""

    @property
    def run_index(self) -> int:
        """0 for the node's first run in this execution, then 1, 2, …"""

    @property
    def ports(self) -> Ports: ...
    @property
    def state(self) -> dict[str, Any]:
        """The node's own memory within this execution (loops); JSON only. It is copied and journaled with
        every run of the node, so keep it small: items that arrived before are to be had from ``arrived``."""

    @property
    def timezone(self) -> str:
        """The IANA zone that rules this workflow."""

    @property
    def call_outcomes(self) -> Sequence[CallOutcome] | None:
        """What the runs that this node run asked for came to, in their order; None when it has not asked yet."""

    @property
    def resumed(self) -> Resumed | None:
        """How the wait of this node run ended; None when it has not waited yet."""

    @property
    def rounds(self) -> Sequence[RoundOutcome] | None:
        """For a node with a body that runs again: what its rounds came to, in their order (none of them while its
        ``state`` says ``rounds_left``). None when it begins with what arrived."""

    def arrived(self, run_index: int) -> ItemBatch:
        """What arrived on the first input in this or an earlier run of the node; empty if that run failed
        or was skipped."""

    def came_round(self, port: str) -> bool:
        """Whether what arrives left this node by ``port`` before, in the present round of the loops around it."""

    def param(self, name: str, item: int = 0) -> Any:
        """The value of a parameter for the item at this position, defaults applied, expressions
        evaluated at any depth, as JSON. Raises ``NodeError`` naming parameter, item, line and column."""

    def raw(self, name: str) -> Any:
        """The value as written in the definition (default applied, nothing evaluated)."""

    def pieces(self, name: str, item: int = 0) -> list[str | Filled]:
        """A text parameter with the values of its blocks kept apart from the text around them."""

    def code_context(self, names: frozenset[str] | None = None) -> dict[str, Any]:
        """Data for user code: ``{nodes: {name: [items]}, vars, workflow, execution, now, timezone, env, runIndex}``.
        ``names``: the nodes whose items it needs; None when that cannot be told, for all."""

    def idempotency_key(self, item: int) -> str:
        """``execution:node:run_index:item``, the same on every try of the same effect."""

    def log(self, level: str, message: str, **metadata: JsonValue) -> None:
        """Write a line to the execution's log (debug, info, warning, error)."""

    def each(self, work: Callable[[Item, int], Item | Sequence[Item] | None]) -> NodeResult:
        """Run ``work(item, position)`` for every input item and collect what it answers on ``main``, paired
        with its position. A ``NodeError`` for one item stops the node unless its ``on_error`` says otherwise:
        ``continue`` passes the input item on, ``error_output`` moves it to ``failed``."""


class NodeType(ABC):
    """A node type. Instances hold no state; one instance serves all runs and threads."""

    type: ClassVar[str]
    version: ClassVar[float] = 1
    display_name: ClassVar[str]
    description: ClassVar[str]
    group: ClassVar[str]  # trigger | flow | data | connect | note
    icon: ClassVar[str]  # lucide icon name
    color: ClassVar[str]  # token: trigger | http | logic | data | ai
    parameters: ClassVar[Sequence[Parameter]] = ()
    inputs: ClassVar[Sequence[Port]] = (Port(MAIN),)
    outputs: ClassVar[Sequence[Port]] = (Port(MAIN),)
    credential_kinds: ClassVar[Sequence[str]] = ()
    needs_credential: ClassVar[bool] = False  # it cannot run without one of them
    capabilities: ClassVar[Capabilities] = Capabilities()
    is_trigger: ClassVar[bool] = False
    is_loop: ClassVar[bool] = False
    waits_for_all_inputs: ClassVar[bool] = False  # more than one input: run when all that can arrive have
    min_inputs: ClassVar[int] = 1  # with waits_for_all_inputs: how many must have data when nothing else can run
    ordered: ClassVar[bool] = False  # what it does depends on what ran before it: never ahead of its turn
    body_port: ClassVar[str] = ""  # the port of its body: it runs again when nothing is left in a round of that
    body_at_once: ClassVar[bool] = False  # all that can run in the body runs at once, whatever the mode
    inputs_rule: ClassVar[PortRule | None] = None  # where the input ports follow from the parameters
    outputs_rule: ClassVar[PortRule | None] = None
    inert: ClassVar[bool] = False  # notes: never run, connections refused
    summary: ClassVar[str] = ""  # the line on its card: "{method} {url} · {format}"
    example: ClassVar[JsonObject] = {}
    example_output: ClassVar[JsonObject | None] = None  # what a dry run takes an effect to answer for each item
    documentation: ClassVar[str] = ""  # Markdown: when to use it, what comes in, what goes out, traps

    @classmethod
    def inputs_for(cls, parameters: Mapping[str, JsonValue]) -> Sequence[Port]:
        """The input ports of a node with these (unevaluated) parameters."""
        return cls.inputs if cls.inputs_rule is None else cls._ruled(cls.inputs_rule, parameters)

    @classmethod
    def outputs_for(cls, parameters: Mapping[str, JsonValue]) -> Sequence[Port]:
        """The output ports of a node with these (unevaluated) parameters; ``error`` is added by the engine."""
        return cls.outputs if cls.outputs_rule is None else cls._ruled(cls.outputs_rule, parameters)

    @classmethod
    def _ruled(cls, rule: PortRule, parameters: Mapping[str, JsonValue]) -> Sequence[Port]:
        values = {parameter.name: parameter.default_value for parameter in cls.parameters} | dict(parameters)
        return tuple(Port(name, rule.port_type) for name in rule.names(values))

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        """Faults beyond the declared ones: parameter path → messages. Must not raise."""
        return {}

    @classmethod
    def inputs_needed(cls, parameters: Mapping[str, JsonValue]) -> int:
        """With ``waits_for_all_inputs``: with how many of them it runs, and never with fewer; 0: with all that get
        items."""
        return 0

    @classmethod
    def catches(cls, parameters: Mapping[str, JsonValue]) -> bool:
        """With a body: whether an error in it ends only the round, not the run."""
        return False

    @classmethod
    def rounds_at_once(cls, parameters: Mapping[str, JsonValue]) -> bool:
        """With a body: whether several of its rounds may be under way at the same time."""
        return False

    @classmethod
    def names_read(cls, parameters: Mapping[str, JsonValue]) -> frozenset[str] | None:
        """The names of nodes whose items it reads otherwise than by expressions; None when it may read any."""
        return frozenset()

    @classmethod
    def is_ordered(cls, parameters: Mapping[str, JsonValue]) -> bool:
        """Whether a node with these parameters never runs ahead of its turn."""
        return cls.ordered

    @abstractmethod
    def run(self, context: NodeContext) -> NodeResult:
        """Do the work for one arrival of items."""

    def describe_effect(self, context: NodeContext, item: int) -> JsonObject:
        """What ``run`` would change outside for one item: the parameters that matter, evaluated. For dry runs of
        types with a side effect; must have none itself. Credentials are never part of it."""
        given = context.node.parameters
        return {
            parameter.name: context.param(parameter.name, item)
            for parameter in self.parameters
            if parameter.name in given and parameter.is_shown(given, self.parameters)
        }

    def rehearsed_output(self, context: NodeContext) -> ItemBatch | None:
        """What a dry run takes ``run`` to answer, where that follows from what came in; None: ``example_output``."""
        return None


def single(batch: ItemBatch = EMPTY) -> NodeResult:
    """A result with one batch on ``main``."""
    return NodeResult({MAIN: batch})
