/** `<button data-dialog="id">` opens a `<dialog>`, `<button data-close-dialog>` closes the one it is in. */
export function openDialog(id: string): boolean {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return false;
  dialog.showModal();
  return true;
}

export function startDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog]");
    if (opener && openDialog(opener.dataset.dialog ?? "")) event.preventDefault();
    if (target.closest("[data-close-dialog]")) target.closest("dialog")?.close();
    // A click beside the dialog hits its backdrop, that is, the dialog element itself.
    if (target instanceof HTMLDialogElement && target.classList.contains("dialog")) target.close();
  });
  document.querySelector<HTMLDialogElement>("dialog[data-open]")?.showModal();
}
