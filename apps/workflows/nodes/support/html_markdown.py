"""HTML as Markdown: headings, paragraphs, emphasis, links, images, lists, quotes, code and tables.

What Markdown has no sign for is left out and its text kept. The depth of a parsed tree is bounded, so this recurses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from apps.workflows.nodes.support.html_text import HIDDEN
from apps.workflows.nodes.support.html_tree import BadHtml, Element

MAX_CELLS = 200_000
MAX_TEXT = 5_000_000
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_SPECIAL = re.compile(r"([\\`*_\[\]<~]|&(?=#?\w{1,40};))")
_LEADING = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-+\s*$|(\d{1,9})(?=[.)](?:\s|$)))", re.MULTILINE)
_RUNS = re.compile(r"`+")
_MANY_BREAKS = re.compile(r"\n{3,}")
_CONTAINERS = frozenset(
    {
        "address", "article", "aside", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "header", "html", "main", "nav", "p", "section", "summary",
    }
)  # fmt: skip
_WRAPPED = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~", "strike": "~~"}


def markdown_of(root: Element) -> str:
    """The Markdown of a tree, without blank lines around it. Raises ``BadHtml`` when it would be too long."""
    return _tidy(_inside(root)).strip("\n")


def _tidy(text: str) -> str:
    lines = [line.rstrip() if not line.endswith("  ") or not line.strip() else line for line in text.split("\n")]
    return _MANY_BREAKS.sub("\n\n", "\n".join(lines))


def _inside(element: Element) -> str:
    """The Markdown of what stands in an element."""
    parts = [_text(element.text)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in HIDDEN:
            parts.append(_one(child))
        parts.append(_text(child.tail))
    joined = _joined(parts)
    if len(joined) > MAX_TEXT:  # quotes and lists inside of one another put signs before every line
        raise BadHtml(f"The Markdown would have more than {MAX_TEXT} characters.")
    return joined


def _joined(parts: list[str]) -> str:
    """Parts one after the other; spaces beside a line break are no spaces."""
    made: list[str] = []
    for part in parts:
        if part and made and made[-1].endswith("\n"):
            part = part.lstrip(" ")
        elif part.startswith("\n\n") and made:
            made[-1] = made[-1].rstrip(" ")
        if part:
            made.append(part)
    return "".join(made)


def _text(text: str | None) -> str:
    if not text:
        return ""
    escaped = _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", text))
    return _LEADING.sub(lambda found: f"{found[1]}{found[3]}\\" if found[3] else f"{found[1]}\\{found[2]}", escaped)


def _one(element: Element) -> str:
    tag = str(element.tag)
    if tag in _CONTAINERS:
        return _block(_inside(element).strip(" "))
    if tag in _WRAPPED:
        return _wrapped(_inside(element), _WRAPPED[tag])
    if tag in _WRITERS:
        return _WRITERS[tag](element)
    return _inside(element)


def _block(text: str) -> str:
    text = text.strip("\n")
    return f"\n\n{text}\n\n" if text.strip() else ""


def _wrapped(text: str, sign: str) -> str:
    inner = text.strip()
    if not inner or "\n\n" in inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{sign}{inner}{sign}{after}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _heading(element: Element) -> str:
    return _block(f"{'#' * int(str(element.tag)[1])} {_line(_inside(element))}".rstrip(" #"))


def _link(element: Element) -> str:
    text, address = _inside(element), _address(element.get("href"))
    if not address or "\n\n" in text.strip():
        return text
    label = _line(text)
    return f"[{label}]({address}{_title(element)})" if label else ""


def _image(element: Element) -> str:
    address = _address(element.get("src"))
    return f"![{_line(_text(element.get('alt')))}]({address}{_title(element)})" if address else ""


def _address(address: str | None) -> str:
    address = (address or "").strip()
    if any(sign in address for sign in " ()<>\n"):
        address = address.replace("\n", "").replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
        address = address.replace("(", "%28").replace(")", "%29")
    return address


def _title(element: Element) -> str:
    title = _line(element.get("title") or "")
    return ' "' + title.replace("\\", "\\\\").replace('"', '\\"') + '"' if title else ""


def _raw(element: Element) -> str:
    """The text as it stands."""
    inside = "".join(("\n" if child.tag == "br" else _raw(child)) + (child.tail or "") for child in element)
    return (element.text or "") + inside


def _fence(text: str, least: int) -> str:
    return "`" * max(least, max((len(run) for run in _RUNS.findall(text)), default=0) + 1)


def _code(element: Element) -> str:
    text = _SPACES.sub(" ", _raw(element))
    if not text.strip():
        return ""
    fence = _fence(text, 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _pre(element: Element) -> str:
    text = _raw(element).strip("\n")
    inner = element.find("code")
    classes = (element if inner is None else inner).get("class") or ""
    language = next((name.removeprefix("language-") for name in classes.split() if name.startswith("language-")), "")
    fence = _fence(text, 3)
    return f"\n\n{fence}{language}\n{text}\n{fence}\n\n"


def _quote(element: Element) -> str:
    lines = _tidy(_inside(element)).strip("\n").split("\n")
    return _block("\n".join(f"> {line}".rstrip(" ") for line in lines)) if any(lines) else ""


def _list(element: Element) -> str:
    start = element.get("start") or ""
    number = int(start) if start.isdecimal() and len(start) < 9 else 1
    lines = []
    for child in element:
        if child.tag in ("ul", "ol"):
            lines.append(_indented(_list(child).strip("\n"), "  "))
        elif child.tag == "li":
            sign = f"{number}. " if element.tag == "ol" else "- "
            number += 1
            lines.append(sign + _indented(_item(child), " " * len(sign)).lstrip(" "))
    return _block("\n".join(lines))


def _item(element: Element) -> str:
    """An item's text; a list in it follows without a blank line."""
    return re.sub(r"\n\n(?=(?:[-+*]|\d+\.) )", "\n", _tidy(_inside(element)).strip())


def _indented(text: str, by: str) -> str:
    return "\n".join(by + line if line else line for line in text.split("\n"))


def _table(element: Element) -> str:
    parts = [part for child in element for part in (child if child.tag in ("thead", "tbody", "tfoot") else [child])]
    rows = [part for part in parts if part.tag == "tr"]
    cells = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in rows]
    width = max((len(row) for row in cells), default=0)
    if not width:
        return _block(_inside(element))
    if width * len(cells) > MAX_CELLS:
        return _block("\n".join(" ".join(row) for row in cells))
    head, *body = [row + [""] * (width - len(row)) for row in cells]
    lines = [head, ["---"] * width, *body]
    return _block("\n".join(f"| {' | '.join(row)} |" for row in lines))


def _cell(element: Element) -> str:
    return _line(_inside(element)).replace("|", "\\|")


_WRITERS: Mapping[str, Callable[[Element], str]] = {
    **{f"h{level}": _heading for level in range(1, 7)},
    "a": _link,
    "br": lambda element: "  \n",
    "blockquote": _quote,
    "code": _code,
    "hr": lambda element: "\n\n---\n\n",
    "img": _image,
    "kbd": _code,
    "ol": _list,
    "pre": _pre,
    "table": _table,
    "tt": _code,
    "ul": _list,
}
