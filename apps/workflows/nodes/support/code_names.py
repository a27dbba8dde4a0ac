"""Which other nodes a piece of code names, so that only their items travel into the sandbox.

When that cannot be told for certain (a computed name, an alias, code made from text), the answer is None: all.
Nothing is parsed here; code of users is not worth the risk outside of the sandbox.
"""

from __future__ import annotations

import re

_TEXT = r"""(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`)"""
_PYTHON_TEXT = r"""(?:"([^"\\\n]+)"|'([^'\\\n]+)')"""
_IDENTIFIER = r"([A-Za-z_$][\w$]*)"

# Every place where one of the roots stands alone, and the forms of such a place that name a node.
_JAVASCRIPT_ROOT = re.compile(r"(?<![\w$])\$(?:node|items)?(?![\w${])")
_JAVASCRIPT_NAMED = tuple(
    re.compile(form)
    for form in (
        rf"\$\s*\(\s*{_TEXT}\s*\)",
        rf"\$node\s*(?:\[\s*{_TEXT}\s*\]|\.\s*{_IDENTIFIER})",
        rf"\$items\s*\(\s*(?:\)|{_TEXT}\s*[,)])",
    )
)
_JAVASCRIPT_HIDDEN = re.compile(r"\b(?:eval|Function|constructor|globalThis|Reflect|with)\b|\\u\{?0*24|\\x24")

_PYTHON_ROOT = re.compile(r"(?<![\w.])_(?:node)?(?!\w)")
_PYTHON_NAMED = tuple(
    re.compile(form) for form in (rf"_\s*\(\s*{_PYTHON_TEXT}\s*\)", rf"_node\s*\[\s*{_PYTHON_TEXT}\s*\]")
)
# ``for _ in``, ``_, x =``, ``x, _ =``: a name for what is not wanted.
_PYTHON_UNWANTED = re.compile(r"_\s*(?:in\b|,|=(?!=)|\)\s*(?:in\b|=(?!=)))")
_PYTHON_HIDDEN = re.compile(r"\b(?:eval|exec|locals|vars|globals|compile|_getframe|f_locals|inspect)\b")


def named_nodes(source: str, language: str) -> frozenset[str] | None:
    """The names of nodes in the source, or None when it may name any."""
    if language == "python":
        return _named(source, _PYTHON_HIDDEN, _PYTHON_ROOT, _PYTHON_NAMED, _PYTHON_UNWANTED)
    return _named(source, _JAVASCRIPT_HIDDEN, _JAVASCRIPT_ROOT, _JAVASCRIPT_NAMED, None)


def _named(
    source: str,
    hidden: re.Pattern[str],
    root: re.Pattern[str],
    forms: tuple[re.Pattern[str], ...],
    unwanted: re.Pattern[str] | None,
) -> frozenset[str] | None:
    if hidden.search(source):
        return None
    names: set[str] = set()
    for place in root.finditer(source):
        if unwanted is not None and unwanted.match(source, place.start()):
            continue
        found = next(filter(None, (form.match(source, place.start()) for form in forms)), None)
        if found is None:
            return None
        names.update(name for name in found.groups() if name is not None)
    return frozenset(names)
