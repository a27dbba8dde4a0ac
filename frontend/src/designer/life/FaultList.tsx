/** What is wrong, each with the way to its place. */
import { CircleAlert, TriangleAlert } from "lucide-react";
import { useSetAtom } from "jotai";
import { nameOf, nodeOf } from "../../doc";
import { useDesigner } from "../model/designer";
import type { Fault } from "../state/faults";
import { useGoToFault } from "./go-to-fault";
import { dialogAtom } from "../state/panels";
import { isSerious } from "./faults";

const MOST = 50;

export function FaultList({ faults, gone }: { readonly faults: readonly Fault[]; readonly gone: () => void }) {
  const goTo = useGoToFault();
  const open = useSetAtom(dialogAtom);
  const { store } = useDesigner().document;
  if (faults.length === 0) return null;
  const go = (fault: Fault): void => {
    gone();
    if (fault.node_id === null) open({ kind: "settings" });
    else goTo(fault);
  };
  return (
    <ul className="fault-list">
      {faults.slice(0, MOST).map((fault, at) => {
        const node = fault.node_id === null ? undefined : nodeOf(store.state(), fault.node_id);
        return (
          <li key={at}>
            <button type="button" className="fault" onClick={() => go(fault)}>
              {isSerious(fault) ? <CircleAlert size={14} className="err-text" /> : <TriangleAlert size={14} className="warn-text" />}
              <span>
                {node && (
                  <strong>
                    <bdi>{nameOf(node)}</bdi>:{" "}
                  </strong>
                )}
                {fault.message}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
