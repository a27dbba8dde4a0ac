/** What changes the workflow's life rather than its draft. Each keeps the facts in step and says what was done. */
import { api } from "../../api/client";
import { _ } from "../../lib/i18n";
import { toast } from "../../ui/Toast";
import type { Designer } from "../model/designer";
import { settled } from "../../document/settled";
import { keepFacts, refreshFacts } from "./facts";

const pathOf = (designer: Designer) => ({ params: { path: { workflow_id: designer.props.workflow.id } } });

/** Throws the server's refusal. The tests are run first; `skipTests`: it is published whatever they say. */
export async function publish(designer: Designer, message: string, skipTests = false): Promise<number | null> {
  await settled(designer);
  const body = { skip_tests: skipTests, ...(message.trim() === "" ? {} : { message: message.trim() }) };
  const { data } = await api.POST("/api/v1/workflows/{workflow_id}/publish/", { ...pathOf(designer), body });
  keepFacts(designer.queries, data);
  return data?.published_version ?? null;
}

export async function activate(designer: Designer): Promise<void> {
  const { data } = await api.POST("/api/v1/workflows/{workflow_id}/activate/", pathOf(designer));
  keepFacts(designer.queries, data);
  toast(_("Active: its triggers start runs now."), "success", { action: { label: _("Undo"), onSelect: () => void deactivate(designer) } });
}

export async function deactivate(designer: Designer): Promise<void> {
  const { data } = await api.POST("/api/v1/workflows/{workflow_id}/deactivate/", pathOf(designer));
  keepFacts(designer.queries, data);
  toast(_("Paused: its triggers start nothing."), "success", { action: { label: _("Undo"), onSelect: () => void activate(designer) } });
}

export async function duplicate(designer: Designer): Promise<void> {
  await settled(designer);
  const { data } = await api.POST("/api/v1/workflows/{workflow_id}/duplicate/", pathOf(designer));
  if (data) location.assign(`/workflows/${data.id}/`);
}

export async function moveToTrash(designer: Designer): Promise<void> {
  await api.DELETE("/api/v1/workflows/{workflow_id}/", pathOf(designer));
  location.assign("/workflows/trash/");
}

export async function rename(designer: Designer, changes: { name?: string; description?: string; tags?: string[]; folder?: string }): Promise<void> {
  const { data } = await api.PATCH("/api/v1/workflows/{workflow_id}/", { ...pathOf(designer), body: changes as never });
  keepFacts(designer.queries, data);
  await refreshFacts(designer);
}
