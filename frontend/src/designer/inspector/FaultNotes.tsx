/** What is wrong with a step, above everything else; each leads to its field. */
import { CircleAlert, TriangleAlert } from "lucide-react";
import { _ } from "../../lib/i18n";
import { isSerious, useNodeFaults } from "../state/faults";

export function FaultNotes({ node, go }: { readonly node: string; readonly go: (path: string) => void }) {
  const faults = useNodeFaults(node);
  if (faults.length === 0) return null;
  return (
    <ul className="fault-notes">
      {faults.map((fault, at) => (
        <li key={at} data-severity={fault.severity}>
          <button type="button" onClick={() => go(fault.path)}>
            {isSerious(fault) ? <CircleAlert size={14} aria-hidden="true" /> : <TriangleAlert size={14} aria-hidden="true" />}
            <span>
              {!isSerious(fault) && <span className="visually-hidden">{_("Warning:")} </span>}
              {fault.message}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
