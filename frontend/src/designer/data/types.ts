import type { Json, JsonObject } from "../../doc/json";

export interface DataItem {
  readonly json: JsonObject;
  readonly binary?: JsonObject | null | undefined;
  readonly error?: Json | undefined;
}

export interface DataRun {
  readonly label: string;
  readonly items: readonly DataItem[];
}

export interface DataPort {
  readonly value: string;
  readonly label: string;
}
