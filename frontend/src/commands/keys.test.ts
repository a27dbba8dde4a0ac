import { afterEach, expect, test } from "vitest";
import { pressesTarget } from "./keys";

afterEach(() => document.body.replaceChildren());

function press(html: string, key: string): boolean {
  const place = document.createElement("div");
  place.innerHTML = html;
  document.body.append(place);
  let answer = false;
  place.addEventListener("keydown", (event) => (answer = pressesTarget(event)));
  place.firstElementChild?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  return answer;
}

test("Enter on a button presses the button, not the selected step", () => {
  expect(press("<button>Close</button>", "Enter")).toBe(true);
  expect(press("<a href='/'>Home</a>", "Enter")).toBe(true);
  expect(press("<div role='treeitem' tabindex='0'>Step</div>", "Enter")).toBe(false);
});

test("letters are shortcuts on a button too", () => {
  expect(press("<button>Close</button>", "n")).toBe(false);
});
