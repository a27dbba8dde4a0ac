/** The words of an expression, as far as completion needs them: it never fails, whatever is typed. Pure. */
export type TokenKind = "name" | "number" | "text" | "open-text" | "sign";

export interface Token {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const NAME = /[$_\p{L}\p{Nl}][$_\p{L}\p{Nl}\p{Mn}\p{Nd}]*/uy;
const NUMBER = /(?:0[xXbBoO][\da-fA-F]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)n?/y;
const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const SIGNS = ["?.", "=>", "...", "??", "&&", "||"];

/** The words from a position on. A quotation without an end is an `open-text`. */
export function* tokensOf(text: string, from = 0, to = text.length): Generator<Token> {
  let at = from;
  while (at < to) {
    const space = matched(SPACE, text, at);
    if (space) {
      at += space.length;
      continue;
    }
    const token = tokenAt(text, at, to);
    yield token;
    at = token.to;
  }
}

function tokenAt(text: string, at: number, to: number): Token {
  const first = text[at] ?? "";
  if (first === '"' || first === "'" || first === "`") return quoted(text, at, to, first);
  const name = matched(NAME, text, at);
  if (name) return cut("name", text, at, at + name.length, to);
  const number = matched(NUMBER, text, at);
  if (number) return cut("number", text, at, at + number.length, to);
  const sign = SIGNS.find((each) => text.startsWith(each, at) && !(each === "?." && /\d/.test(text[at + 2] ?? "")));
  return cut("sign", text, at, at + (sign?.length ?? 1), to);
}

function quoted(text: string, at: number, to: number, quote: string): Token {
  for (let end = at + 1; end < to; end += 1) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === quote) return cut("text", text, at, end + 1, to);
  }
  return cut("open-text", text, at, to, to);
}

function cut(kind: TokenKind, text: string, from: number, end: number, limit: number): Token {
  const to = Math.min(end, limit);
  return { kind, from, to, text: text.slice(from, to) };
}

function matched(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}
