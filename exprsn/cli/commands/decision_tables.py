"""``tables list``, ``show``, ``create``, ``import``, ``export``, ``evaluate``, ``evaluate-batch``, ``publish``,
``versions``, ``diff`` and ``stats``."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from exprsn.cli import options, output
from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.files import usual_mode, write_whole
from exprsn.cli.options import examples
from exprsn.cli.output import Column
from exprsn.cli.session import connected
from exprsn.cli.values import json_argument, json_file, shown_moment

app = typer.Typer()
MAX_BATCH = 10_000
Version = Annotated[str, typer.Option("--version", help="published, draft or a number.")]
Explain = Annotated[bool, typer.Option("--explain", help="Also say which conditions held.")]
Format = Annotated[str, typer.Option("--format", help="json, dmn, csv or xlsx; otherwise what the file's name says.")]
_LIST = [
    Column("name", lambda t: t["name"], flexible=True),
    Column("label", lambda t: t["label"], flexible=True, drop=4),
    Column("policy", lambda t: t["hit_policy"], drop=3),
    Column("rules", lambda t: t["rule_count"], drop=2),
    Column("live", lambda t: t["published_version"] or "-", drop=1),
    Column("changed", lambda t: shown_moment(t["updated_at"]), drop=5),
]
_COLUMNS = [
    Column("", lambda c: c["side"]),
    Column("column", lambda c: c["name"], flexible=True),
    Column("type", lambda c: c["type"]),
    Column("label", lambda c: c.get("label", ""), flexible=True, drop=1),
]
_VERSIONS = [
    Column("number", lambda v: v["number"]),
    Column("", lambda v: "live" if v["is_published"] else ""),
    Column("message", lambda v: v["message"], flexible=True),
    Column("author", lambda v: v["author"], flexible=True, drop=2),
    Column("made", lambda v: shown_moment(v["created_at"]), drop=1),
]
_HITS = [Column("rule", lambda r: r["rule_id"], flexible=True), Column("hits", lambda r: r["hits"])]


@app.command("list", epilog=examples("exprsn tables list --search price"))
def list_tables(
    application: Annotated[str, typer.Option("--application", help="Only those of this application.")] = "",
    search: Annotated[str, typer.Option("--search", help="Text in the name, label or description.")] = "",
    limit: options.Limit = 50,
    as_json: options.Json = False,
) -> None:
    """Decision tables."""
    with connected() as api:
        page = api.listed("decision-tables/", limit=limit, application=application, search=search)
    if as_json:
        output.emit_json(page.to_data())
        return
    output.show_table(_LIST, page.items, empty="No decision table is like this.")
    if page.has_more:
        output.note(f"There are more than {limit}: --limit 0 shows all.")


@app.command("show", epilog=examples("exprsn tables show product-pricing --json"))
def show_table(table: options.Table, as_json: options.Json = False) -> None:
    """A table with its columns; with --json all of it."""
    with connected() as api:
        found = api.get(at(table))
    if as_json:
        output.emit_json(found)
        return
    live = found["published_version"]
    facts = [(title, found[name]) for title, name in (("Id", "id"), ("Name", "name"), ("Label", "label"))]
    facts += [
        ("Hit policy", found["hit_policy"]),
        ("Rules", found["rule_count"]),
        ("Description", found["description"]),
    ]
    output.show_fields([*facts, ("Live version", live if live is not None else "none: not published")])
    output.say("")
    sides = (("in", "input_columns"), ("out", "output_columns"))
    columns = [{**column, "side": side} for side, member in sides for column in found[member]]
    output.show_table(_COLUMNS, columns, empty="It has no columns yet.")


@app.command("create", epilog=examples("exprsn tables create product-pricing --data @table.json"))
def create_table(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and hyphens.")],
    label: Annotated[str, typer.Option("--label", help="What people read; otherwise the name.")] = "",
    data: Annotated[str, typer.Option("--data", metavar="JSON", help="Columns and rules: JSON, @file, or -.")] = "{}",
    as_json: options.Json = False,
) -> None:
    """Make a table, empty or with columns and rules."""
    body = {**_object(json_argument(data)), "name": name, **({"label": label} if label else {})}
    with connected() as api:
        made = api.post("decision-tables/", body)
    _told(made, as_json, f"“{made['name']}” is there ({made['id']}).")


@app.command(
    "import", epilog=examples("exprsn tables import prices.xlsx", "exprsn tables import new.csv --into prices")
)
def import_tables(
    file: Annotated[str, typer.Argument(metavar="FILE", help="DMN, CSV, Excel or JSON; - is standard input.")],
    file_format: Format = "",
    into: Annotated[str, typer.Option("--into", metavar="TABLE", help="Replace the draft of this table.")] = "",
    name: Annotated[str, typer.Option("--name", help="What to call it; otherwise what the file says.")] = "",
    as_json: options.Json = False,
) -> None:
    """Make tables of a file, or replace the draft of one."""
    body = {"content": base64.b64encode(_bytes(file)).decode(), "encoding": "base64"}
    given = {"format": file_format, "file_name": Path(file).name, "table": into, "name": name}
    with connected() as api:
        answer = api.post("decision-tables/import/", {**body, **{key: value for key, value in given.items() if value}})
    if as_json:
        output.emit_json(answer)
        return
    for each in answer["tables"]:
        output.say(f"“{each['table']['name']}” is there ({each['table']['id']}).")
        for line in each["report"]:
            output.note(f"  {line['severity']}: {line['place']}: {line['message']}")


@app.command("export", epilog=examples("exprsn tables export product-pricing prices.xlsx"))
def export_table(
    table: options.Table,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; - is standard output.")] = "-",
    file_format: Format = "",
    version: Version = "draft",
    as_json: options.Json = False,
) -> None:
    """A table as a file that can be imported. A file that is there is replaced."""
    named = file_format or ("json" if file == "-" else Path(file).suffix.lstrip(".").lower())
    with connected() as api:
        content = api.file(f"{at(table)}export/", format=named, version=version)
    if file == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        write_whole(Path(file), content, mode=usual_mode(Path(file)))
    except OSError as error:
        raise CommandFailed(f"{file} cannot be written: {error.strerror}.", Ending.INVALID) from error
    _told({"table": table, "file": file}, as_json, f"“{table}” is in {file}.")


@app.command("evaluate", epilog=examples("""exprsn tables evaluate product-pricing '{"quantity": 150}'"""))
def evaluate_table(
    table: options.Table,
    inputs: Annotated[str, typer.Argument(metavar="JSON", help="JSON, @file, or - for standard input.")],
    version: Version = "published",
    explain: Explain = False,
    as_json: options.Json = False,
) -> None:
    """Ask a table."""
    body = {"inputs": _object(json_argument(inputs)), "version": number_or_name(version), "explain": explain}
    with connected() as api:
        found = api.post(f"{at(table)}evaluate/", body)
    if as_json:
        output.emit_json(found)
        return
    rules = ", ".join(found["rule_ids"])
    output.say(f"matched: {rules}" if found["matched"] else "no rule matched")
    outputs = found["outputs"]
    if isinstance(outputs, dict):
        output.show_fields([(name, json.dumps(value, ensure_ascii=False)) for name, value in outputs.items()])
    else:
        output.say(json.dumps(outputs, ensure_ascii=False))


@app.command("evaluate-batch", epilog=examples("exprsn tables evaluate-batch product-pricing rows.json"))
def evaluate_rows(
    table: options.Table,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A JSON list of inputs; - is standard input.")],
    version: Version = "published",
    explain: Explain = False,
    as_json: options.Json = False,
) -> None:
    """Ask a table about many inputs. Exit code 1 when one of them has no answer."""
    rows = json_file(file)
    if not isinstance(rows, list):
        raise CommandFailed("The file must hold a list of inputs.", Ending.INVALID)
    results: list[dict[str, Any]] = []
    with connected() as api:
        for start in range(0, len(rows), MAX_BATCH):
            body = {"inputs": rows[start : start + MAX_BATCH], "version": number_or_name(version), "explain": explain}
            found = api.post(f"{at(table)}evaluate-batch/", body)["results"]
            results += [{**result, "index": start + result["index"]} for result in found]
    if as_json:
        output.emit_json({"results": results})
    else:
        for result in results:
            output.say(_line(result))
    failed = sum("error" in result for result in results)
    if failed:
        raise CommandFailed(f"{failed} of {len(rows)} inputs have no answer.", Ending.FAULT)


@app.command("publish", epilog=examples("exprsn tables publish product-pricing --message 'New prices'"))
def publish_table(
    table: options.Table,
    message: Annotated[str, typer.Option("--message", help="What is new in it.")] = "",
    skip_tests: Annotated[bool, typer.Option("--skip-tests", help="Publish although tests fail.")] = False,
    as_json: options.Json = False,
) -> None:
    """Make the draft the version that is evaluated, after its tests."""
    with connected() as api:
        found = api.post(f"{at(table)}publish/", {"message": message, "override_failing_tests": skip_tests})
    _told(found, as_json, f"“{found['name']}”: version {found['published_version']} is live.")


@app.command("versions", epilog=examples("exprsn tables versions product-pricing"))
def list_versions(table: options.Table, limit: options.Limit = 50, as_json: options.Json = False) -> None:
    """The versions of a table, newest first."""
    with connected() as api:
        page = api.listed(f"{at(table)}versions/", limit=limit)
    if as_json:
        output.emit_json(page.to_data())
    else:
        output.show_table(_VERSIONS, page.items, empty="It has no versions yet.")


@app.command("diff", epilog=examples("exprsn tables diff product-pricing published draft"))
def diff_versions(
    table: options.Table,
    old: Annotated[str, typer.Argument(metavar="FROM", help="published, draft or a number.")] = "published",
    new: Annotated[str, typer.Argument(metavar="TO", help="published, draft or a number.")] = "draft",
    as_json: options.Json = False,
) -> None:
    """What changed from one version to another, cell by cell."""
    with connected() as api:
        found = api.get(f"{at(table)}diff/", **{"from": old, "to": new})
    if as_json:
        output.emit_json(found)
        return
    lines = [f"{each['field']}: {_shown(each['old'])} → {_shown(each['new'])}" for each in found["settings"]]
    lines += [f"column {each['name']}: {each['change']}" for each in found["columns"]]
    for rule in found["rules"]:
        lines.append(f"rule {rule['rule_id']}: {rule['change']}")
        changed = rule["cells"] if rule["change"] == "changed" else []
        lines += [f"  {c['column'] or c['part']}: {_shown(c['old'])} → {_shown(c['new'])}" for c in changed]
    for line in lines or ["Nothing changed."]:
        output.say(line)


@app.command("stats", epilog=examples("exprsn tables stats product-pricing --days 30"))
def show_statistics(
    table: options.Table,
    days: Annotated[int, typer.Option("--days", min=1, help="Of the last so many days.")] = 7,
    as_json: options.Json = False,
) -> None:
    """How often a table was asked, and which rules answered."""
    with connected() as api:
        found = api.get(f"{at(table)}stats/", days=days)
    if as_json:
        output.emit_json(found)
        return
    titles = (("Evaluations", "evaluations"), ("No match", "no_match"), ("Errors", "errors"))
    output.show_fields([(title, str(found[name])) for title, name in titles])
    output.show_table(_HITS, found["rules"], empty="No rule has answered yet.")


def at(table: str) -> str:
    """The path of a table."""
    return f"decision-tables/{quote(table, safe='')}/"


def number_or_name(version: str) -> str | int:
    """A version as the API takes it."""
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else version


def _told(found: Any, as_json: bool, sentence: str) -> None:
    if as_json:
        output.emit_json(found)
    else:
        output.say(sentence)


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CommandFailed("This must be a JSON object.", Ending.INVALID)
    return value


def _bytes(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise CommandFailed(f"{file} cannot be read: {error.strerror}.", Ending.INVALID) from error


def _line(result: dict[str, Any]) -> str:
    if "error" in result:
        return f"{result['index']}: {result['error']['code']}: {result['error']['message']}"
    return f"{result['index']}: {_shown(result['outputs'])}"


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
