/** Commands on rules. */
import { ArrowDown, ArrowUp, BetweenHorizontalEnd, BetweenHorizontalStart, CopyPlus, Power, Trash2 } from "lucide-react";
import { _ } from "../../lib/i18n";
import { chosen, duplicateChosen, insertRule, moveChosen, removeChosen, toggleEnabled } from "../grid/actions";
import { IN_GRID, type Command, type CommandContext } from "./command";
import { mayChange } from "./edit";

const writable = ({ readOnly }: CommandContext): boolean => !readOnly;
/** The order of a part of the rules cannot be seen. */
const mayMove = (context: CommandContext): boolean => mayChange(context) && !context.view.filtered;

export const ruleCommands: readonly Command[] = [
  {
    id: "rule.insert", group: "rules", icon: BetweenHorizontalEnd, keys: ["alt+enter", "mod+shift++", "mod+shift+="], within: IN_GRID,
    title: () => _("Insert a rule below"), words: () => _("add new row"), enabled: writable, run: (context) => insertRule(context, "behind"),
  },
  {
    id: "rule.insert-above", group: "rules", icon: BetweenHorizontalStart, keys: ["alt+shift+enter"], within: IN_GRID,
    title: () => _("Insert a rule above"), words: () => _("add new row"), enabled: writable, run: (context) => insertRule(context, "before"),
  },
  { id: "rule.duplicate", group: "rules", icon: CopyPlus, keys: ["mod+shift+d"], within: IN_GRID, title: () => _("Duplicate rules"), enabled: mayChange, run: duplicateChosen },
  {
    id: "rule.up", group: "rules", icon: ArrowUp, keys: ["alt+arrowup"], within: IN_GRID, title: () => _("Move rules up"),
    enabled: (context) => mayMove(context) && chosen(context).top > 0, run: (context) => moveChosen(context, chosen(context).top - 2),
  },
  {
    id: "rule.down", group: "rules", icon: ArrowDown, keys: ["alt+arrowdown"], within: IN_GRID, title: () => _("Move rules down"),
    enabled: (context) => mayMove(context) && chosen(context).bottom < context.view.rules.length - 1, run: (context) => moveChosen(context, chosen(context).bottom + 1),
  },
  { id: "rule.enable", group: "rules", icon: Power, title: () => _("Disable or enable rules"), words: () => _("switch off skip"), enabled: mayChange, run: toggleEnabled },
  { id: "rule.delete", group: "rules", icon: Trash2, keys: ["mod+-"], within: IN_GRID, title: () => _("Delete rules"), words: () => _("remove row"), enabled: mayChange, run: removeChosen },
];
