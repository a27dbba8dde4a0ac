/** Leads to the field that a fault is about: from the list above, and when another part asks for it. */
import { useAtom } from "jotai";
import { useCallback, useEffect, type RefObject } from "react";
import { parameterPath } from "../life/go-to-fault";
import { faultTargetAtom } from "../state/fault-target";
import type { NodeTab } from "../state/panels";
import { isWithin, keysOf } from "./form/paths";

/** A form takes a moment to be drawn. */
const FRAMES = 20;
const FOCUSABLE = "input, textarea, select, .cm-content, [role=switch], [role=radio], button";

export function useFaultTarget(node: string, place: RefObject<HTMLElement | null>, setTab: (tab: NodeTab) => void, heeds: boolean): (path: string) => void {
  const [target, setTarget] = useAtom(faultTargetAtom);
  const go = useCallback(
    (path: string) => {
      setTab(/(^|\.)(run_if|retry|on_error|timeout_seconds)\b/.test(path) ? "settings" : "parameters");
      const keys = /(^|\.)credentials(\.|$)/.test(path) ? ["credentials"] : keysOf(parameterPath(path) || path);
      // The tab is drawn first.
      requestAnimationFrame(() => focusSoon(place, keys, FRAMES));
    },
    [setTab, place],
  );
  useEffect(() => {
    if (!heeds || target?.node !== node) return;
    setTarget(null);
    go(target.path);
  }, [heeds, target, node, setTarget, go]);
  return go;
}

function focusSoon(place: RefObject<HTMLElement | null>, keys: readonly string[], frames: number): void {
  requestAnimationFrame(() => {
    if (!focusField(place.current, keys) && frames > 0) focusSoon(place, keys, frames - 1);
  });
}

/** The innermost field around the place of a fault; without one, the first that is wrong. False when there is none yet. */
export function focusField(root: HTMLElement | null, keys: readonly string[]): boolean {
  const fields = [...(root?.querySelectorAll<HTMLElement>("[data-path]") ?? [])].filter((field) => isWithin(keys, keysOf(field.dataset["path"] ?? "")));
  const field = fields.toSorted((one, other) => keysOf(other.dataset["path"] ?? "").length - keysOf(one.dataset["path"] ?? "").length)[0];
  const found = field?.querySelector<HTMLElement>(`:scope > .field > :not(.field-head, .field-actions) :is(${FOCUSABLE}), :scope > .field > :is(${FOCUSABLE})`) ?? field?.querySelector<HTMLElement>(FOCUSABLE) ?? root?.querySelector<HTMLElement>('[aria-invalid="true"]');
  found?.scrollIntoView({ block: "center" });
  found?.focus();
  return found !== undefined && found !== null;
}
