import { expect, test } from "vitest";
import type { Command } from "../commands/command";
import { bestRank, foundCommands } from "../../commands/found";
import { foundSteps } from "./found";
import type { Grouped } from "./groups";

const command = (title: string, words = ""): Command => ({ id: title, title: () => title, words: () => words, group: "view", run: () => {} });
const GROUPS: Grouped[] = [
  { group: "view", commands: [command("Select nothing"), command("Very soon"), command("Inspector")] },
  { group: "workflow", commands: [command("Publish"), command("Versions", "history restore")] },
];
const titles = (query: string) => foundCommands(GROUPS, query).flatMap(({ commands }) => commands.map((each) => each.title()));

test("what is called so comes before letters that are scattered", () => {
  expect(titles("Versions")).toEqual(["Versions"]);
  expect(titles("ve")).toEqual(["Very soon", "Versions"]);
  expect(titles("vs")[0]).toBe("Very soon");
});

test("other words find it too", () => {
  expect(titles("history")).toEqual(["Versions"]);
});

test("nothing typed is everything, and nothing found is nothing", () => {
  expect(titles("")).toHaveLength(5);
  expect(titles("qqq")).toEqual([]);
});

test("a step that is called so comes before a command with the letters somewhere", () => {
  const nodes = [{ id: "1", type: "set", name: "Vast" }, { id: "2", type: "if", name: "Is it vast enough?" }];
  const steps = foundSteps(nodes, "vast");
  expect(steps.nodes.map(({ id }) => id)).toEqual(["1", "2"]);
  expect(steps.rank).toBeGreaterThan(bestRank(foundCommands(GROUPS, "vast"), "vast"));
  expect(foundSteps(nodes, "").rank).toBeLessThan(bestRank(GROUPS, ""));
});
