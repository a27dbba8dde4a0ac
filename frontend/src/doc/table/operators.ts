/** Which operators a column of a type knows. */
import type { Json } from "../json";

export const OPERATORS = [
  ...["==", "!=", ">", ">=", "<", "<=", "contains", "startsWith", "endsWith", "in", "notIn", "between"],
  ...["notBetween", "matches", "isEmpty", "isNotEmpty"],
] as const;
export type Operator = (typeof OPERATORS)[number];

const ALWAYS: readonly Operator[] = ["==", "!=", "in", "notIn", "isEmpty", "isNotEmpty"];
const ORDER: readonly Operator[] = [">", ">=", "<", "<=", "between", "notBetween"];
const TEXT: readonly Operator[] = ["contains", "startsWith", "endsWith", "matches"];

const OF_TYPE: Readonly<Record<string, readonly Operator[]>> = {
  number: [...ALWAYS, ...ORDER],
  string: [...ALWAYS, ...ORDER, ...TEXT],
  boolean: ALWAYS,
  date: [...ALWAYS, ...ORDER],
  datetime: [...ALWAYS, ...ORDER],
  time: [...ALWAYS, ...ORDER],
  duration: [...ALWAYS, ...ORDER],
  list: [...ALWAYS, "contains"],
};

/** In the order that menus show them. */
export function operatorsOf(type: string): readonly Operator[] {
  const known = OF_TYPE[type];
  return known ? OPERATORS.filter((operator) => known.includes(operator)) : OPERATORS;
}

/** Whether a test may stand in a column of the type; one without an operator (FEEL) always may. */
export function fitsType(operator: Json | undefined, type: string): boolean {
  return operator === undefined || (operatorsOf(type) as readonly Json[]).includes(operator);
}
