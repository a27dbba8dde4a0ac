/** A part that breaks takes no other with it: what was typed is in the document, and the part can be begun anew. */
import { Component, type ReactNode } from "react";
import { _ } from "../lib/i18n";
import { Button } from "../ui/Button";

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly problem: string | null;
}

export class Failsafe extends Component<Props, State> {
  override state: State = { problem: null };

  static getDerivedStateFromError(error: unknown): State {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === null) return this.props.children;
    return (
      <div className="designer-problem" role="alert">
        <h2>{_("Something broke here")}</h2>
        <p>{_("Your changes are kept. Begin this part anew, or load the page again if that does not help.")}</p>
        <p className="sub">{problem}</p>
        <Button onClick={() => this.setState({ problem: null })}>{_("Begin anew")}</Button>
      </div>
    );
  }
}
