/** Parts of others, loaded once the grid stands. */
import type { ComponentType } from "react";
import { useLater } from "../lib/later";
import { Failsafe } from "../document/Failsafe";
import type { PartSlot } from "./slots";

export function SlotParts({ slots }: { readonly slots: readonly PartSlot[] }) {
  return slots.map((slot) => <SlotPart key={slot.id} slot={slot} />);
}

function SlotPart({ slot }: { readonly slot: PartSlot }) {
  const Part = useLater<ComponentType>(slot.load, false, () => {});
  return (
    Part && (
      <Failsafe>
        <Part />
      </Failsafe>
    )
  );
}
