import { setNonce } from "get-nonce";

/** The nonce of the page's content security policy; empty without one. Scripts may read it, selectors may not. */
export function pageNonce(): string {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}

/** Let the libraries that add style elements (Radix, cmdk) carry the nonce. Once for a page, before the first of them shows. */
export function shareNonce(): void {
  const nonce = pageNonce();
  if (nonce) setNonce(nonce);
}
