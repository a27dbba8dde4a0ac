"""All columns of a table with their zones, and where each rule reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from apps.decision_tables.engine.feel.syntax.nodes import Expression, Name, Path
from apps.decision_tables.engine.hit_policies import ranking
from apps.decision_tables.engine.indexes import bits_of
from apps.decision_tables.engine.table import InputColumn, Rule, Table
from apps.decision_tables.engine.verification.budget import Deadline
from apps.decision_tables.engine.verification.cells import Cell, column_cells
from apps.decision_tables.engine.verification.zones import Line, line_of

# Rules that are looked at together when masks are turned around.
CHUNK = 256


@dataclass(slots=True)
class Axis:
    """A column in the grid: its zones, the masks of its zones, and for each rule the zones that it reaches (bits)."""

    line: Line
    path: tuple[str, ...] | None
    masks: list[int] = field(default_factory=list)
    reach: list[int] = field(default_factory=list)
    concrete: int = 0
    unbound: int = 0
    _touched: dict[int, int] = field(default_factory=dict)

    @property
    def everywhere(self) -> int:
        """The bits of all zones."""
        return (1 << len(self.masks)) - 1

    @property
    def is_known(self) -> bool:
        """Whether every zone has an example."""
        return self.concrete == self.everywhere

    def touched(self, zones: int) -> int:
        """The rules that reach one of the zones."""
        held = self._touched.get(zones)
        if held is None:
            held = 0
            for at in bits_of(zones):
                held |= self.masks[at]
            self._touched[zones] = held
        return held


@dataclass(frozen=True, slots=True)
class Grid:
    """The tested columns of a table. Bit ``i`` of a mask is ``rules[i]``, the first being the most important."""

    table: Table
    rules: tuple[Rule, ...]
    axes: tuple[Axis, ...]

    @property
    def all_rules(self) -> int:
        """The bits of all rules."""
        return (1 << len(self.rules)) - 1

    @property
    def open_columns(self) -> list[str]:
        """The columns of which not every zone has an example."""
        return [axis.line.column.name for axis in self.axes if not axis.is_known]

    def touching(self, rule: int, *, known: bool) -> int:
        """The rules that share a place with a rule, itself included; ``known`` looks at places with examples only."""
        found = self.all_rules
        for axis in self.axes:
            zones = axis.reach[rule]
            if not known:
                found &= axis.touched(zones)
                continue
            # What neither rule looks at needs no example.
            blind = axis.unbound if axis.unbound >> rule & 1 else 0
            found &= axis.touched(zones & axis.concrete) | blind
        return found

    def is_empty(self, rule: int) -> bool:
        """Whether a rule can hold nowhere."""
        return any(not axis.reach[rule] for axis in self.axes)


def grid_of(table: Table, deadline: Deadline) -> Grid:
    """The grid of a table's enabled rules. Raises ``OutOfTime``."""
    rules = ranking(table)
    paths = {column.name: input_path(column) for column in table.input_columns}
    shared = _shared(list(paths.values()))
    axes = []
    for column in table.input_columns:
        cells = column_cells(column, rules, deadline)
        path = paths[column.name]
        if cells:
            axes.append(_axis(column, cells, len(rules), None if path in shared else path, deadline))
    return Grid(table, tuple(rules), tuple(axes))


def input_path(column: InputColumn) -> tuple[str, ...] | None:
    """Where in the inputs the column's value stands; None where it is worked out."""
    return (column.name,) if column.parsed is None else _path_of(column.parsed)


def _path_of(expression: Expression) -> tuple[str, ...] | None:
    members: list[str] = []
    while isinstance(expression, Path):
        members.append(expression.member)
        expression = expression.base
    return (expression.name, *reversed(members)) if isinstance(expression, Name) else None


def _shared(paths: Sequence[tuple[str, ...] | None]) -> set[tuple[str, ...] | None]:
    """Paths of which one is, or leads to, another: such columns do not have values of their own."""
    known = [path for path in paths if path is not None]
    return {one for at, one in enumerate(known) for by, other in enumerate(known) if at != by and _lead(one, other)}


def _lead(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def _axis(
    column: InputColumn, cells: Sequence[Cell], rules: int, path: tuple[str, ...] | None, deadline: Deadline
) -> Axis:
    bound = 0
    for cell in cells:
        bound |= cell.rules
    line = line_of(column, cells, ((1 << rules) - 1) ^ bound, deadline)
    axis = Axis(line, path, [zone.mask for zone in line.zones])
    axis.reach = _transposed(axis.masks, rules, deadline)
    axis.unbound = reduce(and_, axis.masks, (1 << rules) - 1)
    if path is not None:
        axis.concrete = sum(1 << at for at, zone in enumerate(line.zones) if zone.concrete)
    return axis


def _transposed(masks: Sequence[int], rules: int, deadline: Deadline) -> list[int]:
    """For each rule the masks that have its bit, as bits."""
    found: list[int] = []
    for start in range(0, rules, CHUNK):
        deadline.spend()
        width = min(CHUNK, rules - start)
        part = (1 << width) - 1
        rows = [format(mask >> start & part, f"0{width}b") for mask in reversed(masks)]
        columns = [int("".join(column), 2) for column in zip(*rows, strict=True)]
        found += columns[::-1] or [0] * width
    return found
