"""Which ports a node has, where that depends on its parameters: a rule of plain data.

The catalogue hands the rules to the designer, which has the same interpreter
(``frontend/src/designer/catalogue/ports.ts``) and so shows the right ports while somebody types. Both are
held together by one table of cases, ``tests/workflows/nodes/port_cases.json``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from exprsn.kernel.jsonvalue import JsonObject, JsonValue

When = Mapping[str, Sequence[JsonValue]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """As many ports as a number says: ``prefix`` and the numbers from ``first``. ``otherwise`` holds where the
    parameter is no number from ``least`` to ``most``."""

    kind: ClassVar[str] = "counted"
    parameter: str
    prefix: str
    first: int
    least: int
    most: int
    otherwise: int
    when: When = field(default_factory=dict)

    def names(self, values: Mapping[str, JsonValue]) -> Iterator[str]:
        """The names of the ports for these parameter values."""
        wanted = values.get(self.parameter)
        if isinstance(wanted, bool) or not isinstance(wanted, int | float) or not self.least <= wanted <= self.most:
            wanted = self.otherwise
        return (f"{self.prefix}{number}" for number in range(self.first, self.first + int(wanted)))

    def described(self) -> JsonObject:
        """The part as the catalogue shows it, without kind and condition."""
        return {
            "parameter": self.parameter,
            "prefix": self.prefix,
            "first": self.first,
            "least": self.least,
            "most": self.most,
            "otherwise": self.otherwise,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """A port for each entry of a list, called as its ``name_field`` says, or ``prefix`` and its position."""

    kind: ClassVar[str] = "entries"
    parameter: str
    name_field: str
    prefix: str
    most: int
    when: When = field(default_factory=dict)

    def names(self, values: Mapping[str, JsonValue]) -> Iterator[str]:
        """The names of the ports for these parameter values."""
        entries = values.get(self.parameter)
        for position, entry in enumerate(entries[: self.most] if isinstance(entries, list) else ()):
            name = entry.get(self.name_field) if isinstance(entry, dict) else None
            yield name if isinstance(name, str) and name else f"{self.prefix}{position}"

    def described(self) -> JsonObject:
        """The part as the catalogue shows it, without kind and condition."""
        return {
            "parameter": self.parameter,
            "name_field": self.name_field,
            "prefix": self.prefix,
            "most": self.most,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The ports that a list of texts names; ``otherwise`` where the parameter is no list."""

    kind: ClassVar[str] = "listed"
    parameter: str
    most: int
    otherwise: Sequence[str]
    when: When = field(default_factory=dict)

    def names(self, values: Mapping[str, JsonValue]) -> Iterator[str]:
        """The names of the ports for these parameter values."""
        listed = values.get(self.parameter)
        names = listed[: self.most] if isinstance(listed, list) else self.otherwise
        return (name for name in names if isinstance(name, str) and name)

    def described(self) -> JsonObject:
        """The part as the catalogue shows it, without kind and condition."""
        return {"parameter": self.parameter, "most": self.most, "otherwise": list(self.otherwise)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """One port that is there or not."""

    kind: ClassVar[str] = "fixed"
    name: str
    when: When = field(default_factory=dict)

    def names(self, values: Mapping[str, JsonValue]) -> Iterator[str]:
        """The name of the port."""
        return iter((self.name,))

    def described(self) -> JsonObject:
        """The part as the catalogue shows it, without kind and condition."""
        return {"name": self.name}


@dataclass(frozen=True, slots=True)
class PortRule:
    """Parts one after the other; those whose ``when`` does not hold are left out, and so are repeated names.

    ``when`` maps parameters to the values for which the part counts, like ``Parameter.display_if``.
    """

    parts: Sequence[Counted | Entries | Listed | Fixed]
    port_type: str = "main"

    def names(self, values: Mapping[str, JsonValue]) -> list[str]:
        """The names of the ports for parameter values, defaults filled in."""
        shown = (part for part in self.parts if all(values.get(name) in few for name, few in part.when.items()))
        return list(dict.fromkeys(name for part in shown for name in part.names(values)))

    def described(self) -> JsonObject:
        """The rule as the catalogue shows it."""
        return {
            "type": self.port_type,
            "parts": [
                {
                    "kind": part.kind,
                    **part.described(),
                    "when": {name: list(values) for name, values in part.when.items()},
                }
                for part in self.parts
            ],
        }
