/** Paths into data, written as expressions. Pure. */
import type { Path } from "../../data-view/tree-rows";

export type { Path };

const PLAIN_NAME = /^[$_\p{L}\p{Nl}][$_\p{L}\p{Nl}\p{Mn}\p{Nd}]*$/u;

/** Whether a key can stand behind a dot. */
export function isPlainName(key: string): boolean {
  return PLAIN_NAME.test(key);
}

/** `.key`, `["a key"]` or `[0]`. */
export function memberText(key: string | number): string {
  if (typeof key === "number") return `[${key}]`;
  return isPlainName(key) ? `.${key}` : `[${quotedText(key)}]`;
}

/** A text in quotes; braces are escaped, so that it cannot end the block it stands in. */
export function quotedText(text: string): string {
  return JSON.stringify(text).replace(/[{}\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escaped);
}

/** The expression of a value: `$json.a["b c"][0]`. */
export function pathText(root: string, path: Path): string {
  return root + path.map(memberText).join("");
}

/** What the data of a node are called in an expression: the own input is `$json`, other nodes go by their name. */
export function rootOf(nodeName: string | undefined, isOwnInput: boolean): string {
  return isOwnInput || !nodeName ? "$json" : `$(${nodeQuote(nodeName)}).item.json`;
}

/** As a block of a template. */
export function blockText(expression: string): string {
  return `{{ ${expression} }}`;
}

function nodeQuote(name: string): string {
  return /['\\{}\p{C}]/u.test(name) ? quotedText(name) : `'${name}'`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
