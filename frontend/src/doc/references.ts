/**
 * Where source code names other nodes: `$("Name")`, `$node["Name"]`, `$node.Name`, `$items("Name")`; in Python with `_`.
 * A small scanner: it knows texts, templates, comments and regular expressions, so that only real references count.
 */
export type Language = "javascript" | "python";

export interface Reference {
  /** The place of the literal, with its quotes; of `.Name` with the dot. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly quote: '"' | "'" | "`" | ".";
}

export interface Scan {
  readonly references: readonly Reference[];
  /** Where the code ends: before the closing `}}`, or the end of the text; null when a block is never closed. */
  readonly end: number | null;
}

const WORD = /[\p{L}\p{N}_$\u200c\u200d]+/uy;
const BEFORE_REGEX = /^(?:return|typeof|case|in|of|delete|void|throw|new|do|else|await|yield)$/;
// Bounded, so that many that are never closed take no longer than their length.
const REGEX = /\/(?![*/])(?:[^\\/[\n]|\\[^\n]|\[(?:[^\\\]\n]|\\[^\n]){0,500}\]){1,500}\/[a-z]*/y;
const LITERAL = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|`(?:[^`\\$]|\\[^]|\$(?!\{))*`/y;
const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const LINE = /[^\n]*/y;
const SPACE = /\s*/y;
const COMMENT = { javascript: /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/y, python: /#[^\n]*/y };
const PYTHON_LONG = /"""(?:[^\\]|\\[^])*?(?:"""|$)|'''(?:[^\\]|\\[^])*?(?:'''|$)/y;
const ESCAPE = /\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2})|(\r\n|[^]))/gi;
const PLAIN: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", "0": "\0" };

const MOST_NESTED = 100;

/** What may stand behind the name, by the rest of the root's name. */
const CLOSING: ReadonlyMap<string, string> = new Map([
  ["", ")"],
  ["node", "]"],
  ["items", "),"],
]);

function decoded(literal: string): string {
  return literal.slice(1, -1).replace(ESCAPE, (_, long?: string, four?: string, two?: string, other = "") => {
    const code = Number.parseInt(long ?? four ?? two ?? "", 16);
    if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : "";
    return PLAIN[other] ?? (/[\r\n]/.test(other) ? "" : other);
  });
}

class Scanner {
  readonly references: Reference[] = [];
  /** What came last: after a value a slash divides, after anything else it opens a regular expression. */
  #value = false;
  #afterDot = false;
  #nested = 0;

  constructor(
    readonly text: string,
    public at: number,
    readonly language: Language,
  ) {}

  /** Reads up to a closing brace that was not opened here, or to the end. */
  code(): void {
    let depth = 0;
    while (this.at < this.text.length) {
      const char = this.text[this.at] ?? "";
      if (char === "}" && depth === 0) return;
      if (this.#skipped() || this.#literal(char) || this.#word()) continue;
      if (char === "{") depth += 1;
      if (char === "}") depth -= 1;
      this.#value = char === ")" || char === "]" || char === "}";
      this.#afterDot = char === "." && !this.text.startsWith("..", this.at - 2);
      this.at += 1;
    }
  }

  #match(pattern: RegExp, at = this.at): string | null {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0] ?? null;
  }

  #skipped(): boolean {
    const found = this.#match(SPACE) || this.#match(COMMENT[this.language]);
    this.at += found?.length ?? 0;
    return Boolean(found);
  }

  #literal(char: string): boolean {
    if (char === "`" && this.language === "javascript") this.#template();
    else {
      const long = this.language === "python" ? this.#match(PYTHON_LONG) : null;
      const regex = char === "/" && this.language === "javascript" && !this.#value ? this.#match(REGEX) : null;
      // A text that is not closed ends with its line.
      const quoted = char === '"' || char === "'" ? (this.#match(LITERAL) ?? this.#match(LINE)) : null;
      const found = long ?? regex ?? quoted;
      if (found === null) return false;
      this.at += found.length;
    }
    this.#value = true;
    this.#afterDot = false;
    return true;
  }

  #template(): void {
    this.at += 1;
    while (this.at < this.text.length) {
      const char = this.text[this.at];
      if (char === "\\") this.at += 2;
      else if (this.text.startsWith("${", this.at)) {
        this.at += 2;
        this.#value = false;
        this.#nested += 1;
        // Nobody nests so deeply: no code, and nothing in it is a reference.
        if (this.#nested > MOST_NESTED) this.at = this.text.length;
        else this.code();
        this.#nested -= 1;
        this.at += 1;
      } else {
        this.at += 1;
        if (char === "`") return;
      }
    }
  }

  #word(): boolean {
    const word = this.#match(WORD);
    if (word === null) return false;
    const member = this.#afterDot;
    this.at += word.length;
    this.#value = member || !BEFORE_REGEX.test(word);
    this.#afterDot = false;
    const root = this.language === "python" ? "_" : "$";
    if (!member && word.startsWith(root)) this.#reference(word.slice(1));
    return true;
  }

  /** Notes the node that is named behind a root, without reading on. */
  #reference(root: string): void {
    let opening = this.#next(this.at);
    if (root === "node" && this.text.startsWith("?.", opening)) {
      const behind = this.#next(opening + 2);
      opening = this.text[behind] === "[" ? behind : opening + 1;
    }
    const char = this.text[opening];
    const closing = CLOSING.get(root);
    if (closing === undefined) return;
    if (char === (root === "node" ? "[" : "(")) {
      const from = this.#next(opening + 1);
      const literal = this.#match(LITERAL, from);
      const end = this.text[this.#next(from + (literal?.length ?? 0))];
      if (literal === null || end === undefined || !closing.includes(end)) return;
      const quote = literal[0] as Reference["quote"];
      this.references.push({ from, to: from + literal.length, name: decoded(literal), quote });
    } else if (root === "node" && char === "." && this.language === "javascript") {
      const from = this.#next(opening + 1);
      const name = this.#match(IDENTIFIER, from);
      if (name !== null) this.references.push({ from: opening, to: from + name.length, name, quote: "." });
    }
  }

  #next(at: number): number {
    return at + (this.#match(SPACE, at)?.length ?? 0);
  }
}

/** The references of a whole source. */
export function scanCode(source: string, language: Language = "javascript"): Reference[] {
  const scanner = new Scanner(source, 0, language);
  while (scanner.at < source.length) {
    scanner.code();
    // A brace too many is the author's fault, and no reason to stop.
    scanner.at += 1;
  }
  return scanner.references;
}

/** The references of a `{{ … }}` block, from behind its opening. */
export function scanBlock(text: string, start: number): Scan {
  const scanner = new Scanner(text, start, "javascript");
  scanner.code();
  if (text.startsWith("}}", scanner.at)) return { references: scanner.references, end: scanner.at };
  // Not to be read as code: the first closing counts, as in the engine.
  const closing = text.indexOf("}}", start);
  if (closing < 0) return { references: [], end: null };
  return { references: scanCode(text.slice(start, closing)).map((found) => shifted(found, start)), end: closing };
}

function shifted(reference: Reference, by: number): Reference {
  return { ...reference, from: reference.from + by, to: reference.to + by };
}

/** All references of a parameter: of an expression (`=…{{ … }}…`); of any other text none. */
export function scanTemplate(text: string): Reference[] {
  if (!text.startsWith("=")) return [];
  const found: Reference[] = [];
  let at = text.indexOf("{{", 1);
  while (at >= 0) {
    const { references, end } = scanBlock(text, at + 2);
    if (end === null) break;
    found.push(...references);
    at = text.indexOf("{{", end + 2);
  }
  return found;
}
