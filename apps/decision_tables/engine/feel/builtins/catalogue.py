"""All built-in functions of FEEL, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from apps.decision_tables.engine.feel.builtins import (
    aggregates,
    calendar,
    contexts,
    conversion,
    intervals,
    lists,
    numeric,
    strings,
)
from apps.decision_tables.engine.feel.builtins.signatures import Builtin

_FAMILIES = (conversion, strings, numeric, lists, aggregates, contexts, calendar, intervals)

FUNCTIONS: Mapping[str, Builtin] = MappingProxyType(
    {function.name: function for family in _FAMILIES for function in family.FUNCTIONS}
)
