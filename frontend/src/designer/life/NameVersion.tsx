/** Gives the present state a name. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { TextInput } from "../../ui/TextInput";
import { toast } from "../../ui/Toast";
import { useDesigner } from "../model/designer";
import { nameVersion } from "./versions";

export function NameVersion() {
  const designer = useDesigner();
  const [message, setMessage] = useState("");
  const save = useMutation({
    mutationFn: () => nameVersion(designer, message.trim()),
    onSuccess: () => setMessage(""),
    onError: (error) => toast(error.message, "error"),
  });
  return (
    <form
      className="name-version"
      onSubmit={(event) => {
        event.preventDefault();
        if (message.trim() !== "") save.mutate();
      }}
    >
      <TextInput aria-label={_("Name for the version as it is now")} placeholder={_("Name the version as it is now")} value={message} onChange={setMessage} maxLength={200} />
      <Button type="submit" busy={save.isPending} disabled={message.trim() === ""}>
        {_("Keep")}
      </Button>
    </form>
  );
}
