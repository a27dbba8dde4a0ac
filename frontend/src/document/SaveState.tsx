/** Always to be seen: whether what was done is saved, and what to do when it is not. */
import { Check, CircleAlert, CloudOff } from "lucide-react";
import type { OpenDocument } from "../doc";
import { _, _n } from "../lib/i18n";
import { Button } from "../ui/Button";
import { Spinner } from "../ui/Spinner";
import { useSavingOf } from "./hooks";

export function SaveState<State>({ document, showLost }: { readonly document: OpenDocument<State>; readonly showLost: () => void }) {
  const saving = useSavingOf(document);
  switch (saving.kind) {
    case "saved":
      return <Shown icon={<Check size={14} />} text={_("saved")} />;
    case "saving":
      return <Shown icon={<Spinner />} text={_("saving…")} />;
    case "offline":
      return (
        <Button variant="ghost" size="small" className="save-state warn" icon={<CloudOff size={14} />} onClick={() => document.sync.wake()} title={saving.reason}>
          {_n("Not connected · {n} change waits", "Not connected · {n} changes wait", saving.pending)}
        </Button>
      );
    case "refused":
      return (
        <Button variant="ghost" size="small" className="save-state err" icon={<CircleAlert size={14} />} onClick={showLost}>
          {_n("{n} change was not taken", "{n} changes were not taken", saving.refused)}
        </Button>
      );
  }
}

function Shown({ icon, text }: { readonly icon: React.ReactNode; readonly text: string }) {
  return (
    <span className="save-state" role="status">
      {icon}
      <span>{text}</span>
    </span>
  );
}
