/** The way to the server and back; HTTP is one (`http.ts`), a websocket will be another. */
import type { Json } from "./json";
import type { DocumentEvent, Operation, Snapshot } from "./operations";
import type { Refusal } from "./refusal";

export interface Batch {
  readonly base_seq: number;
  readonly epoch: number;
  readonly client_id: string;
  readonly ops: readonly Operation[];
}

export interface EventPage {
  readonly seq: number;
  readonly epoch: number;
  readonly events: readonly DocumentEvent[];
  readonly has_more?: boolean;
}

export type Answer =
  | ({ readonly kind: "accepted" } & EventPage)
  /** One operation does not fit, so nothing of the batch was done; `index` is null when the answer does not say which. */
  | { readonly kind: "refused"; readonly index: number | null; readonly refusal: Refusal }
  /** The document has been replaced. */
  | { readonly kind: "stale" }
  /** More has happened since than one answer holds: to be read first. */
  | { readonly kind: "behind" };

/** Each call throws when there is no answer for now; `Denied` when trying again soon is of no use. */
export interface Transport {
  submit(batch: Batch): Promise<Answer>;
  events(after: number): Promise<EventPage>;
  load(): Promise<Snapshot<Json>>;
}

/** Not signed in, no permission, no such document. */
export class Denied extends Error {
  override readonly name = "Denied";

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
