import { _ } from "../lib/i18n";
import "./small.css";

/** Turns while something is done. Its label is said to screen readers once. */
export function Spinner({ label = _("Loading…"), size = 16 }: { label?: string | undefined; size?: number | undefined }) {
  return (
    <span className="spinner" role="status">
      <span className="spinner-ring" aria-hidden="true" style={{ inlineSize: size, blockSize: size }} />
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
