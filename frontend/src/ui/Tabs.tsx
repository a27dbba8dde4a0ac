import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classes } from "./classes";

export interface TabItem<Id extends string = string> {
  id: Id;
  label: ReactNode;
  icon?: ReactNode;
  /** A small count or mark behind the label. */
  badge?: ReactNode;
  disabled?: boolean | undefined;
  content?: ReactNode;
}

export interface TabsProps<Id extends string> {
  /** What the tabs are about, for screen readers. */
  label: string;
  items: readonly TabItem<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  className?: string | undefined;
  /** Stands at the end of the row of tabs. */
  end?: ReactNode;
}

/** Tabs by the ARIA practices: arrows, Home and End move, and moving chooses. Only the chosen content is in the page. */
export function Tabs<Id extends string>({ label, items, value, onChange, className, end }: TabsProps<Id>) {
  return (
    <Radix.Root className={classes("tabs-root", className)} value={value} onValueChange={(id) => onChange(id as Id)}>
      <div className="tabs-bar">
        <Radix.List className="tabs" aria-label={label}>
          {items.map((item) => (
            <Radix.Trigger key={item.id} className="tab" value={item.id} disabled={item.disabled ?? false}>
              {item.icon}
              {item.label}
              {item.badge !== undefined && <span className="chip">{item.badge}</span>}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {end}
      </div>
      {items.map((item) => (
        <Radix.Content key={item.id} className="tab-content" value={item.id}>
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
