import type { Draft, Json, WorkflowState } from "../../doc";
import { same } from "../../doc/json";

/** A setting; null takes it away, so that its default counts. */
export function settingChanged(state: WorkflowState, name: string, value: Json): Draft[] {
  if (same(state.settings[name] ?? null, value)) return [];
  return [{ type: "settings_changed", path: ["settings", name], new: value }];
}
