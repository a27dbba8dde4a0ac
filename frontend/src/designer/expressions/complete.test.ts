import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../doc/json";
import { completionsAt } from "./complete";
import { pathText, type Path } from "./path";
import { valueBefore } from "./resolve";
import { tokensOf } from "./tokens";
import type { ReferenceEntry, Scope } from "./types";

const entry = (on: string, name: string, signature: string, result: string): ReferenceEntry => ({ on, name, signature, description: `What ${name} gives.`, example: "…", result });

const SCOPE: Scope = {
  execution: "e1",
  roots: [
    { name: "$json", description: "The data of the item.", sample: { name: "Ada", age: 36, "first name": "A", address: { city: "Bern" }, lines: [{ sku: "A1", price: 2 }] } },
    { name: "$vars", description: "Variables.", sample: { rate: 0.2 } },
    { name: "$now", description: "This moment.", sample: "2026-03-05T14:30:00.000+01:00" },
    { name: "$input", description: "What arrived.", sample: { item: { json: {} } } },
  ],
  nodes: [
    { id: "n1", name: "Get customer", sample: { email: "ada@example.com" } },
    { id: "n2", name: "It's", sample: undefined },
  ],
  reference: [
    entry("text", "trim", "trim()", '"a b"'),
    entry("text", "split", "split(separator?, limit?)", '["a"]'),
    entry("text", "toDate", "toDate()", '"2026-03-05"'),
    entry("number", "toFixed", "toFixed(digits?)", '"4.00"'),
    entry("list", "map", "map(callback)", "[1]"),
    entry("list", "filter", "filter(callback)", "[1]"),
    entry("list", "find", "find(callback)", "1"),
    entry("list", "reduce", "reduce(callback, start?)", "1"),
    entry("DateTime", "plus", "plus(amount, unit?)", '"2026-03-06"'),
    entry("DateTimeFields", "year", "year", "2026"),
    entry("Math", "round", "round(number)", "3"),
    entry("globals", "$if", "$if(condition, then, otherwise)", '"yes"'),
  ],
};

/** `|` is the cursor. */
function labels(template: string, isExplicit = false): string[] | null {
  const position = template.indexOf("|");
  const text = template.replace("|", "");
  const found = completionsAt({ text, position, isTemplate: true, isExplicit }, SCOPE);
  return found && found.choices.map((choice) => choice.label);
}

/** The text once a choice is taken. */
function taken(template: string, label: string): string {
  const position = template.indexOf("|");
  const text = template.replace("|", "");
  const choice = completionsAt({ text, position, isTemplate: true, isExplicit: true }, SCOPE)?.choices.find((each) => each.label === label);
  if (!choice) throw new Error(`no ${label}`);
  const done = text.slice(0, choice.from) + choice.text + text.slice(position);
  const cursor = choice.from + choice.text.length - choice.back;
  return `${done.slice(0, cursor)}|${done.slice(cursor)}`;
}

test.each([
  ["{{ $json.| }}", "name"],
  ["{{ $json.na| }}", "name"],
  ["{{ $json?.address?.| }}", "city"],
  ["{{ $json.address.city.| }}", "trim"],
  ['{{ $json["address"].| }}', "city"],
  ['{{ $json["first name"].| }}', "trim"],
  ['{{ $json?.["address"]?.["city"].| }}', "trim"],
  ["{{ $json.lines[0].| }}", "sku"],
  ["{{ $json.lines.| }}", "map"],
  ["{{ $json.lines.filter(l => l.price > 1).| }}", "map"],
  ["{{ $json.lines.find(l => l.price > 1).| }}", "sku"],
  ["{{ $json.lines.map(line => line.| ) }}", "price"],
  ["{{ $json.lines.map((line, at) => line.| ) }}", "price"],
  ["{{ $json.lines.reduce((sum, line) => sum + line.| ) }}", "price"],
  ["{{ $('Get customer').item.json.| }}", "email"],
  ["{{ $(\"Get customer\").first().json.| }}", "email"],
  ["{{ $node['Get customer'].json.| }}", "email"],
  ["{{ $('Get customer').all()[0].json.| }}", "email"],
  ["{{ $('Get customer').| }}", "item"],
  ["{{ $input.all().map(item => item.json.| ) }}", "age"],
  ["{{ $input.| }}", "first"],
  ["{{ $now.| }}", "plus"],
  ["{{ $now.plus({days: 1}).| }}", "year"],
  ["{{ $json.name.toDate().| }}", "plus"],
  ["{{ $json.age.| }}", "toFixed"],
  ["{{ $vars.| }}", "rate"],
  ["{{ Math.| }}", "round"],
  ["{{ 'a'.| }}", "trim"],
  ["{{ (1 + $json).name; ($json).| }}", "name"],
  ["{{ $js| }}", "$json"],
  ["{{ | }}", "$json"],
  ["Text {{ 1 }} {{ $json.| ", "age"],
])("%s offers %s", (template, label) => expect(labels(template)).toContain(label));

