/** Values of one type as values of another, as the server does it; undefined where that cannot be. Pure. */
import { isList, isObject, type Json, type JsonObject } from "../json";
import type { TestState } from "./state";

const DATE = /^\d{4}-\d\d-\d\d$/;
const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
const TIME = /^\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
const DURATION = /^-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const PLAIN_NUMBER = /^-?\d{1,15}(\.\d{1,9})?$/;

export const TEMPORAL: Readonly<Record<string, RegExp>> = { date: DATE, datetime: DATETIME, time: TIME, duration: DURATION };

/** Whether a JSON value can stand in a column of the type. */
export function isOfType(value: Json, type: string): boolean {
  if (type === "any") return true;
  if (type === "number") return typeof value === "number";
  if (type === "boolean") return typeof value === "boolean";
  if (type === "list") return isList(value);
  return typeof value === "string" && (TEMPORAL[type]?.test(value) ?? type === "string");
}

function plainNumber(value: number): string | undefined {
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-4 && size < 1e15) ? String(value === 0 ? 0 : value) : undefined;
}

function toText(value: Json): string | undefined {
  if (typeof value === "boolean") return String(value);
  return typeof value === "number" ? plainNumber(value) : undefined;
}

export function converted(value: Json, from: string, to: string): Json | undefined {
  if (value === null || isOfType(value, to)) return value;
  if (to === "string") return toText(value);
  if (typeof value !== "string") return undefined;
  if (to === "number") return PLAIN_NUMBER.test(value) ? Number(value) : undefined;
  if (to === "boolean") return { true: true, false: false }[value];
  return to === "datetime" && from === "date" ? `${value}T00:00:00` : undefined;
}

/** Every element converted, or undefined. */
export function convertedList(values: readonly Json[], from: string, to: string): readonly Json[] | undefined {
  const made = values.map((value) => converted(value, from, to));
  return made.some((value) => value === undefined) ? undefined : (made as readonly Json[]);
}

const OF_LISTS: ReadonlySet<Json> = new Set(["in", "notIn", "between", "notBetween"]);

export function convertedTest(test: TestState, from: string, to: string): TestState | undefined {
  if (!Object.hasOwn(test, "value")) return test;
  const value = test["value"] ?? null;
  const many = OF_LISTS.has(test["operator"] ?? null) && isList(value);
  const made = many ? convertedList(value, from, to) : converted(value, from, to);
  return made === undefined ? undefined : { ...test, value: made };
}

export function convertedOutput(value: Json, from: string, to: string): Json | undefined {
  return isObject(value) && typeof (value as JsonObject)["feel"] === "string" ? value : converted(value, from, to);
}
