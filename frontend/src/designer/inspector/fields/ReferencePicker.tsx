/** Chooses something else of the organization, found by name; leads to what is chosen. */
import { ExternalLink } from "lucide-react";
import { _ } from "../../../lib/i18n";
import { Combobox, type Option } from "../../../ui/Combobox";

export const MOST_FOUND = 20;

export interface ReferenceProps {
  /** Empty for none. An expression is shown as it is. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly readOnly?: boolean;
}

interface Props extends ReferenceProps {
  readonly valueLabel: string;
  readonly placeholder: string;
  readonly search: (text: string, signal: AbortSignal) => Promise<readonly Option[]>;
  /** Where what is chosen is; empty where it is not known. */
  readonly href: string;
  readonly isMissing: boolean;
}

export function ReferencePicker({ value, onChange, label, readOnly = false, valueLabel, placeholder, search, href, isMissing }: Props) {
  return (
    <div className="workflow-field">
      <Combobox aria-label={label} value={value} onChange={onChange} options={search} valueLabel={valueLabel} placeholder={placeholder} disabled={readOnly} />
      {href !== "" && !isMissing && (
        <a className="button ghost icon" href={href} target="_blank" rel="noopener" aria-label={_("Open in a new tab")}>
          <ExternalLink size={14} aria-hidden="true" />
        </a>
      )}
      {isMissing && <p className="parameter-problem">{_("This is not there any more, or not yours to see.")}</p>}
    </div>
  );
}
