/** Name, description, folder and tags; saved with the button, because they are not part of the draft. */
import { ApiError } from "../../api/client";
import { _ } from "../../lib/i18n";
import { Field } from "../../ui/Field";
import { TextArea } from "../../ui/TextArea";
import { TextInput } from "../../ui/TextInput";

export interface General {
  readonly name: string;
  readonly description: string;
  readonly folder: string;
  readonly tags: string;
}

interface Props {
  readonly value: General;
  readonly onChange: (value: General) => void;
  readonly error: Error | null;
  readonly submit: () => void;
}

export function GeneralSettings({ value, onChange, error, submit }: Props) {
  const faults = error instanceof ApiError ? error.errors : {};
  const about = (field: string): string | undefined => faults[field]?.[0];
  return (
    <form
      id="general-form"
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {error && Object.keys(faults).length === 0 && (
        <p className="alert err" role="alert">
          {error.message}
        </p>
      )}
      <Field label={_("Name")} required error={about("name")}>
        <TextInput value={value.name} onChange={(name) => onChange({ ...value, name })} maxLength={100} required />
      </Field>
      <Field label={_("Description")} optional error={about("description")}>
        <TextArea value={value.description} onChange={(description) => onChange({ ...value, description })} maxLength={500} />
      </Field>
      <Field label={_("Folder")} optional error={about("folder")}>
        <TextInput value={value.folder} onChange={(folder) => onChange({ ...value, folder })} maxLength={200} placeholder={_("Sales/Leads")} />
      </Field>
      <Field label={_("Tags")} optional help={_("Separated by commas.")} error={about("tags")}>
        <TextInput value={value.tags} onChange={(tags) => onChange({ ...value, tags })} />
      </Field>
    </form>
  );
}
