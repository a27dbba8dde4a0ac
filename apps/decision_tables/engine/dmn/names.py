"""Names as DMN compares them: without space at the ends, and any run of white space as one space."""

from __future__ import annotations


def normal_name(text: str | None) -> str:
    """Return the name in its one spelling."""
    return " ".join((text or "").split())
