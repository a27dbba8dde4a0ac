import { CircleAlert } from "lucide-react";
import { createContext, useContext, useId, type ReactNode } from "react";
import { _ } from "../lib/i18n";
import { classes } from "./classes";

/** What a control inside of a field takes from it. */
export interface FieldControl {
  id?: string | undefined;
  "aria-labelledby"?: string | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
  "aria-required"?: true | undefined;
}

/** What a control may be given itself. */
interface OwnIds extends Omit<FieldControl, "aria-required"> {
  "aria-label"?: string | undefined;
  "aria-required"?: boolean | "true" | "false" | undefined;
}

const FieldContext = createContext<FieldControl>({});

/** The ids that tie a control to the field around it; the control's own win. */
export function useFieldControl(own: OwnIds = {}): FieldControl {
  const field = useContext(FieldContext);
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  const { "aria-labelledby": labelled, ...rest } = field;
  return { ...rest, ...(labelled && !own["aria-label"] ? { "aria-labelledby": labelled } : {}), ...given };
}

export interface FieldProps {
  label: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  required?: boolean | undefined;
  /** Says "(optional)" behind the label. */
  optional?: boolean | undefined;
  /** Stands at the end of the label's line; the keyboard comes to it after the control. */
  actions?: ReactNode;
  className?: string | undefined;
  /** One control: it takes its ids from here. For several controls use `group`. */
  children: ReactNode;
  /** The children are several controls: the label names their group. */
  group?: boolean | undefined;
}

/** A label, a control, its help and what is wrong with it, tied together for screen readers. */
export function Field({ label, help, error, required, optional, actions, className, group, children }: FieldProps) {
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const control: FieldControl = group
    ? {}
    : {
        id,
        "aria-labelledby": `${id}-label`,
        "aria-describedby": described,
        "aria-invalid": error ? true : undefined,
        "aria-required": required ? true : undefined,
      };
  const groupProps = group ? { role: "group", "aria-labelledby": `${id}-label`, "aria-describedby": described } : {};
  return (
    <div className={classes("field", className)} {...groupProps}>
      <div className="field-head">
        <label className="label" id={`${id}-label`} {...(group ? {} : { htmlFor: id })}>
          {label} {optional && <span className="optional">{_("(optional)")}</span>}
        </label>
      </div>
      <FieldContext.Provider value={control}>{children}</FieldContext.Provider>
      {help && (
        <div className="help" id={`${id}-help`}>
          {help}
        </div>
      )}
      {error && (
        <p className="error" id={`${id}-error`}>
          <CircleAlert size={13} aria-hidden="true" />
          <span>{error}</span>
        </p>
      )}
      {actions && <div className="field-actions">{actions}</div>}
    </div>
  );
}
