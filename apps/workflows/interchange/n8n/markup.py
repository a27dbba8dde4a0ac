"""HTML 1–1.2 and its forerunner, Markdown, XML."""

from __future__ import annotations

import json
from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Reader, Unmapped
from exprsn.kernel.jsonvalue import JsonObject


@converts("html", "htmlExtract")
def convert_html(source: Source) -> Converted:
    """HTML: extract, template, table."""
    parameters = source.parameters
    known = ("generateHtmlTemplate", "extractHtmlContent", "convertToHtmlTable")
    default = known[1] if source.type.endswith("htmlExtract") else known[0]
    operation = parameters.fixed("operation", default, *known)
    if operation == "extractHtmlContent":
        return Converted("html", _extract(parameters))
    parameters.ignore("sourceData", "dataPropertyName", "extractionValues")
    if operation == "convertToHtmlTable":
        return Converted("html", _table(parameters.inner("options")))
    parameters.ignore("options")
    made: JsonObject = {"operation": "generate", "template": _template(parameters), "output_field": "html"}
    return Converted("html", made)


def _template(parameters: Reader) -> str:
    """n8n evaluates the blocks of this text whether or not it begins with ``=``."""
    text = parameters.text("html")
    return f"={text.removeprefix('=')}" if "{{" in text or text.startswith("=") else text


def _table(options: Reader) -> JsonObject:
    options.ignore("customStyling")
    made: JsonObject = {"operation": "table", "output_field": "table", "capitalize": options.flag("capitalize")}
    if caption := options.text("caption"):
        made["caption"] = caption
    return made


def _extract(parameters: Reader) -> JsonObject:
    parameters.fixed("sourceData", "json", "json")
    options = parameters.inner("options")
    values: list[Any] = [
        _value(entry) for entry in parameters.entries("extractionValues", "values") if entry.get("cssSelector")
    ]
    if not values:
        raise Unmapped("The node does not say what to extract.")
    parameters.ignore("html")
    return {
        "operation": "extract",
        "html": field_expression(parameters),
        "values": values,
        "trim": options.flag("trimValues", True),
        "clean_up": options.flag("cleanUpText", True),
        "include_input": False,
    }


def _value(entry: dict[str, Any]) -> JsonObject:
    kind = str(entry.get("returnValue") or "text")
    if kind not in ("text", "html", "attribute", "value"):
        raise Unmapped(f"Returning {kind[:40]} is not supported.")
    made: JsonObject = {
        "key": str(entry.get("key") or ""),
        "selector": str(entry["cssSelector"]),
        "return": kind,
        "all": entry.get("returnArray") is True,
    }
    if kind == "attribute":
        made["attribute"] = str(entry.get("attribute") or "")
    if entry.get("skipSelectors"):
        made["skip"] = str(entry["skipSelectors"])
    return made


def field_expression(parameters: Reader, default: str = "data") -> str:
    """The value of the field that ``dataPropertyName`` names."""
    name = parameters.fixed("dataPropertyName", default)
    return "={{ $json[" + json.dumps(name, ensure_ascii=False) + "] }}"


# Options of n8n's two libraries that change details of the spelling.
_MARKDOWN_STYLE = (
    "blockElements", "bulletMarker", "codeBlockStyle", "codeFence", "emDelimiter", "globalEscape", "ignore",
    "indent", "keepDataImages", "lineStartEscape", "maxConsecutiveNewlines", "strongDelimiter", "textReplace",
    "useLinkReferenceDefinitions", "backslashEscapesHTMLTags", "customizedHeaderId",
    "disableForced4SpacesIndentedSublists", "emoji", "encodeEmails", "ghCodeBlocks", "ghCompatibleHeaderId",
    "ghMentions", "headerLevelStart", "literalMidWordAsterisks", "literalMidWordUnderscores", "noHeaderId",
    "omitExtraWLInCodeBlocks", "parseImgDimensions", "prefixHeaderId", "rawHeaderId", "rawPrefixHeaderId",
    "requireSpaceBeforeHeadingText", "simplifiedAutoLink", "smartIndentationFix", "smoothLivePreview",
    "splitAdjacentBlockquotes", "strikethrough", "tables", "tablesHeaderId", "tasklists", "underline",
    "excludeTrailingPunctuationFromURLs", "mentionsLink", "ghMentionsLink",
)  # fmt: skip


@converts("markdown")
def convert_markdown(source: Source) -> Converted:
    """Markdown to HTML and back."""
    parameters = source.parameters
    to_html = parameters.fixed("mode", "htmlToMarkdown", "htmlToMarkdown", "markdownToHtml") == "markdownToHtml"
    options = parameters.inner("options")
    warnings = [f"The option {name} is left out." for name in _MARKDOWN_STYLE if name in options]
    options.ignore(*_MARKDOWN_STYLE)
    name = "markdown" if to_html else "html"
    made: JsonObject = {
        "operation": "to_html" if to_html else "from_html",
        name: parameters.text(name),
        "output_field": parameters.text("destinationKey", "data"),
    }
    if to_html:
        made["line_breaks"] = options.flag("simpleLineBreaks")
    parameters.ignore("markdown", "html")
    return Converted("markdown", made, warnings=warnings)


@converts("xml")
def convert_xml(source: Source) -> Converted:
    """XML to JSON and back."""
    parameters = source.parameters
    options = parameters.inner("options")
    names: JsonObject = {
        "attribute_key": options.text("attrkey", "$"),
        "text_key": options.text("charkey", "_"),
    }
    if parameters.fixed("mode", "xmlToJson", "xmlToJson", "jsonToxml") == "jsonToxml":
        options.ignore("allowSurrogateChars")
        made: JsonObject = {
            "operation": "from_json",
            **names,
            "root": options.text("rootName", "root"),
            "cdata": options.flag("cdata"),
            "declaration": not options.flag("headless"),
            "output_field": parameters.text("dataPropertyName", "data"),
        }
        return Converted("xml", made)
    made = {
        "operation": "to_json",
        "xml": field_expression(parameters),
        **names,
        "always_lists": options.flag("explicitArray"),
        "keep_root": options.flag("explicitRoot", True),
        "attributes": "drop"
        if options.flag("ignoreAttrs")
        else "merge"
        if options.flag("mergeAttrs", True)
        else "group",
        "lower_names": options.flag("normalizeTags"),
        "trim": options.flag("trim"),
        "clean_up": options.flag("normalize"),
        "output_field": "",
    }
    return Converted("xml", made)
