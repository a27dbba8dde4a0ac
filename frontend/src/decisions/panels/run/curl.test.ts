import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { curlOf } from "./curl";

/** What a shell makes of the words behind `curl`. */
function words(command: string): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }; EXPRSN_TOKEN=t; ${command}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

it("is one call whose body a shell leaves as it is", () => {
  const inputs = { name: "O'Hara $HOME `ls` \\ \"x\"", quantity: 150 };
  const said = words(curlOf("https://rules.example", "product-pricing", inputs, "published"));
  expect(said).toContain("https://rules.example/api/v1/decision-tables/product-pricing/evaluate/");
  expect(said).toContain("Authorization: Bearer t");
  expect(JSON.parse(said.at(-1) ?? "")).toEqual({ inputs });
});

it("names the version unless it is the published one", () => {
  expect(curlOf("", "t", {}, "draft")).toContain('"version":"draft"');
});
