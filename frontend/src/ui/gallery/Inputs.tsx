import { Braces, Type } from "lucide-react";
import { useState } from "react";
import { Checkbox } from "../Checkbox";
import { Field } from "../Field";
import { NumberInput } from "../NumberInput";
import { Search } from "../Search";
import { Segmented } from "../Segmented";
import { Select } from "../Select";
import { Switch } from "../Switch";
import { TextArea } from "../TextArea";
import { TextInput } from "../TextInput";
import { Sample } from "./Sample";

const GROUPS = [
  { label: "Read", options: [{ value: "get", label: "GET" }, { value: "head", label: "HEAD" }] },
  { label: "Write", options: [{ value: "post", label: "POST" }, { value: "trace", label: "TRACE", disabled: true }] },
] as const;

export function Inputs() {
  const [text, setText] = useState("https://example.com");
  const [long, setLong] = useState("This grows\nwith its lines.");
  const [count, setCount] = useState<number | null>(3);
  const [method, setMethod] = useState<"get" | "head" | "post" | "trace">("get");
  const [mode, setMode] = useState<"fixed" | "expression">("fixed");
  const [on, setOn] = useState(true);
  const [query, setQuery] = useState("");
  return (
    <Sample title="Field, TextInput, TextArea, NumberInput, Select, Segmented, Switch, Checkbox, Search">
      <Search label="Search nodes" value={query} onChange={setQuery} keys="Mod+K" />
      <Field label="Address" help="Where the request goes." required actions={<Modes mode={mode} onChange={setMode} />}>
        <TextInput value={text} onChange={setText} />
      </Field>
      <Field label="Path" error="A path begins with a slash." optional>
        <TextInput value="orders" onChange={() => undefined} />
      </Field>
      <Field label="Body">
        <TextArea value={long} onChange={setLong} />
      </Field>
      <Field label="Code">
        <TextArea value={'{"a": 1}'} onChange={() => undefined} code disabled />
      </Field>
      <Field label="Tries">
        <NumberInput value={count} onChange={setCount} min={0} max={20} />
      </Field>
      <Field label="Method">
        <Select value={method} onChange={setMethod} options={GROUPS} />
      </Field>
      <Switch checked={on} onChange={setOn} label="Always answer with data" />
      <Switch checked={false} onChange={setOn} label="Cannot be switched" disabled />
      <Checkbox checked={on} onChange={setOn} label="Follow redirects" help="Ten at most." />
      <Checkbox checked="mixed" onChange={() => undefined} label="Some of them" />
    </Sample>
  );
}

function Modes({ mode, onChange }: { mode: "fixed" | "expression"; onChange: (mode: "fixed" | "expression") => void }) {
  const options = [
    { value: "fixed" as const, label: "Fixed", icon: <Type size={12} aria-hidden="true" /> },
    { value: "expression" as const, label: "Expression", icon: <Braces size={12} aria-hidden="true" /> },
  ];
  return <Segmented label="Kind of value" value={mode} onChange={onChange} options={options} />;
}
