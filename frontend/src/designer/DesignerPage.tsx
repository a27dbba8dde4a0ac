/** Opens the document, then shows the designer; says what to do when that fails. */
import { QueryClientProvider } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { createStore, Provider } from "jotai";
import { useMemo } from "react";
import { Problem } from "../document/Problem";
import { useOpened } from "../document/use-opened";
import { _ } from "../lib/i18n";
import { Designer } from "./Designer";
import { Failsafe } from "../document/Failsafe";
import { DesignerContext, openDesigner, type Designer as Model } from "./model/designer";
import type { DesignerProps } from "./model/props";
import { mayWriteAtom } from "./state/mode";

export function DesignerPage(props: DesignerProps) {
  const { model, problem, again } = useOpened(() => openDesigner(props));
  if (problem !== null) return <Problem title={_("This workflow could not be opened")} text={problem} again={again} />;
  return model ? <Opened model={model} /> : <div className="designer" aria-busy="true" />;
}

function Opened({ model }: { readonly model: Model }) {
  const atoms = useMemo(() => {
    const made = createStore();
    made.set(mayWriteAtom, model.props.rights.write);
    return made;
  }, [model]);
  return (
    <DesignerContext value={model}>
      <Provider store={atoms}>
        <QueryClientProvider client={model.queries}>
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
