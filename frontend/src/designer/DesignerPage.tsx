/** Opens the document, then shows the designer; says what to do when that fails. */
import { QueryClientProvider } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { createStore, Provider } from "jotai";
import { useEffect, useState } from "react";
import { _ } from "../lib/i18n";
import { Button } from "../ui/Button";
import { Designer } from "./Designer";
import { Failsafe } from "./Failsafe";
import { DesignerContext, openDesigner, type Designer as Model } from "./model/designer";
import type { DesignerProps } from "./model/props";
import { mayWriteAtom } from "./state/mode";

type Opened = { readonly model: Model; readonly atoms: ReturnType<typeof createStore> };

export function DesignerPage(props: DesignerProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    let model: Model | null = null;
    const wake = (): void => model?.document.sync.wake();
    addEventListener("online", wake);
    openDesigner(props).then(
      (made) => {
        model = made;
        if (gone) return made.document.close();
        const atoms = createStore();
        atoms.set(mayWriteAtom, props.rights.write);
        setOpened({ model: made, atoms });
      },
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      gone = true;
      model?.document.close();
      removeEventListener("online", wake);
    };
  }, [props, attempt]);
  if (problem !== null) return <Problem text={problem} again={() => (setProblem(null), setAttempt((count) => count + 1))} />;
  if (!opened) return <div className="designer" aria-busy="true" />;
  return (
    <DesignerContext value={opened.model}>
      <Provider store={opened.atoms}>
        <QueryClientProvider client={opened.model.queries}>
          <ReactFlowProvider>
            <Failsafe>
              <Designer />
            </Failsafe>
          </ReactFlowProvider>
        </QueryClientProvider>
      </Provider>
    </DesignerContext>
  );
}

function Problem({ text, again }: { readonly text: string; readonly again: () => void }) {
  return (
    <div className="designer-problem" role="alert">
      <h2>{_("This workflow could not be opened")}</h2>
      <p>{text}</p>
      <Button variant="primary" onClick={again}>
        {_("Try again")}
      </Button>
    </div>
  );
}
