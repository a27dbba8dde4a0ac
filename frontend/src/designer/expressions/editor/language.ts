import { syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { blockHighlighting } from "./blocks-view";
import type { EditorMode } from "./options";
import { colours } from "./theme";

/** Languages of their own are loaded with the first field that is written in them; templates need none. */
const LANGUAGES: Partial<Record<EditorMode, () => Promise<Extension>>> = {
  javascript: async () => (await import("@codemirror/lang-javascript")).javascript(),
  python: async () => (await import("@codemirror/lang-python")).python(),
  sql: async () => (await import("@codemirror/lang-sql")).sql(),
  json: async () => (await import("@codemirror/lang-json")).json(),
};

/** Colours, and the blocks of a template in whatever it stands in. */
export function highlighting(isTemplate: boolean): Extension {
  return [syntaxHighlighting(colours), isTemplate ? blockHighlighting() : []];
}

/** What comes later: the language, and searching where the text is long. Without a connection the text stays plain. */
export async function laterExtensions(mode: EditorMode, isMultiline: boolean): Promise<Extension> {
  const none: Extension = [];
  const language = LANGUAGES[mode]?.() ?? none;
  const search = isMultiline ? import("./searching").then((module) => module.searching()) : none;
  const settled = await Promise.allSettled([language, search]);
  return settled.map((each) => (each.status === "fulfilled" ? each.value : none));
}
