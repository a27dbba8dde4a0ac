"""Members and methods of values: one table for each type; nothing of Python's own can be reached.

``NATIVE`` methods are JavaScript's and are also values (``typeof "a".trim`` is ``function``); ``HELPERS`` are the
additional ones and exist only when they are called, so that a missing field named ``first`` stays undefined.
"""

from __future__ import annotations

from typing import Any

from exprsn.kernel.expressions.coercion import property_key
from exprsn.kernel.expressions.errors import NotCallable
from exprsn.kernel.expressions.functions import Methods, apply_method, bound_member
from exprsn.kernel.expressions.methods.booleans import BOOLEAN_HELPERS, BOOLEAN_METHODS
from exprsn.kernel.expressions.methods.dictionary_helpers import OBJECT_HELPERS
from exprsn.kernel.expressions.methods.list_helpers import LIST_HELPERS
from exprsn.kernel.expressions.methods.lists import LIST_METHODS
from exprsn.kernel.expressions.methods.nothing import NOTHING_HELPERS
from exprsn.kernel.expressions.methods.number_helpers import NUMBER_HELPERS
from exprsn.kernel.expressions.methods.numbers import NUMBER_METHODS
from exprsn.kernel.expressions.methods.objects import OBJECT_METHODS
from exprsn.kernel.expressions.methods.text_helpers import TEXT_HELPERS
from exprsn.kernel.expressions.methods.texts import TEXT_METHODS
from exprsn.kernel.expressions.ordering import is_index
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.utf16 import is_plain, length, units
from exprsn.kernel.expressions.values import UNDEFINED, FunctionObject, HostObject, is_nothing

_NO_METHODS: Methods = {}
_NATIVE: dict[type, Methods] = {
    str: TEXT_METHODS,
    list: LIST_METHODS,
    dict: OBJECT_METHODS,
    bool: BOOLEAN_METHODS,
    int: NUMBER_METHODS,
    float: NUMBER_METHODS,
}
_CALLABLE: dict[type, Methods] = {
    str: TEXT_METHODS | TEXT_HELPERS,
    list: LIST_METHODS | LIST_HELPERS,
    dict: OBJECT_METHODS | OBJECT_HELPERS,
    bool: BOOLEAN_METHODS | BOOLEAN_HELPERS,
    int: NUMBER_METHODS | NUMBER_HELPERS,
    float: NUMBER_METHODS | NUMBER_HELPERS,
}


def get_member(value: Any, name: str) -> Any:
    """``value.name``; undefined where there is none, also of undefined and null."""
    if isinstance(value, dict):
        return value.get(name, UNDEFINED)
    if isinstance(value, HostObject):
        return value.get_member(name)
    if is_nothing(value):
        return UNDEFINED
    if isinstance(value, str | list):
        if name == "length":
            return length(value) if isinstance(value, str) else len(value)
        if is_index(name):
            return entry_at(value, int(name))
    return bound_member(_NATIVE.get(type(value), _NO_METHODS), value, name)


def get_index(value: Any, key: Any, run: Run) -> Any:
    """``value[key]``."""
    if type(key) is int and isinstance(value, list | str):
        return entry_at(value, key)
    return get_member(value, property_key(key, run))


def entry_at(value: list[Any] | str, at: int) -> Any:
    """The entry of a list or the unit of a text at a position; UNDEFINED outside."""
    if isinstance(value, str) and not is_plain(value):
        value = units(value)
    return value[at] if 0 <= at < len(value) else UNDEFINED


def call_member(value: Any, name: str, arguments: list[Any], run: Run) -> Any:
    """``value.name(…)``: an own function first, then the method of the value's type."""
    if isinstance(value, HostObject):
        own = value.get_method(name)
        if own is UNDEFINED:
            raise NotCallable("it is undefined")
        return call_value(own, arguments, run)
    if isinstance(value, dict) and isinstance(own := value.get(name), HostObject):
        return call_value(own, arguments, run)
    if isinstance(value, list) and is_index(name):
        return call_value(entry_at(value, int(name)), arguments, run)
    if is_nothing(value):
        work = NOTHING_HELPERS.get(name)
        if work is None:
            raise NotCallable("there is no value before it" if value is UNDEFINED else "null stands before it")
    else:
        work = _CALLABLE.get(type(value), _NO_METHODS).get(name)
        if work is None:
            raise NotCallable(f"{_kind(value)} has no such method")
    return apply_method(work, run, value, arguments)


def call_value(value: Any, arguments: list[Any], run: Run) -> Any:
    """``value(…)``."""
    if is_callable(value):
        run.budget.step()
        return value.invoke(run, arguments)
    raise NotCallable("it is undefined" if value is UNDEFINED else f"it is {_kind(value)}, not a function")


def is_callable(value: Any) -> bool:
    """Whether brackets may follow: a function, or a host's object that can be called."""
    if isinstance(value, FunctionObject):
        return True
    return isinstance(value, HostObject) and type(value).call is not HostObject.call


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    names: dict[type, str] = {
        str: "a text",
        list: "a list",
        bool: "a boolean",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "an object")


def has_callable(value: Any, name: str) -> bool:
    """Whether ``value.name?.()`` calls something."""
    if isinstance(value, HostObject):
        return not is_nothing(value.get_member(name))
    if isinstance(value, dict | list) and not is_nothing(get_member(value, name)):
        return True
    return name in (NOTHING_HELPERS if is_nothing(value) else _CALLABLE.get(type(value), _NO_METHODS))
