/** The editor itself. Everything of CodeMirror is behind this module, which is loaded when the first field shows. */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { Annotation, Compartment, EditorState, Transaction, type Extension } from "@codemirror/state";
import { drawSelection, dropCursor, EditorView, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { pageNonce } from "../../../lib/nonce";
import { changeBetween } from "../change";
import { insertedText } from "../insert";
import { completion, escapeClosesCompletion } from "./completion";
import { dropsExpressions } from "./drop";
import { faultMarks, setFaultEffect } from "./fault";
import { highlighting, laterExtensions } from "./language";
import type { EditorHandle, EditorOptions } from "./options";
import { theme } from "./theme";

/** A change that came from outside: it is not told as one of the person's. */
const FromOutside = Annotation.define<boolean>();
// Mod+Enter runs the workflow, also from here.
const KEYS = defaultKeymap.filter(({ key }) => key !== "Mod-Enter");

export function createEditor(options: EditorOptions): EditorHandle {
  const locked = new Compartment();
  const named = new Compartment();
  const later = new Compartment();
  let isGone = false;
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      selection: selectionWithin(options),
      extensions: [
        EditorView.cspNonce.of(pageNonce()),
        locked.of(lock(options.readOnly)),
        named.of(EditorView.contentAttributes.of(options.attributes)),
        // Told apart from what only can be written in: what scrolls has to be reached by keyboard.
        EditorView.contentAttributes.of({ tabindex: "0" }),
        ...behaviour(options),
        theme(options.isMultiline),
        highlighting(options.isTemplate),
        later.of([]),
        listener(options),
      ],
    }),
  });
  void laterExtensions(options.mode, options.isMultiline).then((extensions) => {
    if (!isGone) view.dispatch({ effects: later.reconfigure(extensions) });
  });
  return {
    setText: (text) => setText(view, text),
    setReadOnly: (readOnly) => view.dispatch({ effects: locked.reconfigure(lock(readOnly)) }),
    setAttributes: (attributes) => view.dispatch({ effects: named.reconfigure(EditorView.contentAttributes.of(attributes)) }),
    setFault: (fault) => view.dispatch({ effects: setFaultEffect.of(fault) }),
    insert: (expression) => insert(view, options, expression, view.state.selection.main.head),
    focus: () => view.focus(),
    destroy: () => {
      isGone = true;
      view.destroy();
    },
  };
}

function behaviour(options: EditorOptions): Extension[] {
  const { isMultiline, mode, isTemplate } = options;
  const isCode = mode !== "template" && mode !== "text" && !isTemplate;
  return [
    history(),
    drawSelection(),
    dropCursor(),
    bracketMatching(),
    closeBrackets(),
    faultMarks(),
    completion(options),
    escapeClosesCompletion(),
    dropsExpressions((view, expression, position) => insert(view, options, expression, position)),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...KEYS, ...historyKeymap]),
    ...(isMultiline ? (isCode ? [lineNumbers(), indentOnInput()] : [EditorView.lineWrapping]) : [oneLine()]),
    ...(options.placeholder ? [placeholder(options.placeholder)] : []),
  ];
}

/** What is pasted into one line stays one line. */
function oneLine(): Extension {
  return EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.newDoc.lines === 1 || transaction.annotation(FromOutside)) return transaction;
    const changes: { from: number; to: number; insert: string }[] = [];
    for (let line = 1; line < transaction.newDoc.lines; line += 1) {
      const { to } = transaction.newDoc.line(line);
      changes.push({ from: to, to: to + 1, insert: " " });
    }
    return [transaction, { changes, sequential: true }];
  });
}

function lock(readOnly: boolean): Extension {
  return [EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)];
}

function listener(options: EditorOptions): Extension {
  return EditorView.updateListener.of((update) => {
    if (update.focusChanged) (update.view.hasFocus ? options.onFocus : options.onBlur)();
    const isOwn = update.transactions.some((each) => each.docChanged && !each.annotation(FromOutside));
    if (isOwn) options.onChange(update.state.doc.toString());
  });
}

/** Only what differs is replaced, so the cursor stays where it is. */
function setText(view: EditorView, text: string): void {
  const changes = changeBetween(view.state.doc.toString(), text);
  if (changes) view.dispatch({ changes, annotations: [FromOutside.of(true), Transaction.addToHistory.of(false)] });
}

function insert(view: EditorView, { mode, isTemplate }: EditorOptions, expression: string, position: number): void {
  if (view.state.readOnly) return;
  const text = insertedText(view.state.doc.toString(), position, expression, isTemplate ? "template" : mode);
  const selection = view.state.selection.main;
  const range = position === selection.head ? { from: selection.from, to: selection.to } : { from: position, to: position };
  view.dispatch({ changes: { ...range, insert: text }, selection: { anchor: range.from + text.length }, userEvent: "input.drop", scrollIntoView: true });
  view.focus();
}

function selectionWithin({ selection, text }: EditorOptions): { anchor: number; head: number } {
  const within = (at: number): number => Math.min(at, text.length);
  return { anchor: within(selection.anchor), head: within(selection.head) };
}
