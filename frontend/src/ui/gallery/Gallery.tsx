import { Actions } from "./Actions";
import { Choices } from "./Choices";
import { Inputs } from "./Inputs";
import { Surfaces } from "./Surfaces";
import "./gallery.css";

/** Every primitive of `ui/` in every state. For developers: its words are not translated. */
export function Gallery() {
  return (
    <>
      <div className="stack">
        <Actions />
        <div className="two">
          <Inputs />
          <Choices />
        </div>
        <Surfaces />
      </div>
    </>
  );
}
