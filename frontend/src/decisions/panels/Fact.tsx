/** A figure with its name, in a `<dl className="number-facts">`. */
export function Fact({ label, value, tone }: { readonly label: string; readonly value: string; readonly tone?: "warn" | "err" | undefined }) {
  return (
    <div data-tone={tone}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
