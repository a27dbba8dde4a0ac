/** Checks the table after every edit, and marks what is found. Nothing is seen of it. */
import { useAtomValue, useSetAtom, useStore } from "jotai";
import { useEffect } from "react";
import { placeOfRule, type TableState } from "../../../doc";
import { putMarksAtom } from "../../state/marks";
import { verify } from "../../server/calls";
import type { Verification } from "../../server/types";
import { useDesk } from "../desk";
import { Follower } from "../follow";
import { checkAgainAtom, checkedAtom, chosenFindingAtom } from "./atoms";
import { findingMarks } from "./marks";

/** A larger table is not sent: the server checks the draft that it has. */
const SENT_RULES = 1_000;
const QUIET_MS = 300;

export function ChecksWork() {
  const desk = useDesk();
  const atoms = useStore();
  const mark = useSetAtom(putMarksAtom);
  const again = useAtomValue(checkAgainAtom);
  useEffect(() => {
    const follower = new Follower(QUIET_MS, {
      state: desk.state,
      stale: () => atoms.set(checkedAtom, (last) => ({ ...last, isStale: true })),
      ask: async (state: TableState, signal: AbortSignal) => {
        if (state.rules.length <= SENT_RULES) return verify(desk.table.id, state, signal);
        await desk.settled();
        return verify(desk.table.id, null, signal);
      },
      answered: (verification: Verification, state: TableState) => {
        atoms.set(checkedAtom, { verification, isStale: false, problem: null });
        atoms.set(chosenFindingAtom, null);
        mark("checks", findingMarks(verification.findings, (id) => placeOfRule(state, id) + 1 || null));
      },
      failed: (error) => atoms.set(checkedAtom, (last) => ({ ...last, problem: (error as Error).message })),
    });
    follower.again();
    const stop = desk.subscribe(follower.changed);
    return () => (stop(), follower.stop());
  }, [desk, atoms, mark, again]);
  return null;
}
