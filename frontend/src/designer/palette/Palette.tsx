/** All node types at the side: dragged onto the canvas, or pressed. */
import { useAtomValue } from "jotai";
import { useState, type DragEvent, type KeyboardEvent } from "react";
import { _ } from "../../lib/i18n";
import { Search } from "../../ui/Search";
import { addNode, fits, usualTarget } from "../canvas/adding";
import { DRAGGED_TYPE } from "../canvas/use-dropping";
import type { NodeType } from "../catalogue/catalogue";
import { foundGroups } from "../catalogue/groups";
import { useCommandContext } from "../commands/use-commands";
import { useDesigner } from "../model/designer";
import { useIsNarrow } from "../../lib/narrow";
import { readOnlyAtom } from "../state/mode";
import { paletteAtom } from "../state/panels";
import { TypeRow } from "./TypeRow";

export function Palette() {
  const shown = useAtomValue(paletteAtom);
  const readOnly = useAtomValue(readOnlyAtom);
  const narrow = useIsNarrow();
  return shown && !readOnly && !narrow ? <List /> : null;
}

function List() {
  const { catalogue } = useDesigner();
  const contextNow = useCommandContext();
  const [query, setQuery] = useState("");
  const groups = foundGroups(catalogue.all, query);
  const add = (type: NodeType): void => {
    const context = contextNow();
    const target = usualTarget(context);
    addNode(context, type, fits(type, target) ? target : { position: null });
  };
  const searchKey = (event: KeyboardEvent): void => {
    const first = groups[0]?.types[0];
    if (event.key !== "Enter" || query.trim() === "" || !first || event.nativeEvent.isComposing) return;
    event.preventDefault();
    setQuery("");
    add(first);
  };
  return (
    <aside className="designer-left palette" aria-label={_("Steps to add")}>
      <div className="palette-search">
        <Search label={_("Search steps")} keys="/" value={query} onChange={setQuery} onKeyDown={searchKey} />
      </div>
      {groups.map(({ name, types }) => (
        <section key={name} aria-label={name}>
          <h2 className="palette-head">{name}</h2>
          <ul>
            {types.map((type) => (
              <li key={type.type}>
                <button type="button" className="palette-type" title={type.description} draggable onDragStart={(event) => drag(event, type)} onClick={() => add(type)}>
                  <TypeRow type={type} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && (
        <p className="chooser-empty" role="status">
          {_("No step is found by these words.")}
        </p>
      )}
    </aside>
  );
}

function drag(event: DragEvent, { type, name }: NodeType): void {
  event.dataTransfer.effectAllowed = "copy";
  event.dataTransfer.setData(DRAGGED_TYPE, type);
  event.dataTransfer.setData("text/plain", name);
}
