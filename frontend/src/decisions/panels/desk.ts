/** What the panels work with: the table as it is here, its server, who is here and what they may do. */
import type { QueryClient } from "@tanstack/react-query";
import { useStore } from "jotai";
import { useMemo } from "react";
import type { Draft, TableState } from "../../doc";
import { settled } from "../../document/settled";
import { readOnlyAtom } from "../state/atoms";
import { editOf } from "../state/edit";
import { useTableModel } from "../state/model";
import type { Rights, TableFacts } from "../state/props";

export { useTableState as useTable } from "../state/hooks";

export interface Desk {
  readonly table: TableFacts;
  readonly rights: Rights;
  /** Where the server is reached from outside, without a slash at the end. */
  readonly baseUrl: string;
  readonly queries: QueryClient;
  readonly state: () => TableState;
  /** Told of every change of the document. */
  readonly subscribe: (listener: () => void) => () => void;
  /** One gesture, one step of undo; false where it was refused, which the person is told. */
  readonly edit: (drafts: (state: TableState) => readonly Draft[], label: string) => boolean;
  /** Until the server has every change; rejects with a sentence for people. */
  readonly settled: () => Promise<void>;
  /** The document was changed on the server: read what is new. */
  readonly refresh: () => void;
}

export function useDesk(): Desk {
  const model = useTableModel();
  const atoms = useStore();
  return useMemo(() => {
    const { props, document, queries } = model;
    return {
      table: props.table,
      rights: props.rights,
      baseUrl: props.baseUrl,
      queries,
      state: document.store.state,
      subscribe: document.store.subscribe,
      edit: (gesture, label) => editOf(model, atoms.get(readOnlyAtom))(gesture, { label }),
      settled: () => settled(model),
      refresh: () => document.sync.wake(),
    };
  }, [model, atoms]);
}
