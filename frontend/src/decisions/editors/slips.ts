/** Texts that would be read as something else than was meant: they are told, never guessed. Pure. */
import { isOfType } from "../../doc/table/convert";
import { _ } from "../../lib/i18n";
import { typeName } from "./types";

const QUOTED = /"(?:[^"\\]|\\.)*"/gs;
/** A name and what it is called with; `not(…)` and `in (…)` are no calls. */
const CALL = /([\p{L}_][\p{L}\p{N}_ ]*)\([^()]*\)/gu;
const NO_CALL = /(?:^|\s)(?:not|in|between|and)\s*$/i;
const COMMA = /(?<![\p{L}\p{N}_]|\d\.)[+-]?\d+(?:\.\d+)*(?:,\d+(?:\.\d+)*)+/u;
const DATES = /(?<![\d-])\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])/g;
const TIMES = /^(?:[<>=!≥≤≠]+\s*)?(\d\d?:\d\d\S*)$/;
const DURATIONS = /^(?:[<>=!≥≤≠]+\s*)?(-?P[\dT]\S*)$/;

/** The number that was meant: `1.5` of `1,5`, `1234.56` of `1.234,56` and of `1,234.56`. */
function pointed(written: string): string {
  const [, ...groups] = written.split(",");
  if (groups.length > 1 || groups[0]?.includes(".")) return written.replaceAll(",", "");
  return written.replaceAll(".", "").replace(",", ".");
}

/** A decimal comma of an answer. */
export function commaInAnswer(text: string): string | null {
  const found = COMMA.exec(text);
  return found?.[0] === text ? _("Write {number} for the number.", { number: pointed(text) }) : null;
}

/** A decimal comma in a condition, as in `1,5`: FEEL reads it as two numbers. */
export function commaInCondition(text: string): string | null {
  const [written] = COMMA.exec(withoutCalls(text.replace(QUOTED, ""))) ?? [];
  if (written === undefined) return null;
  const many = written.replaceAll(",", ", ");
  const said = { number: pointed(written), many };
  return written.split(",").length === 2
    ? _("Write {number} for the number, or {many} with a space for two numbers.", said)
    : _("Write {number} for the number, or {many} with spaces for several numbers.", said);
}

function withoutCalls(text: string): string {
  const less = text.replace(CALL, (all: string, name: string) => (NO_CALL.test(name) ? all : ""));
  return less === text ? text : withoutCalls(less);
}

function noSuch(text: string, type: string): string {
  return _("There is no {type} “{text}”.", { type: typeName(type), text });
}

/** A date, time or duration that there is none of, such as `2026-02-30`: FEEL would calculate with its parts. */
export function temporalFault(text: string, type: string): string | null {
  const dates = [...text.matchAll(DATES)].map(([date]) => date);
  const date = type === "date" || type === "datetime" ? dates.find((each) => !isOfType(each, each.includes("T") ? "datetime" : "date")) : undefined;
  if (date !== undefined) return noSuch(date, "date");
  const bare = { time: TIMES, duration: DURATIONS }[type]?.exec(text)?.[1];
  return bare === undefined || isOfType(bare, type) ? null : noSuch(bare, type);
}
