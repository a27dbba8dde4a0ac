"""The reserved words, and what of JavaScript is left to tier 2."""

from __future__ import annotations

from typing import Any, Final

from exprsn.kernel.expressions.errors import UnsupportedExpression
from exprsn.kernel.expressions.syntax.tokens import Kind, Token

CONSTANTS: Final[dict[str, Any]] = {"true": True, "false": False, "null": None}
VALUE_WORDS: Final = frozenset(
    {"function", "class", "this", "super", "async", "await", "yield", "import", "delete", "instanceof"}
)
STATEMENT_WORDS: Final = frozenset(
    {
        "let", "const", "var", "if", "for", "while", "do", "try", "switch", "throw", "return", "debugger",
        "break", "continue", "export", "with",
    }
)  # fmt: skip
RESERVED: Final = frozenset(
    VALUE_WORDS - {"async"} | STATEMENT_WORDS | set(CONSTANTS)
    | {"case", "catch", "default", "else", "enum", "extends", "finally", "in", "new", "typeof", "void"}
)  # fmt: skip
ASSIGNMENTS: Final = frozenset(
    {"=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??="}
)
TIER_2_NAMES: Final = frozenset(
    {
        "AggregateError", "ArrayBuffer", "BigInt", "Buffer", "DataView", "Error", "EvalError", "Float32Array",
        "Float64Array", "Function", "Int16Array", "Int32Array", "Int8Array", "Intl", "Map", "Promise", "Proxy",
        "RangeError", "ReferenceError", "Reflect", "RegExp", "Symbol", "SyntaxError", "TextDecoder",
        "TextEncoder", "TypeError", "URIError", "URL", "URLSearchParams", "Uint16Array", "Uint32Array",
        "Uint8Array", "Uint8ClampedArray", "WeakMap", "WeakRef", "WeakSet", "arguments", "console", "crypto",
        "escape", "eval", "globalThis", "structuredClone", "unescape",
    }
)  # fmt: skip


def unsupported(what: str, offset: int) -> UnsupportedExpression:
    """The refusal of something that tier 2 may do."""
    verb = "belong" if what.endswith("s") else "belongs"
    return UnsupportedExpression(f"{what} {verb} in a code node.", offset=offset)


def refused_token(token: Token, *, is_first: bool) -> UnsupportedExpression | None:
    """The refusal of a token that begins valid JavaScript beyond tier 1; None where it is simply wrong."""
    if token.kind is Kind.REGEX:
        return unsupported("Regular expressions", token.start)
    if token.kind is Kind.BIGINT:
        return unsupported("BigInt numbers", token.start)
    if token.kind is Kind.NAME and (token.value in VALUE_WORDS or (is_first and token.value in STATEMENT_WORDS)):
        return unsupported(f"“{token.value}”", token.start)
    return None
