"""What a table answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any


class Evaluation:
    """The answer for one set of inputs. It is shared and never changes; its lists and outputs are given as copies."""

    __slots__ = ("_all_matches", "_copied", "_outputs", "_rule_ids", "_trace", "matched")

    def __init__(
        self,
        matched: bool,
        outputs: Mapping[str, Any],
        rule_ids: Sequence[str] = (),
        all_matches: Sequence[Mapping[str, Any]] | None = None,
        trace: Mapping[str, Any] | None = None,
    ) -> None:
        self.matched = matched
        self._outputs = dict(outputs)
        self._rule_ids = tuple(rule_ids)
        self._all_matches = all_matches
        self._trace = trace
        self._copied = _copier(self._outputs)

    @property
    def outputs(self) -> dict[str, Any]:
        """Output column → JSON value (a list per column where the hit policy gives several)."""
        return self._copied()

    @property
    def rule_ids(self) -> list[str]:
        """The rules that the outputs come from."""
        return list(self._rule_ids)

    @property
    def all_matches(self) -> list[dict[str, Any]] | None:
        """Every rule that matched, with its outputs; None where that was not asked for."""
        return None if self._all_matches is None else copied(list(self._all_matches))

    @property
    def trace(self) -> dict[str, Any] | None:
        """For each rule which conditions held; None where that was not asked for."""
        return None if self._trace is None else copied(dict(self._trace))

    def as_json(self) -> dict[str, Any]:
        """The answer as the API gives it."""
        answer: dict[str, Any] = {
            "matched": self.matched,
            "outputs": self._copied(),
            "rule_ids": list(self._rule_ids),
        }
        if self._all_matches is not None:
            answer["all_matches"] = self.all_matches
        if self._trace is not None:
            answer["trace"] = self.trace
        return answer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Evaluation) and self.as_json() == other.as_json()

    def __hash__(self) -> int:
        return hash((self.matched, self._rule_ids))

    def __repr__(self) -> str:
        return f"Evaluation({self.as_json()!r})"


def copied(value: Any) -> Any:
    """A copy of a JSON value that shares no list and no object with it."""
    if isinstance(value, dict):
        return {name: copied(member) for name, member in value.items()}
    if isinstance(value, list):
        return [copied(member) for member in value]
    return value


def _copier(outputs: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    if any(isinstance(value, dict | list) for value in outputs.values()):
        return lambda: copied(outputs)
    return outputs.copy
