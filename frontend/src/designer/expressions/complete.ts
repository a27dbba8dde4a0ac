/** Completion: what fits at a position of a template or a script. Pure; the editor only shows it. */
import { blockAt } from "./blocks";
import { isDot, valueBefore } from "./resolve";
import { keysOf, membersOf, needsBrackets, nodeNames, rootsOf, type Suggestion } from "./suggest";
import { tokensOf, type Token } from "./tokens";
import type { Scope } from "./types";

export interface Choice extends Suggestion {
  /** What choosing it writes between `from` and the cursor. */
  readonly text: string;
  readonly from: number;
  /** How far before the end the cursor goes: between the brackets of a call. */
  readonly back: number;
}

export interface Completion {
  /** Where the word begins that is filtered by. */
  readonly from: number;
  readonly choices: readonly Choice[];
}

export interface CompletionPlace {
  readonly text: string;
  readonly position: number;
  /** Only `{{ … }}` holds expressions; in a script everything does. */
  readonly isTemplate: boolean;
  /** Asked for by hand: then names are offered at empty places too. */
  readonly isExplicit: boolean;
}

export function completionsAt(place: CompletionPlace, scope: Scope): Completion | null {
  const block = place.isTemplate ? blockAt(place.text, place.position) : { innerFrom: 0 };
  if (!block) return null;
  const tokens = [...tokensOf(place.text, block.innerFrom, place.position)];
  const last = tokens.at(-1);
  if (last?.kind === "open-text") return inQuotes(place, tokens, last, scope);
  if (isDot(last)) return behindDot(place, tokens, tokens.length - 1, place.position, scope);
  if (last?.kind === "name" && last.to === place.position) {
    if (isDot(tokens.at(-2))) return behindDot(place, tokens, tokens.length - 2, last.from, scope);
    return roots(place, last.from, scope);
  }
  return place.isExplicit || (place.isTemplate && tokens.length === 0) ? roots(place, place.position, scope) : null;
}

function roots(place: CompletionPlace, from: number, scope: Scope): Completion {
  return { from, choices: rootsOf(scope).map((each) => written(place, each, from)) };
}

function behindDot(place: CompletionPlace, tokens: readonly Token[], dot: number, from: number, scope: Scope): Completion | null {
  const base = valueBefore(tokens, dot, scope);
  const sign = tokens[dot];
  if (!base || !sign) return null;
  const bracketed = (each: Suggestion): Choice => {
    const optional = sign.text === "?." ? "?." : "";
    return { ...each, from: sign.from, text: `${optional}[${JSON.stringify(each.label)}]`, back: 0 };
  };
  return { from, choices: membersOf(base, scope).map((each) => (needsBrackets(each) ? bracketed(each) : written(place, each, from))) };
}

/** Node names in `$('`, keys in `["`; nothing in other texts. */
function inQuotes(place: CompletionPlace, tokens: readonly Token[], open: Token, scope: Scope): Completion | null {
  const bracket = tokens.at(-2);
  const found =
    bracket?.text === "(" && isNodeCall(tokens.at(-3)) ? nodeNames(scope) : bracket?.text === "[" ? keysBefore(tokens, scope) : null;
  if (!found) return null;
  const quote = open.text[0] ?? '"';
  const from = open.from + 1;
  const closing = (place.text[place.position] === quote ? "" : quote) + closingBracket(place, quote, bracket?.text === "(" ? ")" : "]");
  return { from, choices: found.map((each) => ({ ...each, from, text: inside(each.label, quote) + closing, back: 0 })) };
}

function isNodeCall(token: Token | undefined): boolean {
  return token?.text === "$" || token?.text === "$items";
}

function keysBefore(tokens: readonly Token[], scope: Scope): Suggestion[] | null {
  const end = tokens.length - 2;
  const base = valueBefore(tokens, isDot(tokens[end - 1]) ? end - 1 : end, scope);
  return base && keysOf(base, scope);
}

/** The bracket, unless the editor has closed it already. */
function closingBracket({ text, position }: CompletionPlace, quote: string, bracket: string): string {
  return text[position] === quote ? "" : text[position] === bracket ? "" : bracket;
}

function inside(label: string, quote: string): string {
  const escaped = JSON.stringify(label).slice(1, -1);
  return quote === '"' ? escaped : escaped.replace(/\\"/g, '"').replaceAll(quote, `\\${quote}`);
}

/** Methods are called at once; the cursor goes between the brackets when there is something to say. */
function written({ text, position }: CompletionPlace, each: Suggestion, from: number): Choice {
  if (each.label === "$(") return { ...each, from, text: "$('')", back: 2 };
  const isCalled = (each.kind === "method" || each.kind === "function") && text[position] !== "(";
  if (!isCalled) return { ...each, from, text: each.label, back: 0 };
  return { ...each, from, text: `${each.label}()`, back: each.detail.endsWith("()") ? 0 : 1 };
}
