"""Which values belong to which types, and the conversions that FEEL makes by itself."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from apps.decision_tables.engine.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time, at_midnight
from apps.decision_tables.engine.feel.type_reading import parse_type as parse_type
from apps.decision_tables.engine.feel.type_tree import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_AND_TIME,
    DAYS_DURATION,
    MONTHS_DURATION,
    NULL,
    NUMBER,
    STRING,
    TIME,
    ContextType,
    FunctionType,
    ListType,
    NamedType,
    RangeType,
    SimpleType,
)
from apps.decision_tables.engine.feel.type_tree import FeelType as FeelType
from apps.decision_tables.engine.feel.type_tree import type_text as type_text
from apps.decision_tables.engine.feel.values import FeelFunction, Range, Value

Definitions = Mapping[str, FeelType]
"""What the named types mean."""
_NO_DEFINITIONS: Definitions = {}
_SIMPLE: Mapping[type, SimpleType] = {
    Decimal: NUMBER,
    str: STRING,
    bool: BOOLEAN,
    Date: DATE,
    Time: TIME,
    DateTime: DATE_AND_TIME,
    DaysDuration: DAYS_DURATION,
    MonthsDuration: MONTHS_DURATION,
    type(None): NULL,
}


class TypedFunction(FeelFunction):
    """A function that knows the types of its parameters and of its result."""

    @property
    def type(self) -> FunctionType:
        """Its type."""
        raise NotImplementedError


def resolve(type_: FeelType, definitions: Definitions = _NO_DEFINITIONS) -> FeelType:
    """The type itself, or what a named one stands for (``NamedType`` again where nothing says it)."""
    seen: set[FeelType] = set()
    while isinstance(type_, NamedType) and type_ not in seen:
        seen.add(type_)
        type_ = definitions.get(type_.name, type_)
    return type_


def instance_of(value: Value, type_: FeelType, definitions: Definitions = _NO_DEFINITIONS) -> bool:
    """``value instance of type``: null is an instance of ``Null`` alone."""
    if value is None:
        return resolve(type_, definitions) == NULL
    return belongs(value, type_, definitions)


def belongs(value: Value, type_: FeelType, definitions: Definitions = _NO_DEFINITIONS) -> bool:
    """Whether a value may stand where the type is asked for: as ``instance_of``, and null may stand everywhere."""
    type_ = resolve(type_, definitions)
    if value is None or type_ == ANY:
        return True
    match type_, value:
        case ListType(item), list(items):
            return item == ANY or all(belongs(one, item, definitions) for one in items)
        case ContextType(members), dict(entries):
            return all(name in entries and belongs(entries[name], member, definitions) for name, member in members)
        case RangeType(end), Range(low, _, high, _):
            return belongs(low, end, definitions) and belongs(high, end, definitions)
        case FunctionType(), FeelFunction():
            return _is_function(value, type_, definitions)
    return _SIMPLE.get(type(value)) == type_


def _is_function(function: FeelFunction, type_: FunctionType, definitions: Definitions) -> bool:
    if type_.parameters is None:
        return True
    if isinstance(function, TypedFunction):
        return conforms(function.type, type_, definitions)
    return len(function.parameters) == len(type_.parameters)


def value_type(value: Value) -> FeelType:
    """The type of a value, as far as it can be told without looking at all of it."""
    match value:
        case list():
            return ListType(ANY)
        case dict():
            return ContextType()
        case Range():
            return RangeType(ANY)
        case FeelFunction():
            return FunctionType(None, ANY)
    return _SIMPLE.get(type(value), ANY)


def conforms(a: FeelType, b: FeelType, definitions: Definitions = _NO_DEFINITIONS) -> bool:
    """Whether every value of type ``a`` may stand where ``b`` is asked for."""
    a, b = resolve(a, definitions), resolve(b, definitions)
    if a in (b, NULL) or b == ANY:
        return True
    match a, b:
        case (ListType(mine), ListType(theirs)) | (RangeType(mine), RangeType(theirs)):
            return conforms(mine, theirs, definitions)
        case ContextType(), ContextType():
            members = dict(a.members)
            return all(name in members and conforms(members[name], one, definitions) for name, one in b.members)
        case FunctionType(), FunctionType():
            return _functions_conform(a, b, definitions)
    return False


def _functions_conform(a: FunctionType, b: FunctionType, definitions: Definitions) -> bool:
    if b.parameters is None:
        return True
    if a.parameters is None or len(a.parameters) != len(b.parameters):
        return False
    pairs = zip(a.parameters, b.parameters, strict=True)
    return all(conforms(theirs, mine, definitions) for mine, theirs in pairs) and conforms(
        a.result, b.result, definitions
    )


def coerce(value: Value, type_: FeelType, definitions: Definitions = _NO_DEFINITIONS) -> Value:
    """The value as the type asks for it: itself, its only item, a list of it, a date as the beginning of its day
    (UTC); null where none of these is of the type. A type that nothing defines takes everything."""
    type_ = resolve(type_, definitions)
    if isinstance(type_, NamedType) or belongs(value, type_, definitions):
        return value
    if isinstance(value, list) and len(value) == 1 and belongs(value[0], type_, definitions):
        only: Value = value[0]
        return only
    if isinstance(type_, ListType) and not isinstance(value, list) and belongs(value, type_.item, definitions):
        return [value]
    if type_ == DATE_AND_TIME and isinstance(value, Date):
        return at_midnight(value, utc=True)
    return None
