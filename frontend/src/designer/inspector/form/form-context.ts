/** What every field of a node's form works with. */
import { createContext, useContext } from "react";
import type { NodeState } from "../../../doc";
import type { NodeType } from "../../catalogue/catalogue";
import type { PreviewSource, ScopeSource } from "../../expressions/types";
import type { PlacedFault } from "./paths";
import type { Write } from "./slot";

export interface Form {
  readonly node: NodeState;
  readonly type: NodeType;
  readonly readOnly: boolean;
  readonly scope: ScopeSource;
  readonly preview: PreviewSource;
  readonly faults: readonly PlacedFault[];
  /** A value that could not be taken, and why. */
  readonly refused: { readonly keys: readonly string[]; readonly message: string } | null;
  readonly write: Write;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error("This field stands outside of a node's form.");
  return form;
}
