import { CornerDownRight, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { useAtom } from "jotai";
import { nameOf } from "../../doc";
import { _, number } from "../../lib/i18n";
import { Pill } from "../../ui/Pill";
import { Tile } from "../../ui/Tile";
import { NameField } from "../canvas/NameField";
import { useDesigner } from "../model/designer";
import { renamingAtom } from "../state/canvas";
import { useNodeFaults } from "../state/faults";
import { useNodeRun } from "../state/overlay";
import type { OutlineRow } from "./outline";
import { StepActions } from "./StepActions";
import { followsOf, kindOf, sentenceOf } from "./sentence";

const DEEPEST = 8;

interface Props {
  readonly row: OutlineRow;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly choose: () => void;
  readonly open: () => void;
}

/** One step as a line: a sentence for screen readers, the same in parts for the eye. */
export const OutlineItem = memo(function OutlineItem({ row, isCurrent, isSelected, choose, open }: Props) {
  const { catalogue } = useDesigner();
  const { node, isJump } = row;
  const run = useNodeRun(node.id);
  const faults = useNodeFaults(node.id);
  const type = catalogue.get(node.type);
  const [renaming, setRenaming] = useAtom(renamingAtom);
  return (
    <li
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.count}
      aria-selected={isSelected}
      data-id={isJump ? undefined : node.id}
      tabIndex={isCurrent ? 0 : -1}
      className={`outline-item${isSelected ? " selected" : ""}${node["disabled"] === true ? " disabled" : ""}${isJump ? " jump" : ""}`}
      style={{ "--level": Math.min(row.level, DEEPEST) - 1 } as React.CSSProperties}
      onClick={choose}
      onDoubleClick={open}
    >
      <span className="visually-hidden">{sentenceOf(row, catalogue, run, faults.length)}</span>
      {row.branch !== null && (
        <span className="outline-branch" aria-hidden="true">
          {row.branch.replaceAll("_", " ")} →
        </span>
      )}
      {isJump ? (
        <span className="outline-words" aria-hidden="true">
          <CornerDownRight size={14} /> {_("goes on at {name}", { name: nameOf(node) })}
        </span>
      ) : (
        <>
          <Tile kind={type?.color} icon={type?.icon ?? "box"} />
          <span className="outline-words">
            {renaming === node.id ? (
              <NameField id={node.id} name={nameOf(node)} onDone={() => setRenaming(null)} />
            ) : (
              <bdi className="outline-name" aria-hidden="true">
                {nameOf(node)}
              </bdi>
            )}
            <span className="sub" aria-hidden="true">
              {kindOf(row, catalogue)}
            </span>
          </span>
          <span className="outline-marks" aria-hidden="true">
            {Array.isArray(node["pinned_data"]) && <span className="chip">{_("pinned")}</span>}
            {faults.length > 0 && (
              <span className="card-faults">
                <TriangleAlert size={11} /> {number(faults.length)}
              </span>
            )}
            {run && <Pill status={run.status} />}
          </span>
          <span className="outline-follows" aria-hidden="true">
            {followsOf(row)}
          </span>
          <StepActions id={node.id} />
        </>
      )}
    </li>
  );
});
