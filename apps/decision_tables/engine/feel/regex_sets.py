"""Sets of code points as ranges, for the square brackets of regular expressions."""

from __future__ import annotations

Ranges = list[tuple[int, int]]
LAST = 0x10FFFF


def sorted_ranges(ranges: Ranges) -> Ranges:
    """The same set in ascending ranges that don't touch."""
    found: Ranges = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def inverted(ranges: Ranges) -> Ranges:
    """All other code points."""
    found: Ranges = []
    next_low = 0
    for low, high in sorted_ranges(ranges):
        if low > next_low:
            found.append((next_low, low - 1))
        next_low = high + 1
    if next_low <= LAST:
        found.append((next_low, LAST))
    return found


def difference(ranges: Ranges, taken: Ranges) -> Ranges:
    """The code points of the one set that are not in the other."""
    return inverted([*inverted(ranges), *taken])


def written(ranges: Ranges) -> str:
    """The ranges as RE2 takes them between square brackets."""
    return "".join(f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in sorted_ranges(ranges))
