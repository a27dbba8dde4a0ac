"""What happens inside the jail of Python: one run of a code node, JSON texts in, a JSON text out.

Nothing here keeps code from anything: it is ordinary Python, and the jail is the wall.
"""

from __future__ import annotations

import ast
import importlib
import json
import sys
import zoneinfo
from collections.abc import Callable
from typing import Any

from exprsn.sandbox.python_results import SOURCE, Refused, as_item, as_items, described
from exprsn.sandbox.python_world import Logs, Record, names_at, names_for, records

# No file can be opened in the jail, so whatever code may import is imported before. `docs/nodes/code.md` lists them.
MODULES = (
    "abc", "array", "ast", "base64", "binascii", "bisect", "calendar", "cmath", "codecs", "collections",
    "collections.abc", "colorsys", "contextlib", "copy", "csv", "dataclasses", "datetime", "decimal", "difflib",
    "email", "email.message", "email.mime.multipart", "email.mime.text", "email.parser", "email.policy",
    "email.utils", "enum", "fnmatch", "fractions", "functools", "graphlib", "gzip", "hashlib", "heapq", "hmac",
    "html", "html.entities", "html.parser", "inspect", "io", "ipaddress", "itertools", "json", "keyword", "locale",
    "logging", "math", "mimetypes", "numbers", "operator", "os", "pprint", "quopri", "random", "re", "secrets",
    "shlex", "statistics", "string", "struct", "sys", "textwrap", "time", "traceback", "types", "typing",
    "unicodedata", "urllib.parse", "uuid", "warnings", "xml.etree.ElementTree", "xml.sax.saxutils", "zlib",
    "zoneinfo", "encodings.ascii", "encodings.cp1252", "encodings.idna", "encodings.latin_1", "encodings.utf_16",
    "encodings.utf_8_sig", "encodings.punycode", "encodings.hex_codec", "encodings.base64_codec",
)  # fmt: skip
_FRAME = "def code(): pass"

for _module in MODULES:
    importlib.import_module(_module)
_ZONES = [zoneinfo.ZoneInfo(name) for name in sorted(zoneinfo.available_timezones())]


def run_code(request: dict[str, Any]) -> dict[str, Any]:
    """Run the code of a request; the answer is ``{ok, items, logs}`` or ``{ok: False, code, message, …}``."""
    logs = Logs(request["log_lines"])
    sys.stdout, sys.stderr = logs.outputs
    at: list[int] = []
    try:
        items = records(request["items"])
        names = names_for(items, records(request["context"]))
        work = _compiled(request["source"], [*names, *names_at(items, 0)])
        if request["mode"] == "each_item":
            made = _each(work, items, names, at)
        else:
            made = as_items(work(**names, **names_at(items, 0)))
        text = json.dumps(made, ensure_ascii=False, allow_nan=False)
    except BaseException as error:  # noqa: BLE001 - SystemExit of the code is an error of the code
        return {**described(error, at[0] if at else None), "logs": logs.finished()}
    return {"ok": True, "items": text.encode("utf-8", "replace").decode(), "logs": logs.finished()}


def _compiled(source: str, names: list[str]) -> Callable[..., Any]:
    """A function whose body the code is. What it sees are parameters, so that it may assign to them."""
    tree = ast.parse(source, SOURCE)
    frame = ast.parse(_FRAME, SOURCE)
    function = frame.body[0]
    assert isinstance(function, ast.FunctionDef)
    function.args.args = [ast.arg(arg=name, lineno=1, col_offset=0) for name in names]
    function.body = tree.body or function.body
    ast.fix_missing_locations(frame)
    space: dict[str, Any] = {"__name__": "code", "Record": Record}
    exec(compile(frame, SOURCE, "exec"), space)  # noqa: S102 - the jail is what this is for
    made: Callable[..., Any] = space["code"]
    return made


def _each(work: Callable[..., Any], items: list[Any], names: dict[str, Any], at: list[int]) -> list[dict[str, Any]]:
    made = []
    for position in range(len(items)):
        at[:] = [position]
        value = work(**names, **names_at(items, position))
        if value is None:
            continue
        if not isinstance(value, dict):
            raise Refused("Code that runs for each item must return one dict, or None to drop the item.", position)
        item = as_item(value, position)
        item.setdefault("paired_item", [{"item": position, "input": 0}])
        made.append(item)
    return made


KINDS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"python": run_code}
