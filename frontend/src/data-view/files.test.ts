import { expect, test } from "vitest";
import { filesOf, hasPicture, sizeWords } from "./files";

const ID = "018f0000-0000-7000-8000-000000000001";

test("a file is told by name, type and size, and can be fetched", () => {
  const [file] = filesOf([{}, { binary: { data: { id: ID, file_name: "a b.png", media_type: "image/png", size: 2048, sha256: "x" } } }]);
  expect(file).toMatchObject({ item: 1, property: "data", name: "a b.png", type: "image/png", size: 2048 });
  expect(file?.url).toBe(`/api/v1/files/${ID}/?name=a+b.png&type=image%2Fpng`);
  expect(file && hasPicture(file)).toBe(true);
});

test("an example that is not stored has no link and no picture", () => {
  const [file] = filesOf([{ binary: { data: { id: "javascript:alert(1)", media_type: "image/png", size: 1 } } }]);
  expect(file).toMatchObject({ name: "data", url: "" });
  expect(file && hasPicture(file)).toBe(false);
});

test("what could run as a page is never shown as a picture", () => {
  const [file] = filesOf([{ binary: { data: { id: ID, media_type: "image/svg+xml", size: 1 } } }]);
  expect(file && hasPicture(file)).toBe(false);
});

test.each([[0, "0 bytes"], [999, "999 bytes"], [1_000, "1 kB"], [3_456_000, "3.5 MB"]])("%i bytes are %s", (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});
