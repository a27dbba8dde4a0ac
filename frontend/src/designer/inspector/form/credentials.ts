/** Which kinds of credentials a node can use at present. Pure. */
import { member, type JsonObject } from "../../../doc/json";
import type { NodeType } from "../../catalogue/catalogue";
import { defaultOf, isShown } from "./parameter";

/**
 * All that its type names, unless a choice among its parameters says which: of “none, header, basic” exactly the one
 * that is chosen.
 */
export function kindsWanted(type: Pick<NodeType, "required_credentials" | "parameters">, given: JsonObject): readonly string[] {
  const kinds = type.required_credentials;
  const chooser = type.parameters.find(({ type: kind, options }) => {
    return kind === "select" && options.length > 0 && options.every(({ value }) => value === "none" || kinds.includes(String(value)));
  });
  if (!chooser || !isShown(chooser, given, type.parameters)) return kinds;
  const chosen = member(given, chooser.name) ?? defaultOf(chooser);
  return kinds.filter((kind) => kind === chosen);
}
