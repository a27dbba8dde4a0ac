/** What a run and the tests have to say at the head of the canvas. */
import { CoverageBar } from "./CoverageBar";
import { ListenBar } from "./ListenBar";
import { RunBar } from "./RunBar";

export function RunBars() {
  return (
    <div className="run-bars">
      <ListenBar />
      <CoverageBar />
      <RunBar />
    </div>
  );
}
