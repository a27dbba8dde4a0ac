/** The graph in sentences, with the commands of the canvas: for keyboards, screen readers, and whoever likes to read. */
import { _ } from "../../lib/i18n";
import { OutlineTree } from "./OutlineTree";

export function Outline() {
  return (
    <div className="outline">
      <OutlineTree label={_("Outline of the workflow")} />
    </div>
  );
}
