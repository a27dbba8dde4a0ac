/** The right side: a rail of panels, and the one that is open. Under the grid where the window is narrow. */
import { X } from "lucide-react";
import { atom, useAtom, useAtomValue } from "jotai";
import { useRef, type ComponentType, type KeyboardEvent } from "react";
import { Failsafe } from "../document/Failsafe";
import { _ } from "../lib/i18n";
import { useLater } from "../lib/later";
import { tellNotLoaded } from "../lib/not-loaded";
import { IconButton } from "../ui/Button";
import { Tooltip } from "../ui/Tooltip";
import { panelSlots, type PanelBadge, type PanelSlot } from "./slots";
import { panelAtom } from "./state/atoms";
import { useTableModel } from "./state/model";

export function Panels() {
  const { rights } = useTableModel().props;
  const [open, setOpen] = useAtom(panelAtom);
  const slots = panelSlots.filter(({ shown }) => shown?.(rights) ?? true);
  const shown = slots.find(({ id }) => id === open);
  if (slots.length === 0) return null;
  return (
    <div className="decision-side">
      {shown && <Panel key={shown.id} slot={shown} close={() => setOpen(null)} />}
      <Rail slots={slots} open={shown?.id ?? null} toggle={(id) => setOpen((before) => (before === id ? null : id))} />
    </div>
  );
}

interface RailProps {
  readonly slots: readonly PanelSlot[];
  readonly open: string | null;
  readonly toggle: (id: string) => void;
}

function Rail({ slots, open, toggle }: RailProps) {
  const rail = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const buttons = [...(rail.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div className="decision-rail" role="toolbar" aria-label={_("Panels")} aria-orientation="vertical" ref={rail} onKeyDown={move}>
      {slots.map((slot) => (
        <RailButton key={slot.id} slot={slot} isOpen={open === slot.id} toggle={() => toggle(slot.id)} />
      ))}
    </div>
  );
}

const NO_BADGE = atom<PanelBadge | null>(null);

function RailButton({ slot, isOpen, toggle }: { readonly slot: PanelSlot; readonly isOpen: boolean; readonly toggle: () => void }) {
  const badge = useAtomValue(slot.badge ?? NO_BADGE);
  const Icon = slot.icon;
  const name = badge ? `${slot.label()}: ${badge.title}` : slot.label();
  return (
    <Tooltip text={name}>
      <button type="button" className="rail-button" aria-label={name} aria-pressed={isOpen} onClick={toggle}>
        <Icon size={17} aria-hidden="true" />
        <span aria-hidden="true">{slot.label()}</span>
        {badge && (
          <b className="rail-badge" data-tone={badge.tone} aria-hidden="true">
            {badge.text}
          </b>
        )}
      </button>
    </Tooltip>
  );
}

function Panel({ slot, close }: { readonly slot: PanelSlot; readonly close: () => void }) {
  const Part = useLater<ComponentType>(slot.load, true, () => (close(), tellNotLoaded()));
  const Icon = slot.icon;
  return (
    <aside className="decision-panel" aria-label={slot.label()} aria-busy={!Part}>
      <div className="decision-panel-head">
        <Icon size={16} aria-hidden="true" />
        <h2>{slot.label()}</h2>
        <IconButton icon={<X size={16} />} label={_("Close")} size="small" tooltip={false} onClick={close} />
      </div>
      <div className="decision-panel-body">
        <Failsafe>{Part && <Part />}</Failsafe>
      </div>
    </aside>
  );
}
