/** Text of a cell taken apart where it stands outside of quotes and brackets. Pure. */
const OPENS = "([{";
const CLOSES = ")]}";

/** Where each character stands: in a string, and how deep in brackets. */
function* outside(text: string): Generator<number> {
  let quoted = false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (quoted && sign === "\\") at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (OPENS.includes(sign)) depth += 1;
    else if (CLOSES.includes(sign)) depth -= 1;
    else if (depth <= 0) yield at;
  }
}

/** The parts between separators; each is trimmed. */
export function splitOutside(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let from = 0;
  const sticky = new RegExp(separator.source, `${separator.flags.replace("y", "")}y`);
  for (const at of outside(text)) {
    if (at < from) continue;
    sticky.lastIndex = at;
    const found = sticky.exec(text);
    if (!found) continue;
    parts.push(text.slice(from, at).trim());
    from = at + found[0].length;
  }
  parts.push(text.slice(from).trim());
  return parts;
}

/** What keeps a text from being an expression: a string or a bracket without its end; null: nothing. */
export function unfinished(text: string): string | null {
  const open: string[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (quoted && sign === "\\") at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (OPENS.includes(sign)) open.push(sign);
    else if (CLOSES.includes(sign)) open.pop();
  }
  // Ranges may end with the other kind of bracket, so only what stays open counts.
  return quoted ? '"' : (open.at(-1) ?? null);
}
