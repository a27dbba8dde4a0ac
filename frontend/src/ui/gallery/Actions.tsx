import { Copy, Download, Pencil, Play, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton, type ButtonVariant } from "../Button";
import { ContextMenu } from "../ContextMenu";
import { CopyButton } from "../CopyButton";
import { Dialog, type DialogProps } from "../Dialog";
import { Field } from "../Field";
import { Kbd } from "../Kbd";
import { Menu, type MenuEntry } from "../Menu";
import { Popover } from "../Popover";
import { TextInput } from "../TextInput";
import { toast } from "../Toast";
import { Sample } from "./Sample";

const VARIANTS: readonly ButtonVariant[] = ["plain", "primary", "ghost", "danger", "danger-solid"];
const SIZES: readonly NonNullable<DialogProps["size"]>[] = ["s", "m", "l", "full"];

export function Actions() {
  return (
    <>
      <Buttons />
      <Menus />
      <Dialogs />
    </>
  );
}

function Buttons() {
  return (
    <Sample title="Button, IconButton, CopyButton, Kbd">
      <div className="row">
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant} icon={<Play size={14} />}>
            {variant}
          </Button>
        ))}
      </div>
      <div className="row">
        <Button size="small">Small</Button>
        <Button disabled>Disabled</Button>
        <Button busy variant="primary">
          Busy
        </Button>
        <IconButton icon={<Plus size={16} />} label="Add a node" keys="N" />
        <IconButton icon={<Trash2 size={14} />} label="Delete" size="small" variant="danger" keys="Delete" />
        <CopyButton text="copied from the gallery" />
        <CopyButton text={() => "made when pressed"} words label="Copy address" />
        <Kbd keys="Mod+Shift+Z" />
      </div>
      <div className="row">
        <Button onClick={() => toast("Saved")}>Toast</Button>
        <Button onClick={() => toast("3 nodes deleted", "info", { action: { label: "Put back", onSelect: () => toast("They are back") } })}>Toast with action</Button>
        <Button onClick={() => toast("The service answered 502", "error")}>Toast of an error</Button>
      </div>
    </Sample>
  );
}

function Menus() {
  const [minimap, setMinimap] = useState(true);
  const [renaming, setRenaming] = useState(false);
  const items: MenuEntry[] = [
    { heading: "This node" },
    { label: "Rename", icon: <Pencil size={14} />, keys: "F2", onSelect: () => setRenaming(true) },
    { label: "Duplicate", icon: <Copy size={14} />, keys: "Mod+D", onSelect: () => toast("Duplicated") },
    { label: "Export", icon: <Download size={14} />, items: [{ label: "As JSON" }, { label: "As picture", disabled: true }] },
    "separator",
    { label: "Map", checked: minimap, onSelect: () => setMinimap(!minimap) },
    "separator",
    { label: "Delete", icon: <Trash2 size={14} />, keys: "Delete", danger: true },
  ];
  return (
    <Sample title="Menu, ContextMenu, Popover">
      <div className="row">
        <Menu items={items} align="start" trigger={<Button>Open the menu</Button>} />
        <Popover label="Filter" trigger={<Button>Open the popover</Button>}>
          <Field label="Name">
            <TextInput value="" onChange={() => undefined} />
          </Field>
        </Popover>
      </div>
      <ContextMenu items={items} label="Node">
        <div className="gallery-area" tabIndex={0} role="group" aria-label="Has a context menu">
          Right button, menu key or Shift+F10
        </div>
      </ContextMenu>
      <Dialog open={renaming} size="s" title="Rename the node" onClose={() => setRenaming(false)}>
        <Field label="Name of the node">
          <TextInput value="Fetch" onChange={() => undefined} />
        </Field>
      </Dialog>
    </Sample>
  );
}

function Dialogs() {
  const [size, setSize] = useState<DialogProps["size"] | null>(null);
  const [name, setName] = useState("Qualify inbound leads");
  const close = () => setSize(null);
  return (
    <Sample title="Dialog">
      <div className="row">
        {SIZES.map((each) => (
          <Button key={each} onClick={() => setSize(each)}>
            Dialog {each}
          </Button>
        ))}
      </div>
      <Dialog
        open={size !== null}
        size={size ?? "m"}
        title="Rename the workflow"
        description="Links to it stay as they are."
        onClose={close}
        footer={
          <>
            <Button variant="ghost" onClick={close}>
              Cancel
            </Button>
            <Button variant="primary" onClick={close}>
              Save
            </Button>
          </>
        }
      >
        <Field label="New name" error={name ? undefined : "A name is needed."} required>
          <TextInput value={name} onChange={setName} />
        </Field>
      </Dialog>
    </Sample>
  );
}
