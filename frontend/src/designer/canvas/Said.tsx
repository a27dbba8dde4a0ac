/** What the last command did, said to screen readers; in the outline as on the canvas. */
import { useAtomValue } from "jotai";
import { saidAtom } from "../state/canvas";

export function Said() {
  const said = useAtomValue(saidAtom);
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {said}
    </p>
  );
}
