/** What stands within a line of Markdown: bold, italic, struck, code, links. Pure; no raw HTML. */
export type Span =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "break" }
  | { readonly kind: "strong" | "em" | "del"; readonly spans: readonly Span[] }
  | { readonly kind: "link"; readonly href: string; readonly spans: readonly Span[] };

const MOST_NESTED = 8;
/** Everything longer is shown as it is: no note is a book. */
const MOST_READ = 50_000;
const TOKEN = new RegExp(
  [
    String.raw`(?<escape>\\[!-/:-@[-\x60{-~])`,
    String.raw`(?<code>(?<ticks>\x60{1,3})(?!\x60)[^\x60]{1,5000}?\k<ticks>(?!\x60))`,
    String.raw`\[(?<label>[^\][]{1,1000})\]\((?<href>[^()\s<>]{1,2000})(?: "[^"]{0,500}")?\)`,
    String.raw`<?(?<bare>https?://[^\s<>()]{1,2000}[^\s<>().,;:!?'"*_~])>?`,
    String.raw`(?<strong>\*\*(?=\S)([^\n]{1,5000}?\S)??\*\*(?!\*)|(?<![\w])__(?=\S)[^\n_]{1,5000}?__(?![\w]))`,
    String.raw`(?<del>~~(?=\S)[^\n~]{1,5000}?~~)`,
    String.raw`(?<em>\*(?=[^\s*])[^\n*]{1,5000}?\*|(?<![\w])_(?=[^\s_])[^\n_]{1,5000}?_(?![\w]))`,
    String.raw`(?<break> {2,}\n|\\\n)`,
  ].join("|"),
  "g",
);
const SAFE = /^(https?:\/\/|mailto:|\/(?!\/)|#)/i;

export function spansOf(text: string, depth = 0): Span[] {
  if (depth >= MOST_NESTED || text.length > MOST_READ) return [{ kind: "text", text }];
  const spans: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) spans.push({ kind: "text", text: text.slice(at, match.index) });
    spans.push(spanOf(match, depth + 1));
    at = match.index + match[0].length;
  }
  if (at < text.length) spans.push({ kind: "text", text: text.slice(at) });
  return spans;
}

function spanOf(match: RegExpExecArray, depth: number): Span {
  const [whole] = match;
  const { escape, code, label, href, bare, strong, del, em } = match.groups ?? {};
  if (escape !== undefined) return { kind: "text", text: escape.slice(1) };
  if (code !== undefined) return { kind: "code", text: code.replace(/^(`+)([^]*)\1$/, "$2").trim() };
  if (label !== undefined) return link(href ?? "", spansOf(label, depth), whole);
  if (bare !== undefined) return link(bare, [{ kind: "text", text: bare }], whole);
  if (strong !== undefined) return { kind: "strong", spans: spansOf(strong.slice(2, -2), depth) };
  if (del !== undefined) return { kind: "del", spans: spansOf(del.slice(2, -2), depth) };
  if (em !== undefined) return { kind: "em", spans: spansOf(em.slice(1, -1), depth) };
  return { kind: "break" };
}

/** What leads nowhere good stays text: no `javascript:`, no `data:`. */
function link(href: string, spans: readonly Span[], whole: string): Span {
  return SAFE.test(href) ? { kind: "link", href, spans } : { kind: "text", text: whole };
}
