// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renameInCode, renameInText } from "./rename";
import { scanCode, scanTemplate } from "./references";

const NAMES = new Map([["Old", "New"]]);
const code = (text: string) => renameInCode(text, NAMES);

describe("references to nodes", () => {
  it.each([
    ['$("Old").first()', '$("New").first()'],
    ["$('Old').all()", "$('New').all()"],
    ["$(`Old`).all()", "$(`New`).all()"],
    ['$ ( "Old" ).x', '$ ( "New" ).x'],
    ['$node["Old"].json', '$node["New"].json'],
    ["$node.Old.json", '$node["New"].json'],
    ["$node?.Old", '$node?.["New"]'],
    ['$items("Old", 0)', '$items("New", 0)'],
    ['$("\\u004fld")', '$("New")'],
    ['`${$("Old").x} and `', '`${$("New").x} and `'],
    ["`${`${$('Old')}`}`", "`${`${$('New')}`}`"],
    ['[...$("Old").all()]', '[...$("New").all()]'],
    ['1 / 2 / $("Old").x', '1 / 2 / $("New").x'],
    ['f(x) / $("Old").x / 2', 'f(x) / $("New").x / 2'],
    ['/"/.test($("Old"))', '/"/.test($("New"))'],
    ['/[/"]/.test($("Old"))', '/[/"]/.test($("New"))'],
    ['return /"/ + $("Old")', 'return /"/ + $("New")'],
    ['} $("Old")', '} $("New")'],
  ])("renames in %s", (before, after) => expect(code(before)).toBe(after));

  it.each([
    ['"$(\\"Old\\")"'],
    ["'say $(\"Old\")'"],
    ['`$("Old")`'],
    ['// $("Old")\n1'],
    ['/* $("Old") */ 1'],
    ['/$("Old")/.test(x)'],
    ['jq$("Old")'],
    ['lib.$("Old")'],
    ['lib.$node["Old"]'],
    ['$("Old" + x)'],
    ["$(`Old${x}`)"],
    ['$("Older")'],
    ['$node[Old]'],
    ['$constructor("Old")'],
    ['$json["Old"]'],
  ])("leaves %s alone", (text) => expect(code(text)).toBe(text));

  it("reads expressions only in blocks of templates", () => {
    const text = '={{ $("Old").x }} $("Old") {{ {a: {b: $("Old")}} }} {{ "}}" + $("Old") }} {{ $("Old")';
    expect(renameInText(text, NAMES)).toBe('={{ $("New").x }} $("Old") {{ {a: {b: $("New")}} }} {{ "}}" + $("New") }} {{ $("Old")');
    expect(renameInText('{{ $("Old") }}', NAMES)).toBe('{{ $("Old") }}');
  });

  it("reads Python", () => {
    const rename = (text: string) => renameInCode(text, NAMES, "python");
    expect(rename("_(\"Old\").first()  # _('Old')\nx = _node['Old']")).toBe("_(\"New\").first()  # _('Old')\nx = _node['New']");
    expect(rename('"""_("Old")"""')).toBe('"""_("Old")"""');
  });

  it("writes and finds any name, in any quotes, and swaps names at once", () => {
    const quote = fc.constantFrom<[string, string]>(['"', '"'], ["'", "'"], ["`", "`"]);
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), fc.string({ minLength: 1, unit: "grapheme" }), quote, (one, two, [q]) => {
        fc.pre(one !== "Old" && two !== "Old");
        const first = renameInCode(`x(${`$(${q}Old${q})`}, 'Old')`, new Map([["Old", one]]));
        expect(scanCode(first).map(({ name }) => name)).toEqual([one]);
        const block = `={{ ${first} }} tail`;
        expect(scanTemplate(block).map(({ name }) => name)).toEqual([one]);
        const both = `${first} + $(${JSON.stringify(two)})`;
        const swapped = renameInCode(both, new Map([[one, two], [two, one]]));
        expect(scanCode(swapped).map(({ name }) => name)).toEqual([two, one]);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it("survives any text, and changes nothing without references", () => {
    const piece = fc.constantFrom("$", "(", '"', "'", "`", "${", "}", "{{", "}}", "/", "*", "\\", "Old", "\n", "[", "node", " ", "=");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = `=${pieces.join("")}`;
        expect(renameInText(text, new Map([["Nobody", "Else"]]))).toBe(text);
        expect(renameInCode(text, new Map([["Nobody", "Else"]]))).toBe(text);
      }),
      { seed: 12, numRuns: 500 },
    );
  });

  it("stays linear on unclosed quotes, templates and comments", () => {
    for (const unit of ['"', "`${", "/*", "{{", '$("', "/[", "\\"]) scanTemplate(`={{ ${unit.repeat(20_000)}`);
  });
});
