import { h } from "../../ui/dom.ts";

/** A field in the place of a name. Enter and leaving keep what was typed, Esc does not. `done` hears once: the new name, or null. */
export function renameIn(cell: HTMLElement, name: string, label: string, done: (name: string | null) => void): void {
  let open = true;
  const input = h("input", { type: "text", class: "form-control form-control-sm", value: name, maxlength: 120, "aria-label": label, "data-testid": "layer-rename" });
  const close = (kept: boolean): void => {
    if (!open) return;
    open = false;
    done(kept ? input.value.trim() : null);
  };
  input.addEventListener("blur", () => close(true));
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter") close(true);
    if (event.key === "Escape") close(false);
  });
  cell.lastElementChild?.replaceWith(input);
  input.select();
}
