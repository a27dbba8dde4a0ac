/** Cells as the clipboards of spreadsheets have them: tabs between, quotes around what has breaks or tabs. Pure. */

export function writeTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(quoted).join("\t")).join("\n");
}

function quoted(text: string): string {
  return /[\t\n\r]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Excel quotes only where it must: a quote in the middle of a cell is text. */
export function readTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const end = text.length;
  while (at <= end) {
    const [cell, next] = readCell(text, at);
    row.push(cell);
    at = next + 1;
    if (text[next] === "\t") continue;
    rows.push(row);
    row = [];
    if (text[next] === "\r" && text[next + 1] === "\n") at += 1;
    // A break at the end is no further row.
    if (at >= end) break;
  }
  return rows;
}

/** A cell and where it ends: at a tab, a break or the end of the text. */
function readCell(text: string, from: number): [string, number] {
  const whole = text[from] === '"' ? readQuoted(text, from) : null;
  if (whole) return whole;
  let at = from;
  while (at < text.length && !isEnd(text[at])) at += 1;
  return [text.slice(from, at), at];
}

function readQuoted(text: string, from: number): [string, number] | null {
  let at = from + 1;
  for (; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') break;
    at += 1;
  }
  // Quotes that do not reach the cell's end belong to its text, as in `"gold", "silver"`.
  const next = at + 1;
  if (at >= text.length || (next < text.length && !isEnd(text[next]))) return null;
  return [text.slice(from + 1, at).replaceAll('""', '"'), next];
}

function isEnd(sign: string | undefined): boolean {
  return sign === "\t" || sign === "\n" || sign === "\r";
}
