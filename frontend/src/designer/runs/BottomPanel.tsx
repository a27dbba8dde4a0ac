/** Under the canvas: the log and the steps of the run that is shown, what a dry run would have changed, and all runs. */
import { X } from "lucide-react";
import { useAtom, useAtomValue } from "jotai";
import { _ } from "../../lib/i18n";
import { IconButton } from "../../ui/Button";
import { Tabs, type TabItem } from "../../ui/Tabs";
import { focusWork } from "../canvas/reveal";
import { bottomAtom } from "../state/panels";
import { runFactsAtom, shownRunAtom } from "./atoms";
import { ChangesTab } from "./ChangesTab";
import { LogsTab } from "./LogsTab";
import { ResizeBar, useHeight } from "./resize";
import { RunsTab } from "./RunsTab";
import { StepsTab } from "./StepsTab";

type Shown = "logs" | "steps" | "changes" | "runs";

export function BottomPanel() {
  const [open, setOpen] = useAtom(bottomAtom);
  const shown = useAtomValue(shownRunAtom);
  const facts = useAtomValue(runFactsAtom);
  const height = useHeight();
  if (open === null) return null;
  const isDry = shown?.dry === true || facts?.dry === true;
  const value: Shown = open === "data" || (open === "changes" && !isDry) ? "steps" : open;
  const items: TabItem<Shown>[] = [
    { id: "logs", label: _("Logs"), content: value === "logs" && <LogsTab /> },
    { id: "steps", label: _("Steps"), content: value === "steps" && <StepsTab /> },
    ...(isDry ? [{ id: "changes" as const, label: _("Changes"), content: value === "changes" && <ChangesTab /> }] : []),
    { id: "runs", label: _("Runs"), content: value === "runs" && <RunsTab /> },
  ];
  return (
    <section className="designer-bottom runs-panel" aria-label={_("Runs and logs")} style={{ blockSize: height.size }}>
      <ResizeBar height={height} />
      <Tabs
        className="runs-tabs"
        label={_("Runs and logs")}
        items={items}
        value={value}
        onChange={setOpen}
        end={<IconButton size="small" icon={<X size={14} />} label={_("Close the panel")} onClick={() => (setOpen(null), focusWork())} />}
      />
    </section>
  );
}
