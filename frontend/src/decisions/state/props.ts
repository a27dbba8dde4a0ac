/** What the page tells the designer; written by `apps/decision_tables/web/`. */
export interface TableFacts {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly application: string;
  readonly version: number | null;
  readonly published_version: number | null;
}

export interface Rights {
  readonly write: boolean;
  readonly run: boolean;
  readonly publish: boolean;
}

export interface TableDesignerProps {
  readonly table: TableFacts;
  readonly person: { readonly id: string; readonly name: string };
  readonly rights: Rights;
  /** Where this server is reached from outside, without a slash at the end. */
  readonly baseUrl: string;
}
