/** Commands of the workflow as a whole. */
import { Copy, Download, History, Power, Rocket, Settings, Trash2, Upload } from "lucide-react";
import type { Command, CommandContext } from "../commands/command";
import { _ } from "../../lib/i18n";
import { dialogAtom, type DialogState } from "../state/panels";
import { factsNow } from "./facts";
import { activate, deactivate, duplicate, moveToTrash } from "./lifecycle";

const opens = (dialog: DialogState) => (context: CommandContext) => context.atoms.set(dialogAtom, dialog);
const mayWrite = ({ designer }: CommandContext) => designer.props.rights.write;

export const lifeCommands: readonly Command[] = [
  { id: "workflow.publish", title: () => _("Publish"), group: "workflow", icon: Rocket, keys: ["mod+shift+p"], whileTyping: true, shown: ({ designer }) => designer.props.rights.publish, run: opens({ kind: "publish" }) },
  {
    id: "workflow.activate",
    title: () => _("Activate or pause"),
    group: "workflow",
    icon: Power,
    words: () => _("live triggers on off deactivate"),
    shown: ({ designer }) => designer.props.rights.publish,
    enabled: ({ designer }) => factsNow(designer).published_version !== null,
    run: ({ designer }) => (factsNow(designer).status === "active" ? deactivate(designer) : activate(designer)),
  },
  { id: "workflow.versions", title: () => _("Versions"), group: "workflow", icon: History, words: () => _("history restore compare"), run: opens({ kind: "versions" }) },
  { id: "workflow.settings", title: () => _("Workflow settings"), group: "workflow", icon: Settings, words: () => _("name tags time zone time-out"), run: opens({ kind: "settings" }) },
  { id: "workflow.duplicate", title: () => _("Duplicate the workflow"), group: "workflow", icon: Copy, shown: mayWrite, run: ({ designer }) => duplicate(designer) },
  {
    id: "workflow.export",
    title: () => _("Export as a file"),
    group: "workflow",
    icon: Download,
    run: ({ designer }) => location.assign(`/api/v1/workflows/${designer.props.workflow.id}/export/`),
  },
  { id: "workflow.import", title: () => _("Import a workflow"), group: "workflow", icon: Upload, shown: mayWrite, run: () => location.assign("/workflows/import/") },
  { id: "workflow.delete", title: () => _("Move to the trash"), group: "workflow", icon: Trash2, shown: mayWrite, run: ({ designer }) => moveToTrash(designer) },
];
