"""Where a running expression finds its names, its clock and what it may still spend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from apps.decision_tables.engine.feel.builtins.catalogue import FUNCTIONS
from apps.decision_tables.engine.feel.limits import MAX_CALL_DEPTH, MAX_LIST, MAX_STEPS, MAX_STRING, FeelLimit
from apps.decision_tables.engine.feel.temporal import Date, DateTime, Time
from apps.decision_tables.engine.feel.types import FeelType
from apps.decision_tables.engine.feel.values import FeelFunction, Value
from exprsn.kernel.clock import utc_now

Clock = Callable[[], datetime]
_MOST_WARNINGS = 100
_LONGEST_WARNING = 300


class Run:
    """What all scopes of one evaluation share: steps, warnings, one moment for ``now()``, the named types."""

    __slots__ = ("_clock", "_depth", "_now", "steps", "types", "warnings")

    def __init__(
        self, *, clock: Clock = utc_now, steps: int = MAX_STEPS, types: Mapping[str, FeelType] | None = None
    ) -> None:
        self._clock = clock
        self._now: DateTime | None = None
        self._depth = 0
        self.steps = steps
        self.types: Mapping[str, FeelType] = types or {}
        self.warnings: list[str] = []

    @property
    def now(self) -> DateTime:
        """The moment of this evaluation: the same each time it is asked for."""
        if self._now is None:
            moment = self._clock()
            offset = moment.utcoffset()
            self._now = DateTime(
                Date(moment.year, moment.month, moment.day),
                Time(
                    moment.hour,
                    moment.minute,
                    moment.second,
                    moment.microsecond * 1000,
                    None if offset is None else int(offset.total_seconds()),
                ),
            )
        return self._now

    def spend(self, steps: int) -> None:
        """Take steps off what is left."""
        self.steps -= steps
        if self.steps < 0:
            raise FeelLimit("The expression takes too many steps. Make its lists shorter or its rounds fewer.")

    def charge(self, value: Value) -> None:
        """Pay for working through a value: its entries at every depth and its characters."""
        if isinstance(value, str):
            if len(value) > MAX_STRING:
                raise FeelLimit(f"The expression makes a text of more than {MAX_STRING:,} characters.")
            self.spend(len(value) >> 8)
        elif isinstance(value, list | dict):
            self._charge_parts(value)

    def _charge_parts(self, value: list[Value] | dict[str, Value]) -> None:
        waiting: list[Value] = [value]
        while waiting:
            found = waiting.pop()
            if isinstance(found, str):
                self.spend(len(found) >> 8)
            elif isinstance(found, list | dict):
                if len(found) > MAX_LIST:
                    raise FeelLimit(f"The expression makes a list of more than {MAX_LIST:,} entries.")
                self.spend(1 + (len(found) >> 3))
                waiting.extend(found.values() if isinstance(found, dict) else found)

    def enter(self) -> None:
        """Go into one more function."""
        self._depth += 1
        if self._depth > MAX_CALL_DEPTH:
            raise FeelLimit(f"Functions may call each other {MAX_CALL_DEPTH} levels deep at most.")

    def leave(self) -> None:
        """Come back from a function."""
        self._depth -= 1

    def warn(self, message: str) -> None:
        """Say why something became null."""
        if len(self.warnings) < _MOST_WARNINGS:
            self.warnings.append(message if len(message) <= _LONGEST_WARNING else f"{message[:_LONGEST_WARNING]}…")


class Scope:
    """Names with their values, in front of those of a wider scope; behind all are the built-in functions."""

    __slots__ = ("names", "parent", "run")

    def __init__(self, names: Mapping[str, Value], *, run: Run | None = None, parent: Scope | None = None) -> None:
        self.names = names
        self.parent = parent
        self.run: Run = run or (Run() if parent is None else parent.run)

    @property
    def warnings(self) -> list[str]:
        """Why parts of the expression became null."""
        return self.run.warnings

    def child(self, names: Mapping[str, Value]) -> Scope:
        """A narrower scope."""
        return Scope(names, run=self.run, parent=self)

    def find(self, name: str) -> Value:
        """The value of a name; null, with a warning, where nothing has it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        found = self._built_in(name)
        if found is None:
            self.run.warn(f"Nothing is called `{name}`.")
        return found

    def find_function(self, name: str) -> FeelFunction | None:
        """The function of a name; values that are none don't hide the built-in function of the same name."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.names.get(name)
            if isinstance(found, FeelFunction):
                return found
            scope = scope.parent
        built_in = self._built_in(name)
        if built_in is None:
            self.run.warn(f"No function is called `{name}`.")
        return built_in

    def _built_in(self, name: str) -> FeelFunction | None:
        found = FUNCTIONS.get(name)
        return found.at(self.run.now) if found is not None and found.needs_clock else found
