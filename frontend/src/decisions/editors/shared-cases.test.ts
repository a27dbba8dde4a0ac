/** Cells mean the same in the grid as in files: tests/decision_tables/cell_text_cases.json is read on both sides. */
import { describe, expect, it } from "vitest";
import table from "../../../../tests/decision_tables/cell_text_cases.json";
import type { Json } from "../../doc/json";
import { readCondition } from "./condition-text";
import { readOutput } from "./output-text";

interface Case {
  readonly text: string;
  readonly type: string;
  readonly operators?: readonly string[];
  readonly tests?: readonly Json[];
  readonly value?: Json;
  readonly fault?: boolean;
  readonly message?: string;
}

const conditions: readonly Case[] = table.conditions;
const outputs = table.outputs as readonly Case[];
const column = ({ type, operators }: Case) => ({ name: "c", type, ...(operators && { operators }) });

describe("cells of files and of the grid", () => {
  it.each(conditions)("condition $text of $type", (each) => {
    const read = readCondition(each.text, column(each));
    if (each.fault) expect(read).toEqual({ fault: each.message ?? expect.any(String) });
    else expect(read).toEqual({ cell: each.tests?.length ? each.tests : null });
  });

  it.each(outputs)("answer $text of $type", (each) => {
    const read = readOutput(each.text, column(each));
    if (each.fault) expect(read).toEqual({ fault: each.message ?? expect.any(String) });
    else expect(read).toEqual({ cell: each.value });
  });
});
