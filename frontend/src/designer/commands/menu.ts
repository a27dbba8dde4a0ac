/** Menus made of the table of commands. */
import type { MenuEntry } from "../../ui/Menu";
import { menuOf } from "../../commands/run";
import { useCommandContext } from "./use-commands";
import { commandOf } from "./table";

export { LINE } from "../../commands/run";

/** Entries for commands by id, in this order; `-` is a line. What is not shown at present is left out. */
export function useCommandMenu(): (ids: readonly string[]) => MenuEntry[] {
  const contextNow = useCommandContext();
  return (ids) => menuOf(ids, commandOf, contextNow);
}
