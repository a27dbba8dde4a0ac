import "./small.css";

export interface ProgressProps {
  label: string;
  /** Null while nobody knows how long it takes. */
  value: number | null;
  max?: number | undefined;
}

/** How far something is. */
export function Progress({ label, value, max = 100 }: ProgressProps) {
  if (value === null) return <div className="progress" role="progressbar" aria-label={label} />;
  const done = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div className="progress-bar" role="progressbar" aria-label={label} aria-valuenow={value} aria-valuemin={0} aria-valuemax={max}>
      <div style={{ inlineSize: `${done * 100}%` }} />
    </div>
  );
}
