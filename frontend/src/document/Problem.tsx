/** In the place of a document that could not be opened. */
import { _ } from "../lib/i18n";
import { Button } from "../ui/Button";

export function Problem({ title, text, again }: { readonly title: string; readonly text: string; readonly again: () => void }) {
  return (
    <div className="designer-problem" role="alert">
      <h2>{title}</h2>
      <p>{text}</p>
      <Button variant="primary" onClick={again}>
        {_("Try again")}
      </Button>
    </div>
  );
}
