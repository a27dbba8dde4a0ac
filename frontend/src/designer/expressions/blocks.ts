/** Where the `{{ … }}` blocks of a template are. Pure. */
import { tokensOf } from "./tokens";

export interface Block {
  /** Of the opening braces. */
  readonly from: number;
  /** Behind the closing braces, or the text's end. */
  readonly to: number;
  readonly innerFrom: number;
  readonly innerTo: number;
  readonly closed: boolean;
}

/** The blocks in their order. One without an end reaches to the end of the text. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let at = text.indexOf("{{");
  while (at >= 0) {
    const end = endOf(text, at + 2);
    const closed = end >= 0;
    const block: Block = {
      from: at,
      to: closed ? end + 2 : text.length,
      innerFrom: at + 2,
      innerTo: closed ? end : text.length,
      closed,
    };
    blocks.push(block);
    at = text.indexOf("{{", block.to);
  }
  return blocks;
}

/** The block around a position; its braces are not in it. */
export function blockAt(text: string, position: number): Block | null {
  return blocksOf(text).find((block) => block.innerFrom <= position && (position <= block.innerTo || !block.closed)) ?? null;
}

/** Where the braces are that close a block: the first that are in no text and close no object. -1 without any. */
function endOf(text: string, from: number): number {
  let depth = 0;
  for (const token of tokensOf(text, from)) {
    if (token.text === "{") depth += 1;
    if (token.text !== "}") continue;
    if (depth === 0) return text[token.from + 1] === "}" ? token.from : text.indexOf("}}", token.from);
    depth -= 1;
  }
  // An open quotation swallows the rest while it is being typed; the next braces are meant then.
  return text.indexOf("}}", from);
}
