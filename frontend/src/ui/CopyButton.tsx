import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { _ } from "../lib/i18n";
import { copyText } from "../shell/copy";
import { Button, IconButton, type ButtonSize } from "./Button";
import { toast } from "./Toast";

const DONE_MS = 2000;

export interface CopyButtonProps {
  /** The text, or what makes it when the button is pressed. */
  text: string | (() => string);
  /** What is copied: "Copy address". */
  label?: string | undefined;
  /** With the words beside the icon. */
  words?: boolean | undefined;
  size?: ButtonSize | undefined;
  disabled?: boolean | undefined;
}

/** Copies a text and says so. */
export function CopyButton({ text, label = _("Copy"), words, size = "small", disabled }: CopyButtonProps) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), DONE_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async () => {
    const copied = await copyText(typeof text === "function" ? text() : text);
    setDone(copied);
    toast(copied ? _("Copied") : _("The browser did not let the text be copied."), copied ? "success" : "error");
  };
  const icon = done ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />;
  return words ? (
    <Button icon={icon} size={size} variant="ghost" disabled={disabled} onClick={copy}>
      {label}
    </Button>
  ) : (
    <IconButton icon={icon} label={label} size={size} disabled={disabled} onClick={copy} />
  );
}
