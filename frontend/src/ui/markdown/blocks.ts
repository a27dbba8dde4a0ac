/** Markdown's blocks: headings, paragraphs, lists, tables, quotes, fenced code, rules. Pure; linear in the text. */
export type Align = "start" | "center" | "end";

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly start: number; readonly entries: readonly (readonly Block[])[] }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | { readonly kind: "table"; readonly aligns: readonly Align[]; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: "rule" };

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*)$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([\w+-]*)[^`]*$/;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const QUOTE = /^ {0,3}> ?/;
const ENTRY = /^( {0,3})([-*+]|\d{1,9}[.)])([ \t]+|$)(.*)$/;
const DIVIDER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
/** Nobody nests lists and quotes so deeply; deeper is text. */
const MOST_NESTED = 12;

/** The blocks of a text. */
export function blocksOf(text: string): Block[] {
  return read(text.replaceAll("\t", "    ").split(/\r\n?|\n/), 0);
}

function read(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const found = blank(lines[at]) ? null : blockAt(lines, at, depth);
    if (found) blocks.push(found.block);
    at = found ? found.next : at + 1;
  }
  return blocks;
}

type Found = { readonly block: Block; readonly next: number };

function blockAt(lines: readonly string[], at: number, depth: number): Found {
  const line = lines[at] ?? "";
  const fence = FENCE.exec(line);
  if (fence) return code(lines, at, fence[1] ?? "```", fence[2] ?? "");
  const heading = HEADING.exec(line);
  if (heading) return { block: { kind: "heading", level: heading[1]?.length ?? 1, text: (heading[2] ?? "").replace(/[ \t]#+[ \t]*$/, "").trim() }, next: at + 1 };
  if (RULE.test(line)) return { block: { kind: "rule" }, next: at + 1 };
  if (depth < MOST_NESTED && QUOTE.test(line)) return quote(lines, at, depth);
  if (depth < MOST_NESTED && ENTRY.test(line)) return list(lines, at, depth);
  if (line.includes("|") && DIVIDER.test(lines[at + 1] ?? "") && (lines[at + 1] ?? "").includes("-")) return table(lines, at);
  return paragraph(lines, at, depth);
}

function code(lines: readonly string[], at: number, fence: string, language: string): Found {
  let next = at + 1;
  const closes = (line: string) => line.trim().startsWith(fence) && line.trim().replaceAll(fence.charAt(0), "") === "";
  while (next < lines.length && !closes(lines[next] ?? "")) next += 1;
  return { block: { kind: "code", language, text: lines.slice(at + 1, next).join("\n") }, next: next + 1 };
}

function quote(lines: readonly string[], at: number, depth: number): Found {
  let next = at;
  while (next < lines.length && QUOTE.test(lines[next] ?? "")) next += 1;
  const inner = lines.slice(at, next).map((line) => line.replace(QUOTE, ""));
  return { block: { kind: "quote", blocks: read(inner, depth + 1) }, next };
}

function list(lines: readonly string[], at: number, depth: number): Found {
  const first = ENTRY.exec(lines[at] ?? "");
  const ordered = /\d/.test(first?.[2] ?? "");
  const entries: string[][] = [];
  let next = at;
  let indent = 0;
  while (next < lines.length) {
    const line = lines[next] ?? "";
    const entry = ENTRY.exec(line);
    // What is indented as far as the entry's text belongs to the entry.
    const isNext = entry !== null && (entries.length === 0 || (entry[1] ?? "").length < indent);
    if (isNext && /\d/.test(entry[2] ?? "") === ordered && !RULE.test(line)) {
      indent = (entry[1] ?? "").length + (entry[2] ?? "").length + 1;
      entries.push([entry[4] ?? ""]);
    } else if (blank(line) ? goesOn(lines, next) : isIndented(line) || !(begins(line) || blank(lines[next - 1]))) {
      entries.at(-1)?.push(line.slice(Math.min(indent, line.length - line.trimStart().length)));
    } else break;
    next += 1;
  }
  const start = Number.parseInt(first?.[2] ?? "1", 10) || 1;
  return { block: { kind: "list", ordered, start, entries: entries.map((one) => read(one, depth + 1)) }, next };
}

/** Whether the list goes on behind an empty line. */
function goesOn(lines: readonly string[], at: number): boolean {
  const behind = lines[at + 1] ?? "";
  return isIndented(behind) || ENTRY.test(behind);
}

function table(lines: readonly string[], at: number): Found {
  const aligns = cells(lines[at + 1] ?? "").map(alignOf);
  let next = at + 2;
  while (next < lines.length && !blank(lines[next]) && (lines[next] ?? "").includes("|")) next += 1;
  const rows = lines.slice(at + 2, next).map(cells);
  return { block: { kind: "table", aligns, head: cells(lines[at] ?? ""), rows }, next };
}

/** A bar inside of code or behind a backslash divides nothing. */
function cells(line: string): string[] {
  const inner = line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  return (inner.match(/(?:\\.|`[^`]*`|[^|\\]|\\$)+|(?<=^|\|)(?=\||$)/g) ?? []).map((cell) => cell.replaceAll("\\|", "|").trim());
}

function alignOf(cell: string): Align {
  if (!cell.endsWith(":")) return "start";
  return cell.startsWith(":") ? "center" : "end";
}

function paragraph(lines: readonly string[], at: number, depth: number): Found {
  let next = at + 1;
  while (next < lines.length && !blank(lines[next]) && (depth >= MOST_NESTED || !begins(lines[next] ?? ""))) next += 1;
  return { block: { kind: "paragraph", text: lines.slice(at, next).map((line) => line.trimStart()).join("\n") }, next };
}

/** Whether a line begins a block that ends a paragraph. */
function begins(line: string): boolean {
  return [HEADING, FENCE, QUOTE, ENTRY, RULE].some((form) => form.test(line));
}

function isIndented(line: string): boolean {
  return /^ {2,}\S/.test(line);
}

function blank(line: string | undefined): boolean {
  return (line ?? "").trim() === "";
}
