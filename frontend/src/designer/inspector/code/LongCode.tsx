import { _, number } from "../../../lib/i18n";
import { CopyButton } from "../../../ui/CopyButton";

const LONG = 400 * 1024;
const SHOWN = 20_000;

export function isTooLong(text: string): boolean {
  return text.length > LONG;
}

/** A step with so much data that an editor would not keep up: its beginning, and all of it to copy. */
export function LongCode({ text }: { readonly text: string }) {
  return (
    <div className="code-tab">
      <pre className="code" tabIndex={0}>
        {text.slice(0, SHOWN)}…
      </pre>
      <p className="help">{_("{n} characters; the beginning is shown.", { n: number(text.length) })}</p>
      <div className="code-actions">
        <CopyButton text={text} />
      </div>
    </div>
  );
}
