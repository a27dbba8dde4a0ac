import { Inbox } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes";
import "./small.css";

export interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** What to do first. */
  text?: ReactNode;
  /** Buttons that do it. */
  actions?: ReactNode;
  /** In a panel rather than on a page. */
  small?: boolean | undefined;
  /** The heading's level in the page. */
  level?: 2 | 3 | 4 | undefined;
}

/** What a list shows that has nothing yet. */
export function EmptyState({ icon = <Inbox size={20} />, title, text, actions, small, level = 2 }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={classes("empty", small && "empty-small")}>
      <span className="tile" aria-hidden="true">
        {icon}
      </span>
      <Heading className="empty-title">{title}</Heading>
      {text && <p>{text}</p>}
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}
