/** Fields for settings of the draft: each change is kept at once and can be undone. What says the default is left out. */
import { useAtomValue } from "jotai";
import type { ReactNode } from "react";
import type { Json, JsonObject } from "../../doc";
import { isObject, withMember } from "../../doc/json";
import { _ } from "../../lib/i18n";
import { Field } from "../../ui/Field";
import { NumberInput } from "../../ui/NumberInput";
import { Select, type SelectOption } from "../../ui/Select";
import { Switch } from "../../ui/Switch";
import { useEdit } from "../model/edit";
import { useSettings } from "../model/hooks";
import { readOnlyAtom } from "../state/mode";
import { settingChanged } from "./settings";

interface NumberProps {
  readonly label: string;
  readonly help?: string;
  readonly min: number;
  readonly max?: number;
}

interface ChoiceProps {
  readonly label: string;
  readonly help?: string;
  /** Its value is what counts when nothing is written. */
  readonly options: readonly [SelectOption, ...SelectOption[]];
}

export interface SettingFields {
  readonly settings: JsonObject;
  readonly readOnly: boolean;
  /** Null takes the setting away. */
  readonly set: (name: string, value: Json) => void;
  readonly text: (name: string) => string;
  /** A number; empty is the default. */
  readonly number: (name: string, field: NumberProps) => ReactNode;
  /** One of a few; the first is the default. */
  readonly choice: (name: string, field: ChoiceProps) => ReactNode;
  /** On or off; `usual` is the default. */
  readonly toggle: (name: string, label: string, usual: boolean) => ReactNode;
}

export function useSettingFields(): SettingFields {
  const settings = useSettings();
  const readOnly = useAtomValue(readOnlyAtom);
  const edit = useEdit();
  const set = (name: string, value: Json): void => void edit((state) => settingChanged(state, name, value), { label: _("Settings"), merge: `settings/${name}` });
  const text = (name: string): string => (typeof settings[name] === "string" ? settings[name] : "");
  return {
    settings,
    readOnly,
    set,
    text,
    number: (name, { label, help, ...limits }) => (
      <Field label={label} help={help} optional>
        <NumberInput {...limits} value={typeof settings[name] === "number" ? settings[name] : null} onChange={(value) => set(name, value)} readOnly={readOnly} />
      </Field>
    ),
    choice: (name, { label, help, options }) => (
      <Field label={label} help={help}>
        <Select value={text(name) || options[0].value} onChange={(value) => set(name, value === options[0].value ? null : value)} options={options} disabled={readOnly} />
      </Field>
    ),
    toggle: (name, label, usual) => {
      const isOn = typeof settings[name] === "boolean" ? settings[name] : usual;
      return <Switch label={label} checked={isOn} onChange={(on) => set(name, on === usual ? null : on)} disabled={readOnly} />;
    },
  };
}

/** A setting that is an object: its members, and a way to change one. */
export function membersOf({ settings, set }: SettingFields, name: string): readonly [members: JsonObject, put: (member: string, value: Json) => void] {
  const members: JsonObject = isObject(settings[name]) ? settings[name] : {};
  const put = (member: string, value: Json): void => {
    const after = withMember(members, member, value ?? undefined);
    set(name, Object.keys(after).length === 0 ? null : after);
  };
  return [members, put];
}
