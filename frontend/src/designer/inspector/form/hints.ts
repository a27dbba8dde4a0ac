/** What can be said about a value without asking the server, which is the judge. Pure. */
import type { Json } from "../../../doc/json";
import { LIMITS } from "../../../doc/operations";
import { sizeOf } from "../../../doc/json";
import { _, number } from "../../../lib/i18n";
import { isExpression } from "../../expressions/mode";
import { limitOf, type NodeParameter } from "./parameter";

/** A sentence, or "" while nothing is wrong. */
export function hintFor(parameter: NodeParameter, value: Json | undefined): string {
  if (value === undefined || value === null || (parameter.supports_expressions && isExpression(value))) return "";
  if (typeof value === "number") return numberHint(parameter, value);
  if (typeof value === "string") return textHint(parameter, value);
  return "";
}

function numberHint(parameter: NodeParameter, value: number): string {
  const least = limitOf(parameter, "min");
  const most = limitOf(parameter, "max");
  if (least !== undefined && value < least) return _("At least {n}.", { n: least });
  if (most !== undefined && value > most) return _("At most {n}.", { n: most });
  return "";
}

function textHint(parameter: NodeParameter, value: string): string {
  if (value === "") return "";
  const least = limitOf(parameter, "min_length");
  const most = limitOf(parameter, "max_length");
  const count = [...value].length;
  if (least !== undefined && count < least) return _("At least {n} characters.", { n: least });
  if (most !== undefined && count > most) return _("At most {n} characters; these are {count}.", { n: most, count });
  return "";
}

/** Why a value cannot be stored at all; "" when it can. */
export function refusalOf(value: Json): string {
  const bytes = sizeOf(value);
  if (bytes <= LIMITS.valueBytes) return "";
  const most = Math.floor(LIMITS.valueBytes / 1024);
  return _("This was not taken: {size} KB, and a value has at most {most} KB. Keep large data elsewhere, and read them with a step.", {
    size: number(Math.ceil(bytes / 1024)),
    most,
  });
}
