/** Blocks of a template are coloured as JavaScript, on a tint of their own. */
import type { javascriptLanguage } from "@codemirror/lang-javascript";
import { RangeSetBuilder, StateEffect, type Extension } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { highlightTree } from "@lezer/highlight";
import { blocksOf, type Block } from "../blocks";
import { colours } from "./theme";

/** Longer texts are edited without colours rather than slowly. */
const MAX_LENGTH = 100_000;
const brace = Decoration.mark({ class: "cm-block-brace" });
const openBlock = Decoration.mark({ class: "cm-block cm-block-open" });
const closedBlock = Decoration.mark({ class: "cm-block" });

/** The language comes after the editor: until then blocks have their tint only, without a connection for ever. */
let parser: typeof javascriptLanguage.parser | null = null;
const coloursAreThere = StateEffect.define<null>();

async function loadParser(view: EditorView): Promise<void> {
  parser = (await import("@codemirror/lang-javascript")).javascriptLanguage.parser;
  view.dispatch({ effects: coloursAreThere.of(null) });
}

export function blockHighlighting(): Extension {
  return ViewPlugin.define((view) => {
    if (!parser) loadParser(view).catch(() => null);
    return { decorations: decorationsOf(view), update };
  }, { decorations: (value: Value) => value.decorations });
}

interface Value {
  decorations: DecorationSet;
  update(update: ViewUpdate): void;
}

function update(this: Value, { docChanged, transactions, view }: ViewUpdate): void {
  if (docChanged || transactions.some(({ effects }) => effects.some((effect) => effect.is(coloursAreThere)))) this.decorations = decorationsOf(view);
}

function decorationsOf(view: EditorView): DecorationSet {
  if (view.state.doc.length > MAX_LENGTH) return Decoration.none;
  const builder = new RangeSetBuilder<Decoration>();
  const text = view.state.doc.toString();
  for (const block of blocksOf(text)) addBlock(builder, text, block);
  return builder.finish();
}

function addBlock(builder: RangeSetBuilder<Decoration>, text: string, block: Block): void {
  builder.add(block.from, block.to, block.closed ? closedBlock : openBlock);
  builder.add(block.from, block.innerFrom, brace);
  const inner = text.slice(block.innerFrom, block.innerTo);
  if (parser) highlightTree(parser.parse(inner), colours, (from, to, classes) => {
    builder.add(block.innerFrom + from, block.innerFrom + to, Decoration.mark({ class: classes }));
  });
  if (block.closed) builder.add(block.innerTo, block.to, brace);
}
