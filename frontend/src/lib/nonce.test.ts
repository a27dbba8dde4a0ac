import { getNonce } from "get-nonce";
import { afterEach, expect, test } from "vitest";
import { pageNonce, shareNonce } from "./nonce";

afterEach(() => {
  document.head.innerHTML = "";
});

test("without a policy there is no nonce", () => {
  expect(pageNonce()).toBe("");
});

test("libraries get the page's nonce", () => {
  const script = document.createElement("script");
  script.setAttribute("nonce", "abc");
  document.head.append(script);
  shareNonce();
  expect(pageNonce()).toBe("abc");
  expect(getNonce()).toBe("abc");
});
