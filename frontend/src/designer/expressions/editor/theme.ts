/** The editor in the colours of the page: tokens only, so light and dark come by themselves. */
import { HighlightStyle } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: "var(--kind-logic)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--ok)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--warn)" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--run)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--kind-ai)" },
  { tag: [tags.typeName, tags.className], color: "var(--kind-trigger)" },
  { tag: tags.comment, color: "var(--text-3)", fontStyle: "italic" },
  { tag: tags.invalid, color: "var(--err)" },
]);

const base = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "transparent", fontSize: "var(--size-code)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--text)", padding: "5px 0" },
  ".cm-line": { padding: "0 10px" },
  ".cm-cursor, .cm-dropCursor": { borderInlineStartColor: "var(--accent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 26%, transparent)",
  },
  ".cm-placeholder": { color: "var(--text-3)", fontFamily: "var(--font)", fontSize: "var(--size-body)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--text-3)", border: "0" },
  ".cm-selectionMatch": { backgroundColor: "var(--warn-soft)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--err-soft)" },
  ".cm-block": { backgroundColor: "var(--accent-soft)", borderRadius: "var(--radius-chip)" },
  ".cm-block-open": { backgroundColor: "var(--warn-soft)" },
  ".cm-block-brace": { color: "var(--accent-text)", fontWeight: "500" },
  ".cm-fault": { textDecoration: "underline wavy var(--err) 1px", textUnderlineOffset: "3px" },
  ".cm-panels": { backgroundColor: "var(--surface-2)", color: "var(--text)", borderColor: "var(--line)" },
  ".cm-textfield": { backgroundColor: "var(--surface)", border: "1px solid var(--line-control)", borderRadius: "var(--radius-chip)" },
  ".cm-button": { backgroundColor: "var(--surface-2)", backgroundImage: "none", border: "1px solid var(--line-control)", borderRadius: "var(--radius-chip)" },
});

const tooltips = EditorView.theme({
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--surface)",
    color: "var(--text)",
    boxShadow: "var(--shadow-dialog)",
    fontFamily: "var(--font)",
    fontSize: "var(--size-small)",
    zIndex: "70",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "var(--size-small)", maxBlockSize: "260px", minInlineSize: "260px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", alignItems: "center", gap: "8px", minBlockSize: "26px", padding: "2px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--text)" },
  ".cm-completionMatchedText": { textDecoration: "none", color: "var(--accent-text)", fontWeight: "600" },
  ".cm-completionDetail": { marginInlineStart: "auto", color: "var(--text-3)", fontStyle: "normal", fontSize: "var(--size-meta)", whiteSpace: "nowrap" },
  ".cm-completion-sample": { maxInlineSize: "180px", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", color: "var(--text-2)", unicodeBidi: "isolate" },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 10px", maxInlineSize: "320px" },
  ".cm-info-signature": { fontFamily: "var(--mono)", fontWeight: "500" },
  ".cm-info-example": { display: "block", marginBlockStart: "6px", fontFamily: "var(--mono)", color: "var(--text-2)", overflowWrap: "anywhere" },
});

const oneLine = EditorView.theme({
  ".cm-scroller": { overflowX: "auto", scrollbarWidth: "none", alignItems: "center" },
});

const manyLines = EditorView.theme({
  "&": { blockSize: "100%" },
  ".cm-scroller": { overflow: "auto" },
  ".cm-content": { minBlockSize: "calc(3lh + 10px)" },
});

export function theme(isMultiline: boolean): Extension {
  return [base, tooltips, isMultiline ? manyLines : oneLine];
}
