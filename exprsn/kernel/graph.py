"""Graphs as ``{node: [successors]}``; all iterative, so that size costs no stack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

N = TypeVar("N")


def reachable(edges: Mapping[N, Sequence[N]], starts: Iterable[N]) -> set[N]:
    """Every node that can be reached from ``starts``, these included."""
    found: set[N] = set(starts)
    todo = list(found)
    while todo:
        for successor in edges.get(todo.pop(), ()):
            if successor not in found:
                found.add(successor)
                todo.append(successor)
    return found


def components(edges: Mapping[N, Sequence[N]]) -> list[list[N]]:
    """The strongly connected components (R. Tarjan, 1972)."""
    index: dict[N, int] = {}
    low: dict[N, int] = {}
    on_stack: set[N] = set()
    stack: list[N] = []
    found: list[list[N]] = []
    for root in edges:
        if root in index:
            continue
        work: list[tuple[N, int]] = [(root, 0)]
        while work:
            node, at = work.pop()
            if at == 0:
                index[node] = low[node] = len(index)
                stack.append(node)
                on_stack.add(node)
            successors = edges.get(node, ())
            if at > 0:
                low[node] = min(low[node], low[successors[at - 1]])
            while at < len(successors) and successors[at] in index:
                if successors[at] in on_stack:
                    low[node] = min(low[node], index[successors[at]])
                at += 1
            if at < len(successors):
                work += [(node, at + 1), (successors[at], 0)]
            elif low[node] == index[node]:
                found.append(_unwind(stack, on_stack, node))
    return found


def _unwind(stack: list[N], on_stack: set[N], node: N) -> list[N]:
    members: list[N] = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        members.append(member)
        if member == node:
            return members


class CycleFound(ValueError):
    """There is no order, because of a cycle; ``members`` are the nodes of one."""

    def __init__(self, members: Sequence[object]) -> None:
        super().__init__(f"These form a cycle: {', '.join(map(str, members))}")
        self.members = list(members)


def cycles(edges: Mapping[N, Sequence[N]]) -> list[list[N]]:
    """The groups of nodes that lead back to themselves: components of two or more, and self-loops."""
    groups = components(edges)
    return [group for group in groups if len(group) > 1 or group[0] in edges.get(group[0], ())]


def topological_order(edges: Mapping[N, Sequence[N]]) -> list[N]:
    """All nodes, each before its successors; otherwise in the order given (A. Kahn, 1962).

    Raises ``CycleFound``.
    """
    waiting_for: dict[N, int] = dict.fromkeys(edges, 0)
    for successors in edges.values():
        for successor in successors:
            waiting_for[successor] = waiting_for.get(successor, 0) + 1
    order = [node for node, count in waiting_for.items() if count == 0]
    for node in order:
        for successor in edges.get(node, ()):
            waiting_for[successor] -= 1
            if waiting_for[successor] == 0:
                order.append(successor)
    if len(order) < len(waiting_for):
        raise CycleFound(cycles(edges)[0])
    return order
