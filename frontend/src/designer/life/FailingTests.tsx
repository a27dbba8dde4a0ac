/** Tests that keep a version from being published; whoever knows better publishes it all the same. */
import { CircleX } from "lucide-react";
import { useSetAtom } from "jotai";
import { _, _n } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { dialogAtom } from "../state/panels";

/** What went wrong, by the name of the test. */
export type Failing = Readonly<Record<string, readonly string[]>>;

const MOST = 20;

export function FailingTests({ failing, publishAnyway }: { readonly failing: Failing; readonly publishAnyway: () => void }) {
  const open = useSetAtom(dialogAtom);
  const names = Object.keys(failing);
  return (
    <section className="alert err failing-tests" role="alert">
      <p>{_n("{n} test fails, so nothing was published.", "{n} tests fail, so nothing was published.", names.length)}</p>
      <ul>
        {names.slice(0, MOST).map((name) => (
          <li key={name}>
            <CircleX size={13} aria-hidden="true" />
            <span>
              <strong>
                <bdi>{name}</bdi>
              </strong>{" "}
              {failing[name]?.[0]}
            </span>
          </li>
        ))}
      </ul>
      <div className="run-failure-actions">
        <Button size="small" onClick={() => open({ kind: "tests", runs: true })}>
          {_("Look at the tests")}
        </Button>
        <Button size="small" variant="danger" onClick={publishAnyway}>
          {_("Publish anyway")}
        </Button>
      </div>
    </section>
  );
}
