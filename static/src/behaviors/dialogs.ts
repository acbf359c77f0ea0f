/** `[data-dialog="share"]` opens `<dialog id="share">`, `[data-close]` in it closes; `#share` in the address opens it at once. */
export function listenForDialogs(): void {
  const find = (id: string): HTMLDialogElement | null => {
    const found = id ? document.getElementById(id) : null;
    return found instanceof HTMLDialogElement ? found : null;
  };
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    find(target?.closest<HTMLElement>("[data-dialog]")?.dataset["dialog"] ?? "")?.showModal();
    if (target?.closest("[data-close]") || target instanceof HTMLDialogElement) target.closest("dialog")?.close();
  });
  find(location.hash.slice(1))?.showModal();
}
