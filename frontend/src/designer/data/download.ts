/** Gives a text to the browser as a file. */
export function downloadText(name: string, text: string, type = "application/json"): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser needs the address until it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
