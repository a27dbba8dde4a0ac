import { useState } from "react";
import { Combobox, type Option } from "../Combobox";
import { Field } from "../Field";
import { ListEditor } from "../ListEditor";
import { MultiSelect } from "../MultiSelect";
import { TextInput } from "../TextInput";
import { toast } from "../Toast";
import { Sample } from "./Sample";

const COUNTRIES: Option[] = [
  { value: "de", label: "Germany", note: "Berlin" },
  { value: "fr", label: "France", note: "Paris" },
  { value: "jp", label: "Japan", note: "Tokyo" },
  { value: "xx", label: "Nowhere", disabled: true },
];
const SLOW_MS = 300;

const slowly = (query: string) =>
  new Promise<Option[]>((answer) => {
    const found = Array.from({ length: 40 }, (_item, n) => ({ value: `c${n}`, label: `Credential ${n}` })).filter(({ label }) => label.includes(query));
    setTimeout(() => answer(found), SLOW_MS);
  });

export function Choices() {
  const [country, setCountry] = useState("de");
  const [credential, setCredential] = useState("");
  const [tags, setTags] = useState<string[]>(["de", "jp"]);
  const [headers, setHeaders] = useState([
    { id: 1, name: "Accept" },
    { id: 2, name: "Authorization" },
  ]);
  return (
    <Sample title="Combobox, MultiSelect, ListEditor">
      <Field label="Country">
        <Combobox value={country} onChange={setCountry} options={COUNTRIES} placeholder="Choose a country" />
      </Field>
      <Field label="Credential">
        <Combobox
          value={credential}
          onChange={setCredential}
          options={slowly}
          placeholder="Choose a credential"
          create={{ label: (query) => (query ? `Create “${query}”…` : "Create a credential…"), onCreate: (query) => toast(`Create ${query}`) }}
        />
      </Field>
      <Field label="Countries">
        <MultiSelect value={tags} onChange={setTags} options={COUNTRIES} placeholder="None" />
      </Field>
      <Field label="Headers" group>
        <ListEditor
          label="Headers"
          items={headers}
          onChange={setHeaders}
          keyOf={(header) => header.id}
          nameOf={(header, index) => header.name || `Header ${index + 1}`}
          add={() => ({ id: Math.max(0, ...headers.map(({ id }) => id)) + 1, name: "" })}
          addLabel="Add a header"
          emptyText="No headers are sent."
          row={(header, index, update) => <TextInput aria-label={`Header ${index + 1}`} value={header.name} onChange={(name) => update({ ...header, name })} />}
        />
      </Field>
    </Sample>
  );
}
