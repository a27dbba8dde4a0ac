/** What the context menu of the grid has. */
import { LINE } from "../../commands/run";

export const MENU: readonly string[] = [
  ...["cell.edit", "cell.cut", "cell.copy", "cell.paste", "cell.fill", "cell.clear", LINE],
  ...["rule.insert-above", "rule.insert", "rule.duplicate", "rule.up", "rule.down", "rule.enable", "rule.delete", LINE],
  "column.edit",
];
