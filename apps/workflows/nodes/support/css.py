"""CSS selectors on trees: parsed by cssselect, matched here, because a budget of steps must bound the matching."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from cssselect import SelectorError, parser

from apps.workflows.nodes.support.html_tree import Element

MAX_SELECTOR = 1_000
MAX_STEPS = 2_000_000
_STRUCTURE = ("nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type")
_SHORT = {
    "first-child": ("nth-child", 0, 1), "last-child": ("nth-last-child", 0, 1), "first-of-type": ("nth-of-type", 0, 1),
    "last-of-type": ("nth-last-of-type", 0, 1),
}  # fmt: skip


class BadSelector(ValueError):
    """A selector that is not understood or not supported."""


class SelectionTooCostly(Exception):
    """Selector and tree together would take longer than a node may spend."""


class Document:
    """A tree to select from, with the steps that may be spent on it."""

    def __init__(self, root: Element, steps: int = MAX_STEPS) -> None:
        self.root = root
        # Kept, so that an element is always the same object and places can be remembered by it.
        self.elements = [element for element in root.iter() if isinstance(element.tag, str)]
        self._places: dict[Element, dict[str, dict[Element, int]]] = {}
        self._steps = steps
        self._sizes: dict[Element, int] = {}

    def spend(self, steps: int = 1) -> None:
        """Take steps off the budget. Raises ``SelectionTooCostly``."""
        self._steps -= steps
        if self._steps < 0:
            raise SelectionTooCostly("The selector takes too long on this HTML.")

    def select(self, selector: str, within: Element | None = None) -> list[Element]:
        """The elements that a selector means, in document order. Raises ``BadSelector``, ``SelectionTooCostly``."""
        matches = compile_selector(selector)
        found = self.elements if within is None else [e for e in within.iterdescendants() if isinstance(e.tag, str)]
        return [element for element in found if matches(self, element)]

    def size(self, element: Element) -> int:
        """How many elements there are in this one, itself included."""
        if not self._sizes:
            for one in reversed(self.elements):
                own = self._sizes[one] = self._sizes.get(one, 0) + 1
                parent = one.getparent()
                if parent is not None:
                    self._sizes[parent] = self._sizes.get(parent, 0) + own
        return self._sizes[element]

    def place(self, element: Element, kind: str) -> int:
        """The place of an element among its siblings from 1, counted as an ``nth-`` selector of this kind does."""
        parent = element.getparent()
        if parent is None:
            return 1
        by_kind = self._places.setdefault(parent, {})
        if kind not in by_kind:
            siblings = [child for child in parent if isinstance(child.tag, str)]
            self.spend(len(siblings))
            by_kind[kind] = _places(reversed(siblings) if "last" in kind else iter(siblings), "type" in kind)
        return by_kind[kind][element]


Matches = Callable[[Document, Element], bool]


def _places(siblings: Iterator[Element], by_type: bool) -> dict[Element, int]:
    counts: dict[object, int] = {}
    places = {}
    for sibling in siblings:
        key = sibling.tag if by_type else None
        places[sibling] = counts[key] = counts.get(key, 0) + 1
    return places


@lru_cache(maxsize=256)
def compile_selector(selector: str) -> Matches:
    """A selector, or several with commas. Raises ``BadSelector``."""
    if len(selector) > MAX_SELECTOR:
        raise BadSelector(f"A selector may have at most {MAX_SELECTOR} characters.")
    try:
        parsed = parser.parse(selector)
        if any(one.pseudo_element is not None for one in parsed):
            raise BadSelector("Pseudo-elements (::before) cannot be selected.")
        return _any_of([_compiled(one.parsed_tree) for one in parsed])
    except (SelectorError, RecursionError) as problem:
        raise BadSelector(f"The selector is not understood: {str(problem)[:200]}.") from None


def _any_of(choices: Sequence[Matches]) -> Matches:
    return choices[0] if len(choices) == 1 else lambda document, element: any(one(document, element) for one in choices)


def _compiled(tree: object) -> Matches:
    for kind, compile_kind in _KINDS.items():
        if isinstance(tree, kind):
            return compile_kind(tree)
    raise BadSelector(f"This part of a selector is not supported: {str(tree)[:60]}.")


def _with(inner: object, test: Callable[[Element], bool]) -> Matches:
    """Where the inner selector and a test of the element alone both hold."""
    before = _compiled(inner)
    return lambda document, element: before(document, element) and test(element)


def _with_attribute(inner: object, name: str, test: Callable[[str | None], bool]) -> Matches:
    """Where the inner selector holds and an attribute passes a test."""
    before = _compiled(inner)

    def matches(document: Document, element: Element) -> bool:
        if not before(document, element):
            return False
        held = element.get(name)
        document.spend(len(held or "") // 20)
        return test(held)

    return matches


def _element(tree: parser.Element) -> Matches:
    name = (tree.element or "*").lower()

    def matches(document: Document, element: Element) -> bool:
        document.spend()
        return name in ("*", element.tag)

    return matches


def _class(tree: parser.Class) -> Matches:
    return _with_attribute(tree.selector, "class", lambda held: tree.class_name in (held or "").split())


def _hash(tree: parser.Hash) -> Matches:
    return _with_attribute(tree.selector, "id", lambda held: held == tree.id)


_OPERATORS: Mapping[str, Callable[[str, str], bool]] = {
    "=": lambda held, value: held == value,
    "!=": lambda held, value: held != value,
    "~=": lambda held, value: value in held.split(),
    "|=": lambda held, value: held == value or held.startswith(f"{value}-"),
    "^=": lambda held, value: bool(value) and held.startswith(value),
    "$=": lambda held, value: bool(value) and held.endswith(value),
    "*=": lambda held, value: bool(value) and value in held,
}


def _attribute(tree: parser.Attrib) -> Matches:
    name, value = tree.attrib.lower(), "" if tree.value is None else str(tree.value.value)
    if tree.operator == "exists":
        return _with_attribute(tree.selector, name, lambda held: held is not None)
    compare = _OPERATORS[tree.operator]
    folded = str.lower if (tree.flag or "").lower() == "i" else str

    def holds(held: str | None) -> bool:
        return tree.operator == "!=" if held is None else compare(folded(held), folded(value))

    return _with_attribute(tree.selector, name, holds)


def _negation(tree: parser.Negation) -> Matches:
    before, inner = _compiled(tree.selector), _compiled(tree.subselector)
    return lambda document, element: before(document, element) and not inner(document, element)


def _matching(tree: parser.Matching | parser.SpecificityAdjustment) -> Matches:
    before, inner = _compiled(tree.selector), _any_of([_compiled(one) for one in tree.selector_list])
    return lambda document, element: before(document, element) and inner(document, element)


def _relation(tree: parser.Relation) -> Matches:
    """``:has()``."""
    before = _compiled(tree.selector)
    inside = [(str(sign.value).strip(), _compiled(one.parsed_tree)) for sign, one in tree.arguments]

    def has(document: Document, element: Element) -> bool:
        return any(
            matches(document, other) for combinator, matches in inside for other in _related(element, combinator)
        )

    return lambda document, element: before(document, element) and has(document, element)


def _related(element: Element, combinator: str) -> Iterator[Element]:
    if combinator in ("+", "~"):
        for sibling in element.itersiblings():
            if isinstance(sibling.tag, str):
                yield sibling
                if combinator == "+":
                    return
        return
    for below in element if combinator == ">" else element.iterdescendants():
        if isinstance(below.tag, str):
            yield below


def _combined(tree: parser.CombinedSelector) -> Matches:
    left, right = _compiled(tree.selector), _compiled(tree.subselector)
    steps = {" ": _ancestors, ">": _parent, "+": _neighbour, "~": _preceding}[tree.combinator]

    def matches(document: Document, element: Element) -> bool:
        return right(document, element) and any(left(document, other) for other in steps(element))

    return matches


def _ancestors(element: Element) -> Iterator[Element]:
    return element.iterancestors()


def _parent(element: Element) -> Iterator[Element]:
    parent = element.getparent()
    if parent is not None:
        yield parent


def _preceding(element: Element) -> Iterator[Element]:
    return (sibling for sibling in element.itersiblings(preceding=True) if isinstance(sibling.tag, str))


def _neighbour(element: Element) -> Iterator[Element]:
    yield from (sibling for sibling, _ in zip(_preceding(element), range(1), strict=False))


def _pseudo(tree: parser.Pseudo) -> Matches:
    name = tree.ident.lower()
    if name in _SHORT:
        return _nth(tree.selector, *_SHORT[name])
    if name in ("only-child", "only-of-type"):
        kind = name.removeprefix("only-")
        first = _nth(tree.selector, f"nth-{kind}", 0, 1)
        last = _nth(tree.selector, f"nth-last-{kind}", 0, 1)
        return lambda document, element: first(document, element) and last(document, element)
    if name == "root":
        return _with(tree.selector, lambda element: element.getparent() is None)
    if name == "empty":
        return _with(tree.selector, lambda element: len(element) == 0 and not element.text)
    if name in ("checked", "disabled", "selected"):
        return _with(tree.selector, lambda element: element.get(name) is not None)
    raise BadSelector(f":{name[:40]} is not supported.")


def _nth(selector: object, kind: str, step: int, offset: int) -> Matches:
    before = _compiled(selector)

    def matches(document: Document, element: Element) -> bool:
        if not before(document, element):
            return False
        distance = document.place(element, kind) - offset
        return distance == 0 if step == 0 else distance % step == 0 and distance // step >= 0

    return matches


def _function(tree: parser.Function) -> Matches:
    name = tree.name.lower()
    if name in _STRUCTURE:
        try:
            step, offset = parser.parse_series(tree.arguments)
        except ValueError:
            raise BadSelector(f"The count of :{name} is not understood.") from None
        return _nth(tree.selector, name, step, offset)
    if name == "contains" and len(tree.arguments) == 1:
        return _contains(tree.selector, str(tree.arguments[0].value))
    raise BadSelector(f":{name[:40]}() is not supported.")


def _contains(selector: object, wanted: str) -> Matches:
    before = _compiled(selector)

    def matches(document: Document, element: Element) -> bool:
        if not before(document, element):
            return False
        document.spend(document.size(element))
        text = "".join(element.itertext())  # type: ignore[arg-type]
        document.spend(len(text) // 20)
        return wanted in text

    return matches


_KINDS: dict[type, Callable[..., Matches]] = {
    parser.Element: _element,
    parser.Class: _class,
    parser.Hash: _hash,
    parser.Attrib: _attribute,
    parser.Negation: _negation,
    parser.Relation: _relation,
    parser.Matching: _matching,
    parser.SpecificityAdjustment: _matching,
    parser.CombinedSelector: _combined,
    parser.Pseudo: _pseudo,
    parser.Function: _function,
}
