"""Where rules and columns stand, and lists with something put in or taken out. Nothing is changed in place."""

from __future__ import annotations

from typing import Any

from apps.collaboration.contracts import Path, Refused, State, Unfit

SIDES = ("input_columns", "output_columns")
Entry = dict[str, Any]


def require_path(path: Path, root: str, length: int, last: str | None = None) -> None:
    """Refuse a path that is not ``root`` and ``length`` parts in all, or does not end with ``last``."""
    fits = len(path) == length and path[0] == root and all(path) and last in (None, path[-1])
    if not fits:
        ending = "" if last is None else f' and end with "{last}"'
        raise Unfit(f'The path must begin with "{root}", have {length} parts{ending}.', code="invalid_path")


def require_side(path: Path, length: int, last: str | None = None) -> None:
    """Refuse a path that does not begin with one of the two lists of columns."""
    if not path or path[0] not in SIDES:
        raise Unfit(f"The path must begin with {' or '.join(SIDES)}.", code="invalid_path")
    require_path(path, path[0], length, last)


def require_nothing(new: Any) -> None:
    """Refuse a new value of what is removed."""
    if new is not None:
        raise Unfit("Nothing is put in the place of what is removed: leave new out.", code="invalid_value", place="new")


def require_members(new: Any, required: frozenset[str], optional: frozenset[str] = frozenset()) -> None:
    """Refuse what is not an object with these members."""
    if not isinstance(new, dict) or not required <= new.keys() <= required | optional:
        wanted = ", ".join([*sorted(required), *(f"{name}?" for name in sorted(optional))])
        raise Unfit(f"Send an object with: {wanted}.", code="invalid_value", place="new")


def find_rule(state: State, rule_id: str) -> Entry | None:
    """The rule with this id."""
    return next((rule for rule in rules_of(state) if rule["id"] == rule_id), None)


def require_rule(state: State, rule_id: str, place: str = "path") -> Entry:
    """The rule with this id, or ``rule_not_found``."""
    rule = find_rule(state, rule_id)
    if rule is None:
        message = f"There is no rule with the id {rule_id!r}; somebody may have removed it."
        raise Refused(message, code="rule_not_found", place=place)
    return rule


def rules_of(state: State) -> list[Entry]:
    """The rules in their order."""
    return state.get("rules") or []


def find_column(state: State, side: str, name: str) -> Entry | None:
    """The column with this name."""
    return next((column for column in columns_of(state, side) if column["name"] == name), None)


def require_column(state: State, side: str, name: str, place: str = "path") -> Entry:
    """The column with this name, or ``column_not_found``."""
    column = find_column(state, side, name)
    if column is None:
        message = f"There is no column named {name!r} among the {side}; somebody may have removed it."
        raise Refused(message, code="column_not_found", place=place)
    return column


def columns_of(state: State, side: str) -> list[Entry]:
    """The columns of one side in their order."""
    return state.get(side) or []


def predecessor(entries: list[Entry], key: str, name: str) -> Any:
    """The name of the entry before the one with this name, which is there; None for the first."""
    names = [entry[key] for entry in entries]
    at = names.index(name)
    return names[at - 1] if at else None


def put_after(entries: list[Entry], key: str, after: str | None, entry: Entry) -> list[Entry]:
    """The list with the entry behind the one named, or as the first."""
    at = 0 if after is None else next(at for at, each in enumerate(entries, 1) if each[key] == after)
    return [*entries[:at], entry, *entries[at:]]


def taken_out(entries: list[Entry], key: str, name: str) -> list[Entry]:
    """The list without the entry of this name."""
    return [entry for entry in entries if entry[key] != name]


def exchanged(entries: list[Entry], key: str, name: str, entry: Entry) -> list[Entry]:
    """The list with another entry in the place of the one with this name."""
    return [entry if each[key] == name else each for each in entries]


def with_member(holder: Entry, name: str, value: Any) -> Entry:
    """A copy with the member set, or without it for null; the order of the others stays."""
    if value is not None:
        return {**holder, name: value}
    return {key: member for key, member in holder.items() if key != name}
