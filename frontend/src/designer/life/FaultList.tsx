/** What is wrong, each with the way to its place; what only deserves a look stands apart. */
import { CircleAlert, TriangleAlert } from "lucide-react";
import { useSetAtom } from "jotai";
import { nameOf, nodeOf } from "../../doc";
import { _, _n } from "../../lib/i18n";
import { Disclosure } from "../../ui/Disclosure";
import { useDesigner } from "../model/designer";
import { isSerious, type Fault } from "../state/faults";
import { useGoToFault } from "./go-to-fault";
import { dialogAtom } from "../state/panels";

const MOST = 50;
/** More warnings than these are closed at first. */
const FEW = 3;

interface Props {
  readonly faults: readonly Fault[];
  readonly gone: () => void;
}

export function FaultList({ faults, gone }: Props) {
  const serious = faults.filter(isSerious);
  const warnings = faults.filter((fault) => !isSerious(fault));
  return (
    <>
      <List label={_("What must be mended")} faults={serious} gone={gone} />
      {warnings.length > 0 && (
        <Disclosure className="fault-warnings" label={_n("{n} warning: it can be published like this", "{n} warnings: it can be published like this", warnings.length)} defaultOpen={serious.length === 0 && warnings.length <= FEW}>
          <List label={_("Warnings")} faults={warnings} gone={gone} />
        </Disclosure>
      )}
    </>
  );
}

function List({ label, faults, gone }: Props & { readonly label: string }) {
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
    <ul className="fault-list" aria-label={label}>
      {faults.slice(0, MOST).map((fault, at) => {
        const node = fault.node_id === null ? undefined : nodeOf(store.state(), fault.node_id);
        return (
          <li key={at}>
            <button type="button" className="fault" onClick={() => go(fault)}>
              {isSerious(fault) ? <CircleAlert size={14} className="err-text" aria-hidden="true" /> : <TriangleAlert size={14} className="warn-text" aria-hidden="true" />}
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
