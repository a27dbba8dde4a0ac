/** Keeps the run that is shown in step with the server, and says once how it ended. */
import { useQueryClient } from "@tanstack/react-query";
import { useAtomValue, useSetAtom, useStore } from "jotai";
import { useEffect } from "react";
import { useDesigner } from "../model/designer";
import { useConnections } from "../model/hooks";
import { overlayAtom } from "../state/overlay";
import { bottomAtom, dialogAtom } from "../state/panels";
import { shownDefinitionAtom } from "../state/shown-definition";
import { openPast } from "./actions";
import { announcementAtom, lookAgainAtom, momentAtom, runFactsAtom, runStateAtom, shownRunAtom } from "./atoms";
import { endSentence } from "./end-sentence";
import { factsOfExecution } from "./facts";
import { ExecutionFollower } from "./follow";
import { keys } from "./keys";
import { overlayOf } from "./overlay-of";
import { isFinal } from "./run-state";
import { RanVersion } from "./RanVersion";

export function RunSync() {
  useAddressed();
  useFollowed();
  useOverlay();
  const said = useAtomValue(announcementAtom);
  return (
    <>
      <RanVersion />
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </>
  );
}

/** The run in the page's address, or `?tests`. */
function useAddressed(): void {
  const { execution } = useDesigner().props;
  const atoms = useStore();
  useEffect(() => {
    if (execution && !atoms.get(shownRunAtom)) openPast({ atoms }, execution);
  }, [execution, atoms]);
  useEffect(() => {
    if (new URLSearchParams(location.search).has("tests")) atoms.set(dialogAtom, (open) => open ?? { kind: "tests" });
  }, [atoms]);
}

function useFollowed(): void {
  const shown = useAtomValue(shownRunAtom);
  const queries = useQueryClient();
  const atoms = useStore();
  useEffect(() => {
    if (!shown) return;
    const { execution, origin } = shown;
    let settled = false;
    const follower = new ExecutionFollower(execution, {
      changed: (run) => {
        const before = atoms.get(runStateAtom);
        atoms.set(runStateAtom, run);
        const ended = before && !isFinal(before.status) && isFinal(run.status);
        if (ended && shown.dry) atoms.set(bottomAtom, "changes");
        if (ended && origin === "started") atoms.set(announcementAtom, endSentence(run));
        if (ended) void queries.invalidateQueries({ queryKey: keys.runs() });
      },
      facts: (answer) => {
        atoms.set(runFactsAtom, factsOfExecution(answer));
        queries.setQueryData(keys.execution(execution), answer);
      },
      data: (rows) => {
        queries.setQueryData(keys.nodes(execution), rows);
        if (!settled) void queries.invalidateQueries({ queryKey: keys.logs(execution) });
        settled = true;
      },
      logged: () => void queries.invalidateQueries({ queryKey: keys.logs(execution) }),
      failed: (error) => atoms.set(announcementAtom, error instanceof Error ? error.message : String(error)),
    });
    follower.start(shown.watch);
    const forget = atoms.sub(lookAgainAtom, () => follower.look());
    return () => (forget(), follower.stop());
  }, [shown, queries, atoms]);
}

/** What the canvas shows of it. */
function useOverlay(): void {
  const run = useAtomValue(runStateAtom);
  const moment = useAtomValue(momentAtom);
  const past = useAtomValue(shownDefinitionAtom);
  const draft = useConnections();
  const setOverlay = useSetAtom(overlayAtom);
  const connections = past?.connections ?? draft;
  useEffect(() => {
    setOverlay(run ? overlayOf(run, connections, moment) : null);
  }, [run, connections, moment, setOverlay]);
}
