/** What is wrong with a step, above everything else; each leads to its field. */
import { CircleAlert } from "lucide-react";
import { useNodeFaults } from "../state/faults";

export function FaultNotes({ node, go }: { readonly node: string; readonly go: (path: string) => void }) {
  const faults = useNodeFaults(node);
  if (faults.length === 0) return null;
  return (
    <ul className="fault-notes">
      {faults.map((fault, at) => (
        <li key={at} data-severity={fault.severity}>
          <button type="button" onClick={() => go(fault.path)}>
            <CircleAlert size={14} aria-hidden="true" /> <span>{fault.message}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
