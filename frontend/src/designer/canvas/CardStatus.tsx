/** How a node did, as a sign beside the colour. */
import { Ban, Check, CircleDashed, Clock3, LoaderCircle, SkipForward, X } from "lucide-react";
import type { NodeRun, NodeRunStatus } from "../state/overlay";
import { statusWords } from "./labels";

const SIGNS: Readonly<Record<NodeRunStatus, typeof Check>> = {
  queued: CircleDashed,
  running: LoaderCircle,
  waiting: Clock3,
  success: Check,
  error: X,
  skipped: SkipForward,
  canceled: Ban,
};

export function CardStatus({ run }: { readonly run: NodeRun | null }) {
  if (!run) return null;
  const Sign = SIGNS[run.status] ?? CircleDashed;
  return (
    <span className={`card-status ${run.status}`} title={statusWords(run.status)}>
      <Sign size={12} aria-hidden="true" />
    </span>
  );
}
