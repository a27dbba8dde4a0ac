"""Code 1–2 and the old Function and Function item nodes."""

from __future__ import annotations

import re

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Unmapped
from exprsn.kernel.jsonvalue import JsonObject

_OUTSIDE = {
    "this.getWorkflowStaticData": "static data of “this”",
    "require(": "modules",
    "this.helpers": "n8n's helpers",
    "$helpers": "n8n's helpers",
    "fetch(": "the network",
}
_PYTHON = frozenset({"python", "pythonNative"})
_PYTHON_OUTSIDE = {
    r"\b_getWorkflowStaticData\b": "static data",
    r"^\s*(?:import|from)\s+(?:requests|httpx|urllib3|aiohttp|socket|http)\b|\burllib\.request\b": "the network",
    r"^\s*(?:import|from)\s+(?:js|pyodide|micropip)\b": "JavaScript from Python",
    r"^\s*(?:import|from)\s+(?:numpy|pandas|bs4|lxml|dateutil|pytz|yaml|scipy|PIL)\b": "packages",
    r"\b_(?:now|today)\.(?:to[A-Z]|plus|minus|setZone|startOf|endOf|diff)": "Luxon's dates (here they are Python's)",
    r"\b_jmespath\b": "JMESPath",
    r"(?<![\w.])open\(": "files",
}


@converts("code")
def convert_code(source: Source) -> Converted:
    """JavaScript and Python, of before 2.0 (in a browser's Python) and after."""
    parameters = source.parameters
    language = parameters.text("language", "javaScript")
    if language not in {"javaScript", *_PYTHON}:
        raise Unmapped(f"Code in {language[:30]} is not supported.")
    mode = parameters.fixed("mode", "runOnceForAllItems", "runOnceForAllItems", "runOnceForEachItem")
    # The code of the other language stays in the export when somebody changes the language.
    parameters.ignore("jsCode" if language in _PYTHON else "pythonCode", "notice")
    if language in _PYTHON:
        return _python(parameters.text("pythonCode"), each_item=mode == "runOnceForEachItem")
    return _code(parameters.text("jsCode"), each_item=mode == "runOnceForEachItem")


@converts("function")
def convert_function(source: Source) -> Converted:
    """Function: the items are in ``items``."""
    code = source.parameters.text("functionCode")
    return _code(_with_variable("items", "$input.all()", code), each_item=False)


@converts("functionItem")
def convert_function_item(source: Source) -> Converted:
    """Function item: the item's JSON is in ``item``."""
    code = source.parameters.text("functionCode")
    if "BinaryData" in code:
        raise Unmapped("Code that handles files is not supported.")
    return _code(_with_variable("item", "$json", code), each_item=True)


def _with_variable(name: str, value: str, code: str) -> str:
    if re.search(rf"\b(?:let|const|var)\s+{name}\b", code):
        return code
    return f"var {name} = {value};\n{code}"


def _python(code: str, *, each_item: bool) -> Converted:
    """The names of both of n8n's Pythons are there; of what its browser's Python lent from JavaScript, nothing is."""
    used = {what for pattern, what in _PYTHON_OUTSIDE.items() if re.search(pattern, code, re.MULTILINE)}
    return _converted("python", code, used, each_item=each_item)


def _code(code: str, *, each_item: bool) -> Converted:
    used = {what for word, what in _OUTSIDE.items() if word in code}
    return _converted("javascript", code, used, each_item=each_item)


def _converted(language: str, code: str, used: set[str], *, each_item: bool) -> Converted:
    if not code.strip():
        raise Unmapped("The node has no code.")
    warnings = [f"The code uses {what}, which it cannot reach here." for what in sorted(used)]
    made: JsonObject = {
        "language": language,
        "mode": "each_item" if each_item else "all_items",
        "code": code,
    }
    return Converted("code", made, warnings=warnings)
