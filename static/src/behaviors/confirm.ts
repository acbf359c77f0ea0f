/**
 * `[data-confirm="Stop for 12 viewers?"]`: the first press asks in place, the second within four seconds acts.
 * No dialog, so a hurried hand loses nothing, and the button stays where it was.
 */
const PATIENCE = 4000;
const asking = new WeakMap<HTMLElement, () => void>();

function ask(button: HTMLElement): void {
  const before = [...button.childNodes];
  const timer = setTimeout(() => asking.get(button)?.(), PATIENCE);
  asking.set(button, () => {
    clearTimeout(timer);
    asking.delete(button);
    button.classList.remove("is-asking");
    button.replaceChildren(...before);
  });
  button.classList.add("is-asking");
  button.replaceChildren(button.dataset["confirm"] ?? "?");
}

export function listenForConfirm(): void {
  // Capturing, so that it runs before htmx and before the form's own submission.
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-confirm]") : null;
      if (!button) return;
      const settle = asking.get(button);
      if (settle) {
        settle();
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(button);
    },
    { capture: true },
  );
}
