/** Data that a step gives instead of running. */
import { gestures, type Json } from "../../../doc";
import { _ } from "../../../lib/i18n";
import { toast } from "../../../shell/toasts";
import type { DataItem } from "../../data/types";
import { refusalOf } from "../form/hints";
import type { Edit } from "../../model/edit";
import { pinnedOf } from "./items";

export function pin(edit: Edit, node: string, items: readonly DataItem[]): void {
  const value = pinnedOf(items) as Json;
  const refusal = refusalOf(value);
  if (refusal) return toast(refusal, "error");
  edit((state) => gestures.setField(state, node, "pinned_data", value), { label: _("Pin data") });
}

export function unpin(edit: Edit, node: string): void {
  edit((state) => gestures.setField(state, node, "pinned_data", null), { label: _("Unpin data") });
}
