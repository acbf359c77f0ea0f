/** Live parts are drawn anew; a `<details id="…">` that was open stays open. */
export function keepDetailsOpen(): void {
  const open = new Set<string>();
  document.addEventListener("htmx:beforeSwap", () => {
    open.clear();
    for (const details of document.querySelectorAll<HTMLDetailsElement>("details[id][open]")) open.add(details.id);
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const id of open) {
      const details = document.getElementById(id);
      if (details instanceof HTMLDetailsElement) details.open = true;
    }
  });
}
