/** Which value the words before a cursor stand for: `$json.a?.["b c"][0].trim()`. Pure. */
import { elementOf, globalResult, itemsValue, memberOf, nodeValue, resultOf, rootValue, type Known } from "./known";
import type { Token } from "./tokens";
import type { Scope } from "./types";

const MAX_DEPTH = 200;
const OPEN: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** The value of the expression that ends before `tokens[end]`; null when it cannot be known. */
export function valueBefore(tokens: readonly Token[], end: number, scope: Scope, depth = 0): Known | null {
  const last = tokens[end - 1];
  if (!last || depth > MAX_DEPTH) return null;
  const deeper = (to: number): Known | null => valueBefore(tokens, to, scope, depth + 1);
  if (last.kind === "text") return { kind: "text" };
  if (last.kind === "number") return { kind: "number" };
  if (last.kind === "name") {
    if (!isDot(tokens[end - 2])) return rootValue(last.text, scope) ?? parameterValue(tokens, end - 1, scope, depth);
    const base = deeper(end - 2);
    return base && memberOf(base, last.text, scope);
  }
  const open = openingOf(tokens, end - 1);
  if (last.text === "]") return indexed(tokens, open, end, scope, depth);
  return last.text === ")" ? called(tokens, open, end, scope, depth) : null;
}

/** `.` or `?.`. */
export function isDot(token: Token | undefined): boolean {
  return token?.kind === "sign" && (token.text === "." || token.text === "?.");
}

/** What a quoted text says. */
export function unquoted(text: string): string {
  const inner = text.slice(1, -1);
  if (!inner.includes("\\")) return inner;
  try {
    return JSON.parse(`"${inner.replace(/\\'/g, "'").replace(/\\"|"/g, '\\"')}"`) as string;
  } catch {
    return inner;
  }
}

function indexed(tokens: readonly Token[], open: number, end: number, scope: Scope, depth: number): Known | null {
  const at = isDot(tokens[open - 1]) ? open - 1 : open;
  const base = open > 0 ? valueBefore(tokens, at, scope, depth + 1) : null;
  const key = tokens[open + 1];
  if (!base) return tokens[open]?.text === "[" ? { kind: "list" } : null;
  if (key?.kind === "text" && open + 3 === end) return memberOf(base, unquoted(key.text), scope);
  return elementOf(base, key?.kind === "number" ? Number(key.text) : null);
}

function called(tokens: readonly Token[], open: number, end: number, scope: Scope, depth: number): Known | null {
  const name = tokens[open - 1];
  if (name?.kind !== "name") return valueBefore(tokens, end - 1, scope, depth + 1);
  if (isDot(tokens[open - 2])) {
    const base = valueBefore(tokens, open - 2, scope, depth + 1);
    return base && resultOf(base, name.text, scope);
  }
  const argument = tokens[open + 1];
  const node = argument?.kind === "text" ? nodeValue(unquoted(argument.text), scope) : null;
  if (name.text === "$") return node;
  if (name.text === "$items") return itemsValue((node ?? rootValue("$input", scope))?.inner);
  return globalResult(name.text, scope);
}

/** The parameter of an arrow that a list's method calls: `$json.lines.map(line => line.`. */
function parameterValue(tokens: readonly Token[], at: number, scope: Scope, depth: number): Known | null {
  const name = tokens[at]?.text;
  for (let index = at - 1; index > 2; index -= 1) {
    if (tokens[index]?.text !== name) continue;
    const before = tokens[index - 1]?.text;
    if (before !== "(" && before !== ",") continue;
    const call = callAround(tokens, index);
    const base = call && valueBefore(tokens, call.dot, scope, depth + 1);
    if (base && call.place === (tokens[call.dot + 1]?.text.startsWith("reduce") ? 1 : 0)) return elementOf(base, null);
  }
  return null;
}

/** The method call whose first argument is the arrow that has this parameter. */
function callAround(tokens: readonly Token[], parameter: number): { dot: number; place: number } | null {
  let open = parameter - 1;
  while (tokens[open]?.text === ",") open -= 2;
  const place = (parameter - 1 - open) / 2;
  if (tokens[open]?.text !== "(") return null;
  if (tokens[open - 1]?.text === "(") open -= 1;
  const arrow = tokens.findIndex((token, index) => index > parameter && token.text === "=>");
  return arrow >= 0 && tokens[open - 1]?.kind === "name" && isDot(tokens[open - 2]) ? { dot: open - 2, place } : null;
}

/** Where the bracket opened that closes here; -1 without one. */
function openingOf(tokens: readonly Token[], close: number): number {
  const waiting: string[] = [];
  for (let at = close; at >= 0; at -= 1) {
    const token = tokens[at];
    if (token?.kind !== "sign") continue;
    const open = OPEN[token.text];
    if (open) waiting.push(open);
    else if (token.text === waiting.at(-1)) {
      waiting.pop();
      if (waiting.length === 0) return at;
    }
  }
  return -1;
}
