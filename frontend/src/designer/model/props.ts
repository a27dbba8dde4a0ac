/** What the page tells the designer; written by `apps/workflows/web/designer.py`. */
export interface WorkflowFacts {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly status: string;
  readonly environment: string;
  readonly version: number | null;
  readonly published_version: number | null;
  readonly tags: readonly string[];
  readonly folder: string;
}

export interface Rights {
  readonly write: boolean;
  readonly run: boolean;
  readonly publish: boolean;
}

export interface DesignerProps {
  readonly workflow: WorkflowFacts;
  readonly person: { readonly id: string; readonly name: string };
  readonly rights: Rights;
  /** How the canvas was looked at last: `{x, y, zoom, panels}`; null for the first time. */
  readonly view: { readonly x: number; readonly y: number; readonly zoom: number } | null;
  /** An execution to be shown on the canvas, from `?execution=`. */
  readonly execution: string | null;
  /** Where this server is reached from outside, without a slash at the end. */
  readonly baseUrl: string;
}
