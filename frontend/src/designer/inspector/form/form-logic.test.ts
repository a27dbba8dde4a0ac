import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../../doc/json";
import { same } from "../../../doc/json";
import { kindsWanted } from "./credentials";
import { hintFor, refusalOf } from "./hints";
import { jsonText, readJson } from "./json-text";
import { isShown, newEntry, type NodeParameter } from "./parameter";
import { isWithin, keysOf, messagesAt, pathOf, placed } from "./paths";
import { entrySlot, memberSlot, topSlot } from "./slot";

function parameter(name: string, more: Partial<NodeParameter> = {}): NodeParameter {
  return { name, display_name: name, type: "string", required: false, default_value: null, description: "", placeholder: "", options: [], validation: {}, display_if: {}, supports_expressions: true, ...more };
}

test("a parameter is shown by the values beside it, and by their defaults", () => {
  const method = parameter("method", { default_value: "GET" });
  const body = parameter("body", { display_if: { method: ["POST", "PUT"] } });
  expect(isShown(body, {}, [method, body])).toBe(false);
  expect(isShown(body, { method: "PUT" }, [method, body])).toBe(true);
  expect(isShown(method, {}, [method, body])).toBe(true);
});

test("whatever a field of JSON shows is read as the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue().filter((value) => JSON.stringify(value) !== undefined), (value) => {
      const clean = JSON.parse(JSON.stringify(value)) as Json;
      const read = readJson(jsonText(clean));
      expect("value" in read && read.value).toEqual(clean);
    }),
  );
});

test("plain words are a text; what begins like JSON is never taken for one", () => {
  expect(readJson("name, total")).toEqual({ value: "name, total" });
  expect(readJson(" ")).toEqual({ value: null });
  expect(readJson("[1, 2]")).toEqual({ value: [1, 2] });
  expect("problem" in readJson('{"a":')).toBe(true);
});

test("places are written and read alike", () => {
  expect(keysOf("rules[0].conditions.conditions[12]")).toEqual(["rules", "0", "conditions", "conditions", "12"]);
  const path = "headers[3].value";
  expect(pathOf(keysOf(path))).toBe(path);
  expect(isWithin(["a", "b"], ["a"])).toBe(true);
  expect(isWithin(["ab"], ["a"])).toBe(false);
});

test("a fault is told at its field, or at the field around it that shows no places", () => {
  const faults = placed([{ severity: "error", code: "x", message: "Wrong.", node_id: "n", path: "definition.nodes[3].parameters.rules[0].value" }]);
  expect(messagesAt(faults, ["rules", "0", "value"], true)).toEqual(["Wrong."]);
  expect(messagesAt(faults, ["rules"], true)).toEqual(["Wrong."]);
  expect(messagesAt(faults, ["rules"], false)).toEqual([]);
});

test("members of a stored object are written by themselves, entries with their list", () => {
  const written: [string, Json][] = [];
  const given: JsonObject = { options: { a: 1, b: 2 }, list: [{ name: "x" }, { name: "y" }] };
  const top = (name: string) => topSlot(given, name, (keys, value) => void written.push([keys.join("."), value]));
  memberSlot(top("options"), "a").set(9);
  memberSlot(entrySlot(top("list"), 1), "name").set("z");
  memberSlot(entrySlot(top("list"), 0), "name").set(null);
  expect(written).toEqual([["options.a", 9], ["list", [{ name: "x" }, { name: "z" }]], ["list", [{}, { name: "y" }]]]);
});

test("the first change of a default takes the default along", () => {
  const written: Json[] = [];
  const slot = topSlot({}, "rules", (_keys, value) => void written.push(value));
  const otherwise: Json = [{ unit: "days", hour: 0 }];
  memberSlot(entrySlot(slot, 0, otherwise), "hour").set(9);
  memberSlot(topSlot({}, "c", (_keys, value) => void written.push(value)), "combinator", { combinator: "and", strict: true }).set("or");
  expect(written).toEqual([[{ unit: "days", hour: 9 }], { combinator: "or", strict: true }]);
  expect(same(otherwise, [{ unit: "days", hour: 0 }])).toBe(true);
});

test("hints keep to the declared bounds, and say nothing of expressions", () => {
  const length = parameter("path", { validation: { max_length: 3 } });
  expect(hintFor(length, "four")).toContain("3");
  expect(hintFor(length, "=anything at all")).toBe("");
  expect(hintFor(parameter("n", { validation: { min: 1, max: 5 } }), 9)).toContain("5");
});

test("what is larger than the server takes is refused before it is sent", () => {
  expect(refusalOf("x".repeat(262_000))).toBe("");
  expect(refusalOf("x".repeat(262_144))).toContain("256 KB");
});

test("a new entry has what it needs and nothing else", () => {
  const list = parameter("headers", { fields: [parameter("name", { required: true }), parameter("value", { default_value: "" })] as unknown as NonNullable<NodeParameter["fields"]> });
  expect(newEntry(list)).toEqual({ name: "" });
});

test("a choice of the parameters says which credential is needed", () => {
  const option = (value: string) => ({ value, name: value, description: "" });
  const type = { required_credentials: ["header", "basic"], parameters: [parameter("auth", { type: "select", default_value: "none", options: ["none", "basic", "header"].map(option) })] };
  expect(kindsWanted(type, {})).toEqual([]);
  expect(kindsWanted(type, { auth: "basic" })).toEqual(["basic"]);
  expect(kindsWanted({ required_credentials: ["smtp"], parameters: [] }, {})).toEqual(["smtp"]);
});
