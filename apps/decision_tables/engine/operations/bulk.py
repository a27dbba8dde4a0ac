"""Many rules at once: pasting, filling, deleting, sorting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apps.collaboration.contracts import OperationType, Path, Refused, State, Unfit
from apps.decision_tables.engine.operations.checking import require_depth, require_rules
from apps.decision_tables.engine.operations.places import Entry, require_members, require_path, rules_of
from apps.decision_tables.engine.operations.rules import require_is_rule, require_room

_REQUIRED, _OPTIONAL = frozenset({"rules"}), frozenset({"after"})


def _check(state: State, path: Path, new: Any) -> None:
    require_path(path, "rules", 1)
    require_members(new, _REQUIRED, _OPTIONAL)
    require_depth(new)
    changes, after = new["rules"], new.get("after", {})
    if not isinstance(changes, dict) or not isinstance(after, dict):
        raise Unfit("rules and after are objects by rule id.", code="invalid_value", place="new")
    present = {rule["id"] for rule in rules_of(state)}
    _require_known(present, changes, after)
    staying = (present | changes.keys()) - _removed(changes)
    require_room(len(staying))
    _require_chains(staying, after)
    rules = [rule for rule in changes.values() if rule is not None]
    require_rules(state, rules)


def _require_known(present: set[str], changes: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for rule_id, rule in changes.items():
        if rule is None and rule_id not in present:
            raise Refused(f"There is no rule {rule_id!r} to remove.", code="rule_not_found", place="new")
        if rule is None:
            continue
        require_is_rule(rule_id, rule)
        if rule_id not in present and rule_id not in after:
            raise Unfit(f"Say in after where the new rule {rule_id!r} goes.", code="invalid_value", place="new")


def _require_chains(staying: set[str], after: Mapping[str, Any]) -> None:
    """Each place is taken by one rule, and leads to a rule that stays where it is, or to the beginning."""
    anchors = list(after.values())
    if not all(anchor is None or isinstance(anchor, str) for anchor in anchors) or len(set(anchors)) < len(anchors):
        raise Unfit("Each rule goes behind another one, or one of them first.", code="invalid_value", place="new")
    missing = next((each for each in (*after, *anchors) if each is not None and each not in staying), None)
    if missing is not None:
        raise Refused(f"There is no rule {missing!r}.", code="rule_not_found", place="new")
    followers = {anchor: rule_id for rule_id, anchor in after.items()}
    starts = [anchor for anchor in anchors if anchor not in after]
    if sum(1 for start in starts for _ in _chain(followers, start)) < len(after):
        raise Unfit("The rules of after follow each other in a circle.", code="invalid_value", place="new")


def _removed(changes: Mapping[str, Any]) -> set[str]:
    return {rule_id for rule_id, rule in changes.items() if rule is None}


def _chain(followers: Mapping[str | None, str], anchor: str | None) -> Iterator[str]:
    """The rules that come behind the anchor, each behind the one before."""
    following = followers.get(anchor)
    while following is not None:
        yield following
        following = followers.get(following)


def _read(state: State, path: Path) -> Any:
    return {"rules": {rule["id"]: rule for rule in rules_of(state)}}


def _read_for(state: State, path: Path, new: Any) -> Any:
    changes, after = new["rules"], new.get("after", {})
    held = {rule["id"]: rule for rule in rules_of(state)}
    gone = _removed(changes)
    places = {
        rule_id: before
        for before, rule_id in zip((None, *held), held, strict=False)
        if rule_id in after or rule_id in gone
    }
    return {"rules": {rule_id: held.get(rule_id) for rule_id in changes}, "after": places}


def _apply(state: State, path: Path, new: Any) -> State:
    changes, after = new["rules"], new.get("after", {})
    rules = {rule["id"]: rule for rule in rules_of(state)} | changes
    followers = {anchor: rule_id for rule_id, anchor in after.items()}
    order = list(_chain(followers, None))
    for rule in rules_of(state):
        if rule["id"] not in after and rules[rule["id"]] is not None:
            order += [rule["id"], *_chain(followers, rule["id"])]
    placed: list[Entry] = [rules[rule_id] for rule_id in order]
    return {**state, "rules": placed}


RULES_CHANGED = OperationType("rules_changed", _check, _read, _apply, read_for=_read_for)
