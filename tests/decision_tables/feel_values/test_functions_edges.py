"""What functions give at the edges: null arguments, positions out of bounds, wrong types, names, conversions."""

import pytest

from tests.decision_tables.feel_values.examples import wrong

TEXTS = """
substring("abc", 0) → null
substring("abc", 2, 0) → null
substring("abc", 2, 99999999999) → "bc"
substring("abc", 1.9) → "abc"
substring(string: "abc", start position: -1) → "c"
substring(string: "abc") → null
substring(start position: 1, text: "abc") → null
substring(["abc"], 2) → "bc"
substring(["abc", "d"], 2) → null
substring(12, 1) → null
substring before("foobar", "") → ""
substring after("foobar", "") → "foobar"
upper case(null) → null
matches("a", "a", null) → true
matches("a", "(") → null
matches("a", "a", "z") → null
replace("a", "a", "$", "q") → "$"
split("a1b", "[0-9]") → ["a", "b"]
string join(["a", 1]) → null
string join(list: ["a", "b"], delimiter: "-") → "a-b"
string join("a") → "a"
"""
NUMBERS = """
decimal(1, 7000) → null
decimal(1.5, 100) → 1.5
decimal(0.5, -6000) → 0
round up(1, -5) → 100000
floor(1.5, 0.9) → 1
floor(1.56, null) → null
abs(@"-P1Y2M") → @"P1Y2M"
abs(@"2026-01-01") → null
abs(true) → null
modulo(-10.1, -4.5) → -1.1
modulo(10.1, -4.5) → -3.4
modulo(1e6000, 7) → modulo(modulo(1e3000, 7) * modulo(1e3000, 7), 7)
modulo(1, 1e-6000) → 0
exp(1e6) → null
sqrt(number: 4) → 2
odd(1.5) → false
even(1.5) → false
even(-2) → true
odd(-3) → true
random number() = random number() → false
"""
LISTS = """
count(null) → null
count("a") → 1
list contains(null, 1) → null
list contains([[1], [2]], [2]) → true
list contains(["1"], 1) → false
sublist([1, 2], 0) → null
sublist([1, 2], 1, 0) → null
sublist([1, 2], 3) → null
append([1], null) → [1, null]
append([1]) → null
append(list: [1], item: 2) → [1, 2]
append(list: [1]) → null
concatenate([1], null) → null
concatenate(list: [1]) → [1]
concatenate() → null
remove([1], 2) → null
remove([1, 2], -1) → [1]
list replace([1], 2, 5) → null
list replace([1, 2], -1, 5) → [1, 5]
list replace([1], function(item, new) null, 5) → null
list replace(list: [1, 2], match: function(item, new) item = 1, newItem: 0) → [0, 2]
index of([1, null, 1], null) → [2]
union([1, 1], [null]) → [1, null]
distinct values([1, 1.0, true, "1", null, null]) → [1, true, "1", null]
distinct values([{a: 1, b: 2}, {b: 2, a: 1}]) → [{a: 1, b: 2}]
duplicate values([null, null]) → [null]
flatten("a") → ["a"]
sort([1, 2], function(x, y) null) → null
sort([1, 2], function(x) x) → null
sort([1, 2], 1) → null
sort([{a: 2}, {a: 1}], function(x, y) x.a < y.a) → [{a: 1}, {a: 2}]
sort(precedes: function(x, y) x < y, list: [2, 1]) → [1, 2]
"""
AGGREGATES = """
min(null) → null
min([1, "a"]) → null
min([true]) → null
min(list: [2, 1]) → 1
max(@"P1D", @"PT25H") → @"PT25H"
sum(1, "2") → null
sum(5) → 5
sum([9e6144, 9e6144]) → null
mean([]) → null
mean([9e6144, 9e6144]) → null
mean(1, 2) → 1.5
product([9e6144, 10]) → null
median([]) → null
stddev([]) → null
stddev([9e6144, 9e6144]) → null
mode(null) → null
mode([1, null]) → null
all([true, "x"]) → null
all([null, false]) → false
any(["x"]) → null
any([null, true]) → true
all(null) → null
not("a") → null
"""
CONTEXTS = """
get value(null, "a") → null
get value({a: 1}, []) → null
get value({a: 1}, ["a", "b"]) → null
get value({a: 1}, [1]) → null
get value(context: {a: 1}, key: "a") → 1
get value(m: {a: 1}, keys: ["a"]) → 1
context([{key: "a"}]) → null
context([{key: "a", value: null}]) → {a: null}
context([{key: 1, value: 1}]) → null
context([1]) → null
context([{key: "a", value: 1}, {key: "a", value: 2}]) → null
context({key: "a", value: 1}) → {a: 1}
context put({a: 1}, [], 2) → null
context put({a: 1}, ["a", "b"], 2) → null
context put({a: 1}, ["x", "b"], 2) → null
context put({a: 1}, ["x", 1], 2) → null
context put({a: 1}, ["x"], 2) → {a: 1, x: 2}
context put({a: 1}, "a", null) → {a: null}
context merge([{a: 1}, null]) → null
context merge({a: 1}) → {a: 1}
"""
CONVERSIONS = """
number("1,000", ";", ".") → null
number("1,000", ",", ",") → null
number("1.000", null, ",") → null
number("1,5", null, ",") → 1.5
number(from: "1,5", decimal separator: ",") → 1.5
number("1e3") → 1000
number("1e99999") → null
number("NaN") → null
number("") → null
number(1) → null
string(true) → "true"
string([null, @"PT1H", "a\\"b"]) → "[null, @\\"PT1H\\", \\"a\\\\\\"b\\"]"
string({"a b": 1, "{": 2}) → "{a b: 1, \\"{\\": 2}"
string(function(a, b) a) → "function(a, b)"
date(2026, 1.5, 1) → null
date(1e20, 1, 1) → null
date(@"2026-01-01") → @"2026-01-01"
date(null) → null
time(@"10:00:00") → @"10:00:00"
time(@"2026-01-01") → @"00:00:00Z"
time(10, 0, 60) → null
time(10.5, 0, 0) → null
time(10, 0, 0, null) → @"10:00:00"
time(10, 0, 0, @"PT19H") → null
time(hour: 10, minute: 0, second: 0, offset: @"-PT1H") → @"10:00:00-01:00"
date and time(@"2026-01-01") → @"2026-01-01T00:00:00Z"
date and time(@"2026-01-01T00:00:00") → @"2026-01-01T00:00:00"
date and time(@"2026-01-01T05:00:00", @"10:00:00Z") → @"2026-01-01T10:00:00Z"
date and time(2026, 2, 30, 1, 1, 1) → null
date and time(2026, 1, 1, 25, 1, 1) → null
date and time(2026, 1, 1, 1, 1, 1, 25) → null
date and time(2026, 1, 1, 1, 1, 1, @"-PT30M") → @"2026-01-01T01:01:01-00:30"
date and time(2026, 1, 1, 1, 1, 1, "Nowhere/City") → null
date and time(2026, 2, 30, 1, 1, 1, "Europe/Paris") → null
duration(null) → null
years and months duration(@"2026-01-31", @"2026-02-28") → @"P0M"
years and months duration(@"2026-01-01T10:00:00Z", @"2027-01-01") → @"P1Y"
years and months duration(@"2026-02-28", @"2026-01-31") → @"P0M"
years and months duration("2026", @"2026-01-31") → null
"""
RANGES = """
range("") → null
range("[..]") → null
range("(..)") → null
range("[..5]") → null
range("[1..]") → null
range("[1..) ").start → 1
range("[1..x]") → null
range("[1..\\"a\\"]") → null
range("[1,5]") → null
range("[\\"a..b\\"..\\"c\\\\n\\"]") → ["a..b".."c\\n"]
range("[date(\\"2026-01-01\\")..date(\\"2026-02-01\\")]") → [@"2026-01-01"..@"2026-02-01"]
range("[PT1H..PT2H]") → null
range("[date(\\"x\\")..date(\\"2026-02-01\\")]") → null
range(string([@"PT1H"..@"PT2H"))) → [@"PT1H"..@"PT2H")
before([1..5], "a") → null
before(1, null) → null
before(range("(..5]"), 10) → true
before(range("[5..)"), 10) → false
after(range("[5..)"), 3) → true
includes(range("[5..)"), [7..9]) → true
includes([7..9], range("[5..)")) → false
includes(range("(..5)"), range("(..4)")) → true
starts(range("(..5)"), range("(..9)")) → true
finishes(range("(5..)"), range("(4..)")) → true
meets(range("[5..)"), [1..3]) → false
coincides(1, "a") → null
coincides([1..5], [1..5]) → true
overlaps([1..5], [1..5]) → true
overlaps before([1..5), (1..5]) → true
overlaps after((1..5], [1..5)) → true
overlaps after([1..5], [1..5)) → false
met by([1..2], [5..6]) → false
started by([1..5], [1..6]) → false
is([1], [1]) → true
is(1, "1") → false
is(null, null) → true
is(@"10:00:00@Etc/UTC", @"10:00:00Z") → false
day of week(null) → null
day of year(@"2024-12-31T10:00:00") → 366
week of year(@"2024-12-30") → 1
week of year(@"2027-01-01") → 53
"""


@pytest.mark.parametrize("table", [TEXTS, NUMBERS, LISTS, AGGREGATES, CONTEXTS, CONVERSIONS, RANGES])
def test_functions_at_their_edges(table: str) -> None:
    assert wrong(table.strip().split("\n")) == []
