from __future__ import annotations

import pytest

from exprsn.kernel.registry import Registry, RegistryError


def registry() -> Registry[int]:
    made: Registry[int] = Registry("numbers")
    made.register("one", 1)
    return made


def test_gives_what_was_registered_in_order() -> None:
    numbers = registry()
    assert numbers.register("two", 2) == 2
    assert numbers.get("one") == 1
    assert list(numbers.items()) == [("one", 1), ("two", 2)]
    assert len(numbers) == 2
    assert "two" in numbers
    assert "three" not in numbers


def test_refuses_a_duplicate() -> None:
    numbers = registry()
    with pytest.raises(RegistryError, match="'one' is registered twice among the numbers"):
        numbers.register("one", 2)
    assert numbers.get("one") == 1


def test_refuses_what_comes_after_closing() -> None:
    numbers = registry()
    numbers.close()
    with pytest.raises(RegistryError, match="closed; 'two' comes too late"):
        numbers.register("two", 2)
    assert "two" not in numbers


def test_refuses_an_unknown_name() -> None:
    with pytest.raises(RegistryError, match="There is no 'two' among the numbers"):
        registry().get("two")
