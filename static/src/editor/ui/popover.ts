/** A button with something that drops from it: Esc and a press elsewhere close it, the focus goes back where it came from. */
export interface Popover {
  close(): void;
  readonly isOpen: boolean;
}

export function popover(button: HTMLElement, panel: HTMLElement, opened: () => void): Popover {
  function show(on: boolean): void {
    panel.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    if (on) opened();
  }
  const close = (): void => {
    const had = panel.contains(document.activeElement);
    if (!panel.hidden) show(false);
    if (had) button.focus();
  };
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => show(panel.hidden !== false));
  document.addEventListener("pointerdown", (event) => {
    if (!panel.hidden && event.target instanceof Node && !panel.contains(event.target) && !button.contains(event.target)) show(false);
  });
  for (const one of [button, panel]) {
    one.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      event.stopPropagation();
      show(false);
      button.focus();
    });
  }
  return {
    close,
    get isOpen() {
      return !panel.hidden;
    },
  };
}
