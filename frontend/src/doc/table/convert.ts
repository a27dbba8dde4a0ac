/** Values of one type as values of another, as the server does it; undefined where that cannot be. Pure. */
import { isList, isObject, type Json, type JsonObject } from "../json";
import type { TestState } from "./state";

const DATE = /^\d{4}-\d\d-\d\d$/;
const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const TIME = /^\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const DURATION = /^-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const PLAIN_NUMBER = /^-?\d{1,15}(\.\d{1,9})?$/;

export const TEMPORAL: Readonly<Record<string, RegExp>> = { date: DATE, datetime: DATETIME, time: TIME, duration: DURATION };

const DAY = /^(\d{4})-(\d\d)-(\d\d)/;
const HOUR = /(?:^|T)(\d\d):(\d\d):(\d\d)/;

/** Whether there is such a day and such an hour: February has no 30th. */
function isReal(text: string, type: string): boolean {
  if (type === "duration") return isOneKind(text);
  const [, year = "2000", month = "01", day = "01"] = DAY.exec(text) ?? [];
  const [, hour = "00", minute = "00", second = "00"] = HOUR.exec(text) ?? [];
  // Day 0 of the next month is the last of this one; years before 100 are not those of the last century.
  const last = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate();
  const dayFits = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= last;
  return dayFits && Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59;
}

/** Months and days are never one duration: nobody knows how long a month is. */
function isOneKind(text: string): boolean {
  const [date = "", time] = text.split("T");
  return !/[YM]/.test(date) || (time === undefined && !/D/.test(date));
}

/** Whether a JSON value can stand in a column of the type. */
export function isOfType(value: Json, type: string): boolean {
  if (type === "any") return true;
  if (type === "number") return typeof value === "number";
  if (type === "boolean") return typeof value === "boolean";
  if (type === "list") return isList(value);
  if (typeof value !== "string") return false;
  const form = TEMPORAL[type];
  return form ? form.test(value) && isReal(value, type) : type === "string";
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