test.each([
  ["plain $json.| text"],
  ["{{ $json.a }} $json.| "],
  ["{{ 'a $json.| ' }}"],
  ["{{ unknown.| }}"],
  ["{{ $json.nothing.| }}"],
])("%s offers nothing", (template) => expect(labels(template)).toBeNull());

test("node names stand in quotes", () => {
  expect(labels("{{ $('| }}")).toEqual(["Get customer", "It's"]);
  expect(labels('{{ $node["|"] }}')).toEqual(["Get customer", "It's"]);
});

test.each([
  ["{{ $json.f| }}", "first name", '{{ $json["first name"]| }}'],
  ["{{ $json?.f| }}", "first name", '{{ $json?.["first name"]| }}'],
  ["{{ $json['f| }}", "first name", "{{ $json['first name']| }}"],
  ["{{ $json['|'] }}", "first name", "{{ $json['first name|'] }}"],
  ["{{ $('Ge| }}", "Get customer", "{{ $('Get customer')| }}"],
  ["{{ $('It| }}", "It's", "{{ $('It\\'s')| }}"],
  ["{{ $json.name.tr| }}", "trim", "{{ $json.name.trim()| }}"],
  ["{{ $json.name.sp| }}", "split", "{{ $json.name.split(|) }}"],
  ["{{ $json.name.sp|() }}", "split", "{{ $json.name.split|() }}"],
  ["{{ | }}", "$(", "{{ $('|') }}"],
])("choosing in %s: %s", (template, label, expected) => expect(taken(template, label)).toBe(expected));

test("data carry their type and a cut sample", () => {
  const text = "{{ $json.";
  const found = completionsAt({ text, position: text.length, isTemplate: true, isExplicit: false }, SCOPE);
  const name = found?.choices.find((choice) => choice.label === "name");
  expect(name).toMatchObject({ detail: "text", sample: '"Ada"', kind: "property" });
});

test("hostile data are no trouble: turned text, markup, own __proto__, long texts", () => {
  const sample = JSON.parse('{"__proto__": {"x": 1}, "\\u202egnp": "<script>alert(1)</script>", "constructor": "c"}') as Json;
  const scope: Scope = { ...SCOPE, roots: [{ name: "$json", description: "", sample: { ...(sample as object), long: "x".repeat(5_000_000) } as Json }] };
  const place = { text: "{{ $json.", position: 9, isTemplate: true, isExplicit: false };
  const choices = completionsAt(place, scope)?.choices ?? [];
  expect(choices.map((choice) => choice.label)).toEqual(expect.arrayContaining(["__proto__", "constructor", "long"]));
  expect(Math.max(...choices.map((choice) => choice.sample.length))).toBeLessThan(200);
});

const key = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("a", "first name", "__proto__", "{{", "}}", "it's", '"', "length", "\u202e"));
const path = fc.array(fc.oneof(key, fc.nat(3)), { minLength: 1, maxLength: 12 });

test("every path that is written leads to its value again, also inside of a block", () => {
  fc.assert(
    fc.property(path, fc.constantFrom(" ", ""), (steps: Path, space) => {
      const scope: Scope = { ...SCOPE, roots: [{ name: "$json", description: "", sample: nested(steps, "found") }] };
      const expression = pathText("$json", steps);
      const tokens = [...tokensOf(expression)];
      expect(valueBefore(tokens, tokens.length, scope)?.sample).toBe("found");
      const text = `{{${space}${expression}.`;
      expect(completionsAt({ text, position: text.length, isTemplate: true, isExplicit: false }, scope)?.choices.some((choice) => choice.label === "trim")).toBe(true);
    }),
  );
});

test("whatever is typed, completion answers", () => {
  const words = fc.array(fc.constantFrom("{{", "}}", "$json", ".", "?.", "[", "]", "(", ")", "=>", "'", '"', "name", "map", "x", ",", " ", "0", "$"), { maxLength: 40 });
  fc.assert(
    fc.property(words, fc.nat(), (parts, at) => {
      const text = parts.join("");
      completionsAt({ text, position: at % (text.length + 1), isTemplate: at % 2 === 0, isExplicit: true }, SCOPE);
    }),
  );
});

function nested(steps: Path, value: Json): Json {
  return steps.reduceRight<Json>((inner, step) => (typeof step === "number" ? Array.from({ length: step + 1 }, () => inner) : Object.fromEntries([[step, inner]])), value);
}
