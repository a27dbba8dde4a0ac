"""Nodes that change data item by item: rename keys, crypto."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Reader, Unmapped
from exprsn.kernel.jsonvalue import JsonObject


@converts("renameKeys")
def convert_rename_keys(source: Source) -> Converted:
    """Rename keys: by name, then by patterns."""
    parameters = source.parameters
    replacements = parameters.inner("additionalOptions").inner("regexReplacement")
    patterns: list[Any] = []
    for entry in replacements.entries("replacements", "replacements"):
        options = entry.get("options")
        options = options if isinstance(options, dict) else {}
        search = str(entry.get("searchRegex") or "")
        depth = options.get("depth")
        patterns.append(
            {
                "search": search,
                "replace": str(entry.get("replaceRegex") or ""),
                "ignore_case": options.get("caseInsensitive") is True,
                "depth": depth if isinstance(depth, int) and not isinstance(depth, bool) and -1 <= depth <= 50 else -1,
            }
        )
    keys: list[Any] = [
        {"from": str(entry["currentKey"]), "to": str(entry["newKey"])}
        for entry in parameters.entries("keys", "key")
        if entry.get("currentKey") and entry.get("newKey")
    ]
    if not keys and not patterns:
        raise Unmapped("The node does not say which keys to rename.")
    return Converted("rename_keys", {"keys": keys, "patterns": patterns})


_ALGORITHMS = {
    "MD5": "md5", "SHA1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512",
    "SHA3-256": "sha3_256", "SHA3-384": "sha3_384", "SHA3-512": "sha3_512",
}  # fmt: skip


@converts("crypto")
def convert_crypto(source: Source) -> Converted:
    """Crypto: hash, HMAC and random values of text."""
    parameters = source.parameters
    action = parameters.fixed("action", "hash", "hash", "hmac", "generate")
    made: JsonObject = {"output_field": parameters.text("dataPropertyName", "data")}
    hidden = ("type", "value", "secret", "encoding", "encodingType", "stringLength", "binaryPropertyName", "binaryData")
    if action == "generate":
        made |= _random(parameters)
        parameters.ignore(*hidden)
        return Converted("crypto", made)
    if parameters.flag("binaryData"):
        raise Unmapped("Hashing files is not supported yet.")
    if action == "hmac" and source.version >= 2:
        raise Unmapped("Credentials of the type crypto are not supported yet.")
    made |= {
        "operation": action,
        "algorithm": _ALGORITHMS[parameters.fixed("type", "MD5", *_ALGORITHMS)],
        "value": parameters.value("value", ""),
        "encoding": parameters.fixed("encoding", "hex", "hex", "base64"),
    }
    if action == "hmac":
        made["secret"] = parameters.text("secret")
    parameters.ignore(*hidden)
    return Converted("crypto", made)


def _random(parameters: Reader) -> JsonObject:
    kind = parameters.fixed("encodingType", "uuid", "uuid", "ascii", "base64", "hex")
    if kind == "uuid":
        return {"operation": "uuid"}
    return {
        "operation": "random",
        "characters": "alphanumeric" if kind == "ascii" else kind,
        "length": parameters.value("stringLength", 32),
    }
