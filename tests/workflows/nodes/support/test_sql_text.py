"""SQL with values: what stands where, and that no value ever becomes text."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.workflows.nodes.support.sql_lexing import SqlProblem, tokens
from apps.workflows.nodes.support.sql_rows import quoted
from apps.workflows.nodes.support.sql_text import bind, parse_sql

DIALECTS = ("postgres", "mysql", "sqlite")


def bound(text: str, dialect: str = "postgres", blocks: Any = (), given: Any = ()) -> list[tuple[str, list[Any]]]:
    """Each statement with ``«n»`` where values stand, and the values."""
    made = []
    for pieces in parse_sql(text.replace("§", "\x00"), dialect, named=isinstance(given, dict)):
        statement = bind(pieces, blocks, given)
        shown = statement.texts[0]
        for slot, after in zip(statement.slots, statement.texts[1:], strict=True):
            shown += f"«{slot}»{after}"
        made.append((shown, list(statement.values)))
    return made


@pytest.mark.parametrize(
    ("text", "dialect", "blocks", "given", "expected"),
    [
        ("SELECT § + §", "postgres", [1, 2], [], ("SELECT «0» + «1»", [1, 2])),
        ("SELECT $2, $1, $2", "postgres", [], ["a", "b"], ("SELECT «0», «1», «0»", ["b", "a"])),
        ("SELECT ?, ?", "mysql", [], [1, 2], ("SELECT «0», «1»", [1, 2])),
        ("SELECT :a, :b, :a", "sqlite", [], {"a": 1, "b": None}, ("SELECT «0», «1», «0»", [1, None])),
        ("SELECT x::text, :a", "postgres", [], {"a": 1}, ("SELECT x::text, «0»", [1])),
        ("SELECT '$1', \"$1\" -- $1\n, $1", "postgres", [], [5], ("SELECT '$1', \"$1\"  \n, «0»", [5])),
        ("SELECT j ? 'a', j ?| x", "postgres", [], [], ("SELECT j ? 'a', j ?| x", [])),
        ("SELECT '%§%'", "postgres", ["a'b"], [], ("SELECT «0»", ["%a'b%"])),
        ("SELECT '§'", "postgres", [5], [], ("SELECT «0»", ["5"])),
        ("SELECT 'it''s §'", "sqlite", ["x"], [], ("SELECT «0»", ["it's x"])),
        (r"SELECT 'a\'§\n'", "mysql", ["x"], [], ("SELECT «0»", ["a'x\n"])),
        ('SELECT "a §"', "mysql", ["x"], [], ("SELECT «0»", ["a x"])),
        ("SELECT INTERVAL  '§ days'", "postgres", [3], [], ("SELECT CAST(«0» AS INTERVAL)", ["3 days"])),
        ("SELECT /* § /* § */ */ §", "postgres", [1, 2, 3], [], ("SELECT   «0»", [3])),
        ("SELECT $q$ ; $1 $q$, §", "postgres", [1], [], ("SELECT $q$ ; $1 $q$, «0»", [1])),
        ("SELECT EXTRACT(year FROM §)", "postgres", ["x"], [], ("SELECT EXTRACT(year FROM «0»)", ["x"])),
        ("SELECT a IS DISTINCT FROM §", "postgres", [1], [], ("SELECT a IS DISTINCT FROM «0»", [1])),
        ("SELECT [a;b], `c;d`, §", "sqlite", [1], [], ("SELECT [a;b], `c;d`, «0»", [1])),
        ("SELECT 1 # ; §\n, §", "mysql", [1, 2], [], ("SELECT 1  \n, «0»", [2])),
        ("SELECT 5--§", "mysql", [1], [], ("SELECT 5--«0»", [1])),
    ],
)  # fmt: skip
def test_where_values_stand(text: str, dialect: str, blocks: Any, given: Any, expected: Any) -> None:
    assert bound(text, dialect, blocks, given) == [expected]


def test_statements_are_separated_where_they_end() -> None:
    found = bound("SELECT ';'; ; INSERT INTO t VALUES (?) ; UPDATE t SET a = ?;", "sqlite", given=[1, 2])
    assert [text.strip() for text, _ in found] == ["SELECT ';'", "INSERT INTO t VALUES («0»)", "UPDATE t SET a = «0»"]
    assert [values for _, values in found] == [[], [1], [2]]


def test_what_a_trigger_does_is_one_statement() -> None:
    text = "CREATE TRIGGER x AFTER INSERT ON t BEGIN UPDATE t SET a = 1; DELETE FROM u; END;"
    assert len(bound(text, "sqlite")) == 1


@pytest.mark.parametrize(
    ("text", "dialect", "words"),
    [
        ("§", "postgres", "itself"),
        ("SELECT * FROM §", "postgres", "not for a name"),
        ("SELECT * FROM public.§", "postgres", "not for a name"),
        ("SELECT * FROM t_§", "postgres", "not for a name"),
        ("SELECT * FROM §_t", "postgres", "itself|not for a name"),
        ("SELECT a§", "mysql", "not for a name"),
        ("SELECT §a", "mysql", "not for a name"),
        ("SELECT §.a", "mysql", "not for a name"),
        ("SELECT 1§", "mysql", "not for a name"),
        ("SELECT § §", "mysql", "not for a name"),
        ('SELECT "§"', "postgres", "not for a name"),
        ("SELECT `§`", "mysql", "not for a name"),
        ("SELECT [§]", "sqlite", "not for a name"),
        ("SELECT a ORDER BY §", "postgres", "not for a name"),
        ("INSERT INTO § VALUES (1)", "mysql", "not for a name"),
        ("SELECT E'a§'", "postgres", "this kind of quote"),
        ("SELECT $$ § $$", "postgres", "this kind of quote"),
        ("SELECT 'a", "postgres", "never closed"),
        ("SELECT /* a", "postgres", "never closed"),
        ("SELECT /* a", "mysql", "never closed"),
        ("SELECT $a$ x", "postgres", "never closed"),
        ("SELECT /*!50000 1 */", "mysql", "server carries out"),
        ("", "mysql", "no statement"),
        (" ; -- x\n;", "mysql", "no statement"),
        ("COMMIT", "postgres", "COMMIT is not possible"),
        ("SELECT 1; rollback", "mysql", "ROLLBACK is not possible"),
        ("/* x */ begin", "sqlite", "BEGIN is not possible"),
        ("SET sql_mode = 'ANSI_QUOTES'", "mysql", "SET is not possible"),
        ("SET NAMES gbk", "mysql", "SET is not possible"),
        ("SET SESSION TRANSACTION READ WRITE", "postgres", "SET is not possible"),
        ("LOCK TABLES t WRITE", "mysql", "LOCK is not possible"),
        ("SELECT 1;" * 101, "mysql", "100 statements"),
        ("x" * 200_001, "mysql", "longer"),
    ],
)
def test_what_is_refused(text: str, dialect: str, words: str) -> None:
    with pytest.raises(SqlProblem, match=words):
        bound(text, dialect, blocks=["x", "y"])


@pytest.mark.parametrize(("text", "given"), [("SELECT $2", [1]), ("SELECT $0", [1]), ("SELECT :b", {"a": 1})])
def test_a_value_that_is_not_there(text: str, given: Any) -> None:
    with pytest.raises(SqlProblem, match="value"):
        bound(text, given=given)


@given(st.sampled_from(DIALECTS), st.text(alphabet=" '\"`$?:;-/*[]#\\aE1\x00\n!|", max_size=40))
def test_tokens_are_the_whole_text_or_a_refusal(dialect: str, text: str) -> None:
    try:
        assert "".join(token.text for token in tokens(text, dialect)) == text
        statements = parse_sql(text, dialect)
    except SqlProblem:
        return
    # A block is never left in a text.
    assert not any("\x00" in piece for pieces in statements for piece in pieces if isinstance(piece, str))


@given(st.text(max_size=50).filter(lambda text: "\x00" not in text))
def test_sqlite_reads_a_quoted_block_as_the_whole_text(value: str) -> None:
    value = value.encode("utf-8", "replace").decode()
    ((text, values),) = bound("SELECT 'a''b §'", "sqlite", blocks=[value])
    with sqlite3.connect(":memory:") as connection:
        assert connection.execute(text.replace("«0»", "?1"), values).fetchone() == (f"a'b {value}",)
    connection.close()


@given(st.text(min_size=1, max_size=30).filter(lambda text: "\x00" not in text))
def test_a_quoted_name_is_one_name(name: str) -> None:
    name = name.encode("utf-8", "replace").decode()
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f"CREATE TABLE t ({quoted(name, 'sqlite')} int)")
        assert connection.execute("SELECT * FROM t").description[0][0] == name
    connection.close()


@pytest.mark.parametrize("name", ["", "a\x00", "x" * 129])
def test_what_cannot_be_a_name(name: str) -> None:
    with pytest.raises(SqlProblem):
        quoted(name, "postgres")
