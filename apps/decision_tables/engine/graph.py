"""The decision graph: tables whose answers feed other tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from exprsn.kernel.errors import InvalidInput

MAX_TABLES = 200
Requires = Callable[[str], Iterable[str]]


def requirement_order(name: str, requires_of: Requires) -> list[str]:
    """The table and all that it requires, each behind what it requires itself; the table comes last.

    Raises ``requirement_cycle`` with the way round, or ``too_many_requirements``.
    """
    order: list[str] = []
    done: set[str] = set()
    way: list[tuple[str, Iterator[str]]] = [(name, iter(requires_of(name)))]
    under_way = {name: None}
    while way:
        current, waiting = way[-1]
        following = next((each for each in waiting if each not in done), None)
        if following is None:
            way.pop()
            del under_way[current]
            done.add(current)
            order.append(current)
            continue
        if following in under_way:
            raise _cycle([*under_way, following])
        if len(done) + len(way) >= MAX_TABLES:
            message = f"A table may require at most {MAX_TABLES - 1} others, directly or through them."
            raise InvalidInput(message, code="too_many_requirements")
        way.append((following, iter(requires_of(following))))
        under_way[following] = None
    return order


def _cycle(way: list[str]) -> InvalidInput:
    circle = way[way.index(way[-1]) :]
    return InvalidInput(
        f"The tables require each other in a circle: {' → '.join(circle)}. Take one of the requirements out.",
        code="requirement_cycle",
        errors={"requires": [f"Leads back to itself: {' → '.join(circle)}."]},
        params={"path": circle},
    )
