"""Numbers: 34 digits, no NaN, no infinity, no exponent in text."""

import decimal
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings

from apps.decision_tables.engine.feel.arithmetic import add, divide, multiply, negate, power, subtract
from apps.decision_tables.engine.feel.builtins.catalogue import FUNCTIONS
from apps.decision_tables.engine.feel.decimals import as_index, number, number_text, parse_number
from apps.decision_tables.engine.feel.limits import FeelLimit
from tests.decision_tables.feel_values.strategies import NUMBERS


@given(NUMBERS, NUMBERS)
@settings(max_examples=100)
def test_the_laws_of_arithmetic(a: Decimal, b: Decimal) -> None:
    total = add(a, b)
    assert total == add(b, a)
    assert subtract(total, b) == a
    assert multiply(a, b) == multiply(b, a)
    assert subtract(a, b) == negate(subtract(b, a))
    assert (divide(a, b) is None) == (b == 0)


@given(NUMBERS)
@settings(max_examples=50)
def test_the_text_of_a_number_is_read_back(value: Decimal) -> None:
    text = number_text(value)
    assert parse_number(text) == value
    assert "E" not in text
    assert text == "0" or not (text.startswith("-0") and float(text) == 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.50", "1.5"), ("-0.00", "0"), ("1E+3", "1000"), ("1E-10", "0.0000000001"), ("100", "100"), ("0E+5", "0")],
)
def test_text_has_plain_digits(value: str, text: str) -> None:
    assert number_text(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1, "0.1"),
        (10**40, "1E+40"),
        ("1234567890123456789012345678901234567", "1.234567890123456789012345678901235E+36"),
        (float("nan"), None),
        (float("inf"), None),
        (Decimal("1e7000"), None),
        ("text", None),
    ],
)
def test_a_number_of_python_is_rounded_to_34_digits(value: float | str, expected: str | None) -> None:
    assert number(value) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize("text", ["", "-", ".", "1,5", " 1", "1_000", "+1", "Infinity", "1e", "0x1", "١", "1" * 20_000])
def test_what_is_no_number_is_null(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(("text", "value"), [(".5", "0.5"), ("1.", "1"), ("-12.50", "-12.5"), ("1e3", "1000")])
def test_what_is_a_number(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("base", "exponent", "result"),
    [
        ("10", "5", "100000"),
        ("10", "-5", "0.00001"),
        ("4", "0.5", "2"),
        ("0", "0", "1"),
        ("0", "-1", None),
        ("-8", "0.5", None),
        ("1.0000001", "1e20", None),
        ("10", "1e6000", None),
        ("0.5", "1e6000", "0"),
    ],
)
def test_powers_are_quick_and_never_infinite(base: str, exponent: str, result: str | None) -> None:
    assert power(Decimal(base), Decimal(exponent)) == (None if result is None else Decimal(result))


def test_the_threads_own_decimal_context_plays_no_part() -> None:
    with decimal.localcontext(prec=3):
        assert add(Decimal("1.23456"), Decimal(1)) == Decimal("2.23456")
        assert negate(Decimal("1.23456")) == Decimal("-1.23456")


@pytest.mark.parametrize("operation", [add, subtract, multiply])
def test_what_overflows_is_null(operation: Callable[[object, object], object]) -> None:
    largest = Decimal("9e6144")
    assert operation(largest, -largest if operation is subtract else largest) is None


def test_a_position_is_cut_to_its_bound() -> None:
    assert [as_index(Decimal(text), 9) for text in ("1e6000", "-1e6000", "2.9")] == [9, -9, 2]


def test_texts_are_added() -> None:
    assert add("a", "b") == "ab"


@given(NUMBERS, NUMBERS.filter(bool))
@settings(max_examples=60)
def test_modulo_has_the_divisors_sign(dividend: Decimal, divisor: Decimal) -> None:
    rest = FUNCTIONS["modulo"].call([dividend, divisor])
    assert isinstance(rest, Decimal)
    assert abs(rest) < abs(divisor)
    assert rest == 0 or (rest < 0) == (divisor < 0)
    assert (dividend - rest) % divisor == 0


ROUNDED = """
scale  number  up    down  half_up  half_down  floor  ceiling  decimal
0      5.5     6     5     6        5          5      6        6
0      2.5     3     2     3        2          2      3        2
0      1.6     2     1     2        2          1      2        2
0      1.1     2     1     1        1          1      2        1
0      -1.1    -2    -1    -1       -1         -2     -1       -1
0      -2.5    -3    -2    -3       -2         -3     -2       -2
1      1.25    1.3   1.2   1.3      1.2        1.2    1.3      1.2
-1     15      20    10    20       10         10     20       20
-1     25      30    20    30       20         20     30       20
2      7       7     7     7        7          7      7        7
"""
WAYS = ("round up", "round down", "round half up", "round half down", "floor", "ceiling", "decimal")


@pytest.mark.parametrize("row", ROUNDED.strip().splitlines()[1:])
def test_rounding(row: str) -> None:
    scale, number, *expected = (Decimal(cell) for cell in row.split())
    assert [FUNCTIONS[way].call([number, scale]) for way in WAYS] == expected


def test_text_that_would_be_too_long_is_refused() -> None:
    with pytest.raises(FeelLimit):
        add("a" * 600_000, "b" * 600_000)
