"""Rules: added, removed, moved, and what they have beside their cells."""

from __future__ import annotations

from typing import Any

from apps.collaboration.contracts import OperationType, Path, Refused, State, Unfit
from apps.decision_tables.engine.columns import MAX_RULES
from apps.decision_tables.engine.operations.cells import with_rule
from apps.decision_tables.engine.operations.checking import require_depth, require_rules
from apps.decision_tables.engine.operations.places import (
    find_rule,
    predecessor,
    put_after,
    require_members,
    require_nothing,
    require_path,
    require_rule,
    rules_of,
    taken_out,
    with_member,
)

FIELDS = ("priority", "annotation", "enabled")
_ADDED = frozenset({"rule", "after"})


def require_is_rule(rule_id: str, rule: Any) -> None:
    """Refuse what is no object with this id."""
    if not isinstance(rule, dict) or rule.get("id") != rule_id:
        raise Unfit("A rule is an object with the id that names it.", code="invalid_value", place="new")


def require_room(count: int) -> None:
    """Refuse more rules than a table may have."""
    if count > MAX_RULES:
        raise Refused(f"A table may have at most {MAX_RULES} rules.", code="too_many_rules")


def _check_added(state: State, path: Path, new: Any) -> None:
    require_path(path, "rules", 2)
    require_members(new, _ADDED)
    require_depth(new)
    require_is_rule(path[1], new["rule"])
    present = find_rule(state, path[1])
    if present is not None:
        raise Refused("There is a rule with this id already. Choose another.", code="rule_exists", current=present)
    require_room(len(rules_of(state)) + 1)
    require_anchor(state, path[1], new["after"])
    require_rules(state, [new["rule"]])


def require_anchor(state: State, rule_id: str, after: Any) -> None:
    """Refuse a place behind what is no rule, or behind itself."""
    if after is None:
        return
    if not isinstance(after, str) or after == rule_id:
        raise Unfit("Say behind which other rule, or null for the first place.", code="invalid_value", place="new")
    require_rule(state, after, place="new")


def _check_removed(state: State, path: Path, new: Any) -> None:
    require_path(path, "rules", 2)
    require_rule(state, path[1])
    require_nothing(new)


def _read_rule(state: State, path: Path) -> Any:
    rule = find_rule(state, path[1])
    return rule and {"rule": rule, "after": predecessor(rules_of(state), "id", path[1])}


def _apply_added(state: State, path: Path, new: Any) -> State:
    return {**state, "rules": put_after(rules_of(state), "id", new["after"], new["rule"])}


def _apply_removed(state: State, path: Path, new: Any) -> State:
    return {**state, "rules": taken_out(rules_of(state), "id", path[1])}


def _check_moved(state: State, path: Path, new: Any) -> None:
    require_path(path, "rules", 3, "position")
    require_rule(state, path[1])
    require_anchor(state, path[1], new)


def _read_moved(state: State, path: Path) -> Any:
    return predecessor(rules_of(state), "id", path[1])


def _apply_moved(state: State, path: Path, new: Any) -> State:
    rules = rules_of(state)
    rule = next(rule for rule in rules if rule["id"] == path[1])
    return {**state, "rules": put_after(taken_out(rules, "id", path[1]), "id", new, rule)}


def _check_changed(state: State, path: Path, new: Any) -> None:
    require_path(path, "rules", 3)
    if path[2] not in FIELDS:
        raise Refused(f"A rule has no such field to change. There are: {', '.join(FIELDS)}.", code="unknown_field")
    rule = require_rule(state, path[1])
    require_depth(new)
    require_rules(state, [{**with_member(rule, path[2], new), "conditions": [], "outputs": {}}], ())


def _read_changed(state: State, path: Path) -> Any:
    return (find_rule(state, path[1]) or {}).get(path[2])


def _apply_changed(state: State, path: Path, new: Any) -> State:
    return with_rule(state, path[1], lambda rule: with_member(rule, path[2], new))


RULE_ADDED = OperationType("rule_removed", _check_added, _read_rule, _apply_added)
RULE_REMOVED = OperationType("rule_added", _check_removed, _read_rule, _apply_removed)
RULE_MOVED = OperationType("rule_moved", _check_moved, _read_moved, _apply_moved)
RULE_CHANGED = OperationType("rule_changed", _check_changed, _read_changed, _apply_changed)
