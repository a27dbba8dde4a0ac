/** What the lazy part and the fields agree on; without CodeMirror, so that it may be imported from anywhere. */
import type { Position, ScopeSource } from "../types";

export type EditorMode = "template" | "javascript" | "python" | "sql" | "json" | "html" | "markdown" | "text";

export interface EditorFault {
  readonly message: string;
  readonly position?: Position | undefined;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly selection: { readonly anchor: number; readonly head: number };
  readonly mode: EditorMode;
  /** Whether `{{ … }}` are expressions here. */
  readonly isTemplate: boolean;
  readonly isMultiline: boolean;
  readonly readOnly: boolean;
  readonly placeholder: string;
  readonly attributes: Record<string, string>;
  /** Asked with every completion. */
  readonly scope: () => ScopeSource | null;
  readonly onChange: (text: string) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

export interface EditorHandle {
  setText(text: string): void;
  setReadOnly(readOnly: boolean): void;
  setAttributes(attributes: Record<string, string>): void;
  setFault(fault: EditorFault | null): void;
  /** Puts an expression at the cursor and takes the focus. */
  insert(expression: string): void;
  focus(): void;
  destroy(): void;
}
