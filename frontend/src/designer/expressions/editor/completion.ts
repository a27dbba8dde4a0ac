/** Completion in the editor: what `completionsAt` finds, with samples and a panel that explains. */
import {
  autocompletion,
  closeCompletion,
  completionStatus,
  pickedCompletion,
  type Completion as Option,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";
import { completionsAt, type Choice } from "../complete";
import { infoOf } from "./info";
import type { EditorOptions } from "./options";

const WORD = /^[\w$]*$/;
const RANK = 10;
/** Fields come in their own order: the later ones a little less likely, never behind the language. */
const STEP = 0.1;
const MAX_STEPS = 150;

interface OptionOfChoice extends Option {
  readonly sample: string;
}

/** Names that the code itself makes. */
const localNames: CompletionSource = async (context) => (await import("@codemirror/lang-javascript")).localCompletionSource(context);

export function completion(options: EditorOptions): Extension {
  const { mode, isTemplate } = options;
  const hasScope = isTemplate || mode === "javascript";
  const sources: CompletionSource[] = [sourceOf(options), ...(isTemplate ? [] : [localNames])];
  return autocompletion({
    icons: false,
    ...(hasScope ? { override: sources } : {}),
    addToOptions: [{ render: sampleOf, position: 60 }],
    // Right after a dot the list is there before the next key.
    activateOnTypingDelay: 50,
  });
}

function sourceOf({ scope, isTemplate }: EditorOptions): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    // Who types on while the scope is fetched is to be asked anew at the new place: nothing else would begin that.
    context.addEventListener("abort", () => {}, { onDocChange: true });
    const known = await scope()?.scope().catch(() => null);
    if (!known || context.aborted) return null;
    const place = { text: context.state.doc.toString(), position: context.pos, isTemplate, isExplicit: context.explicit };
    const found = completionsAt(place, known);
    return found && found.choices.length > 0 ? { from: found.from, options: found.choices.map((choice, at) => optionOf(choice, at)), validFor: WORD } : null;
  };
}

function optionOf(choice: Choice, at: number): OptionOfChoice {
  const { label, detail, kind, rank, sample } = choice;
  return {
    label,
    detail,
    type: kind,
    sample,
    boost: rank * RANK - STEP * Math.min(at, MAX_STEPS),
    apply: (view, option, _from, to) => write(view, option, choice, to),
    ...(choice.entry || choice.description ? { info: () => infoOf(choice) } : {}),
  };
}

function write(view: EditorView, option: Option, { text, from, back }: Choice, to: number): void {
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length - back },
    annotations: pickedCompletion.of(option),
    userEvent: "input.complete",
  });
}

function sampleOf(option: Option): Node | null {
  const { sample } = option as Partial<OptionOfChoice>;
  if (!sample) return null;
  const element = document.createElement("span");
  element.className = "cm-completion-sample";
  element.textContent = sample;
  return element;
}

/**
 * Escape closes the list before it reaches a dialog around the editor: dialogs listen on the document before the
 * editor hears of the key, so this listens on the window.
 */
export function escapeClosesCompletion(): Extension {
  return ViewPlugin.define((view) => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || !view.hasFocus || completionStatus(view.state) !== "active") return;
      closeCompletion(view);
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", onKey, true);
    return { destroy: () => window.removeEventListener("keydown", onKey, true) };
  });
}
