import { ChevronRight } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { classes } from "./classes";
import "./small.css";

export interface DisclosureProps {
  label: ReactNode;
  /** A count or a mark at the end of the line. */
  badge?: ReactNode;
  defaultOpen?: boolean | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A part that opens under its heading. What is closed is not in the page. */
export function Disclosure({ label, badge, defaultOpen = false, open, onOpenChange, className, children }: DisclosureProps) {
  const [own, setOwn] = useState(defaultOpen);
  const id = useId();
  const shown = open ?? own;
  const toggle = () => {
    setOwn(!shown);
    onOpenChange?.(!shown);
  };
  return (
    <div className={classes("disclosure", className)}>
      <button type="button" className="disclosure-button" aria-expanded={shown} aria-controls={shown ? id : undefined} onClick={toggle}>
        <ChevronRight size={14} aria-hidden="true" />
        <span className="disclosure-label">{label}</span>
        {badge !== undefined && <span className="chip">{badge}</span>}
      </button>
      {shown && (
        <div className="disclosure-body" id={id}>
          {children}
        </div>
      )}
    </div>
  );
}
