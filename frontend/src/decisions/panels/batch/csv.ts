/** Comma-separated values by RFC 4180; files of spreadsheets may use semicolons or tabs. */

const SEPARATORS = [",", ";", "\t"] as const;

/** Rows of cells. A byte order mark and empty rows at the end are passed over. */
export function readCsv(text: string): string[][] {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const separator = separatorOf(plain);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < plain.length) {
    const cell = plain[at] === '"' ? quotedCell(plain, at) : bareCell(plain, at, separator);
    row.push(cell.text);
    at = cell.end;
    if (plain[at] === separator) {
      at += 1;
      if (at === plain.length) row.push("");
    } else {
      rows.push(row);
      row = [];
      at += plain.startsWith("\r\n", at) ? 2 : 1;
    }
  }
  if (row.length > 0) rows.push(row);
  while (rows.at(-1)?.every((each) => each === "")) rows.pop();
  return rows;
}

interface Cell {
  readonly text: string;
  /** Where the separator or the end of the line stands. */
  readonly end: number;
}

function bareCell(text: string, start: number, separator: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end += 1;
  return { text: text.slice(start, end), end };
}

function quotedCell(text: string, start: number): Cell {
  let at = start + 1;
  let said = "";
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { text: said + text.slice(at), end: text.length };
    said += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { text: said, end: quote + 1 };
    said += '"';
    at = quote + 2;
  }
}

/** The one that stands most often in the first line. */
function separatorOf(text: string): string {
  const line = text.slice(0, Math.max(text.search(/[\r\n]/), 0) || text.length);
  const count = (separator: string): number => line.split(separator).length;
  return SEPARATORS.reduce<string>((best, each) => (count(each) > count(best) ? each : best), ",");
}

/** Spreadsheets run what begins with these as formulas. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(written).join(",")).join("\r\n") + "\r\n";
}

function written(cell: string): string {
  const safe = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
