/** Rows of the layer list carried to another place, by mouse (anywhere on the row) or by finger (on its grip). */
import type { LayerRow } from "../../document/layer_rows.ts";

const DRAG_FROM = 4;
/** Near the list's ends it scrolls. */
const EDGE = 28;
const EDGE_STEP = 8;

export interface Drop {
  readonly target: LayerRow;
  /** Above the target in the list, that is, in front of it; below it; or into the group that it is. */
  readonly where: "above" | "below" | "inside";
}

export interface DragParts {
  readonly list: HTMLElement;
  readonly rows: () => readonly LayerRow[];
  readonly mayDrag: () => boolean;
  readonly dropped: (row: LayerRow, drop: Drop) => void;
}

export function dragRows({ list, rows, mayDrag, dropped }: DragParts): { readonly active: boolean } {
  let pressed: { readonly row: LayerRow; readonly id: number; readonly y: number } | null = null;
  let dragging = false;
  let drop: Drop | null = null;
  let scrolling = 0;

  function rowAt(y: number): { readonly row: LayerRow; readonly element: HTMLElement } | null {
    const elements = [...list.querySelectorAll<HTMLElement>("[data-row]")];
    const element = elements.find((one) => y < one.getBoundingClientRect().bottom) ?? elements.at(-1);
    const row = element && rows().find((one) => one.key === element.dataset["row"]);
    return element && row ? { row, element } : null;
  }

  function dropAt(y: number): Drop | null {
    const found = rowAt(y);
    if (!found) return null;
    const { top, height } = found.element.getBoundingClientRect();
    const share = (y - top) / height;
    const { row } = found;
    // The lower half of an open group is its inside, as what follows is in it.
    if (row.kind === "group" && row.open) return { target: row, where: share < 0.4 ? "above" : "inside" };
    return { target: row, where: share < 0.5 ? "above" : "below" };
  }

  function mark(): void {
    for (const element of list.querySelectorAll<HTMLElement>("[data-row]")) {
      const here = drop !== null && element.dataset["row"] === drop.target.key;
      element.classList.toggle("is-above", here && drop?.where === "above");
      element.classList.toggle("is-below", here && drop?.where === "below");
      element.classList.toggle("is-inside", here && drop?.where === "inside");
      element.classList.toggle("is-carried", dragging && element.dataset["row"] === pressed?.row.key);
    }
  }

  function stop(): void {
    cancelAnimationFrame(scrolling);
    if (pressed && list.hasPointerCapture(pressed.id)) list.releasePointerCapture(pressed.id);
    [pressed, drop] = [null, null];
    mark();
    // The click that follows a drag chooses nothing.
    if (dragging) setTimeout(() => (dragging = false));
    window.removeEventListener("keydown", escape, { capture: true });
  }

  function escape(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    stop();
  }

  function scroll(y: number): void {
    cancelAnimationFrame(scrolling);
    const { top, bottom } = list.getBoundingClientRect();
    const by = y < top + EDGE ? -EDGE_STEP : y > bottom - EDGE ? EDGE_STEP : 0;
    if (by === 0) return;
    scrolling = requestAnimationFrame(() => {
      list.scrollTop += by;
      drop = dropAt(y);
      mark();
      scroll(y);
    });
  }

  list.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !mayDrag() || !(event.target instanceof Element) || event.target.closest("button, input, [data-fold]")) return;
    const onGrip = event.target.closest("[data-grip]") !== null;
    // A finger elsewhere on the row scrolls the list.
    if (event.pointerType === "touch" && !onGrip) return;
    const key = event.target.closest<HTMLElement>("[data-row]")?.dataset["row"];
    const row = rows().find((one) => one.key === key);
    if (row) pressed = { row, id: event.pointerId, y: event.clientY };
  });
  list.addEventListener("pointermove", (event) => {
    if (pressed?.id !== event.pointerId) return;
    if (!dragging && Math.abs(event.clientY - pressed.y) < DRAG_FROM) return;
    if (!dragging) {
      dragging = true;
      list.setPointerCapture(event.pointerId);
      window.addEventListener("keydown", escape, { capture: true });
    }
    drop = dropAt(event.clientY);
    mark();
    scroll(event.clientY);
  });
  list.addEventListener("pointerup", (event) => {
    if (pressed?.id !== event.pointerId) return;
    const [carried, end] = [pressed.row, dragging ? drop : null];
    stop();
    if (end && end.target.key !== carried.key) dropped(carried, end);
  });
  list.addEventListener("pointercancel", stop);

  return {
    get active() {
      return dragging;
    },
  };
}
