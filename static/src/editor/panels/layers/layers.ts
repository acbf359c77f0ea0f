/** The list of layers: the readable truth of the canvas. Top is front, groups can be folded. One selection with the canvas. */
import type { Actions } from "../../actions/registry.ts";
import { action, type ActionTable } from "../../actions/action.ts";
import { regroupObjects, renameGroup } from "../../commands/editor_state.ts";
import { orderBeside } from "../../commands/order.ts";
import { changeObjects } from "../../commands/properties.ts";
import { groupsOf } from "../../document/editor_state.ts";
import { idsOf, layerRows, type LayerRow } from "../../document/layer_rows.ts";
import { nameOf, titleOfGroup, type Editor } from "../../state/editor.ts";
import { spokenRow } from "../../a11y/describe.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";
import { dragRows, type Drop } from "./layer_drag.ts";
import { renameIn } from "./layer_rename.ts";
import { isChosen, layerRow, titleOfRow } from "./layer_row.ts";

export function mountLayers(editor: Editor, actions: Actions, table: ActionTable, list: HTMLElement): void {
  const closed = new Set<string>();
  let rows: readonly LayerRow[] = [];
  /** The row of the one Tab stop. */
  let focused: string | null = null;
  /** From where Shift chooses. */
  let anchor: string | null = null;
  let renaming = false;

  const keyNow = (): string | null => focused ?? rows[0]?.key ?? null;
  const rowOf = (key: string | null): LayerRow | undefined => rows.find((row) => row.key === key);
  const element = (key: string | null): HTMLElement | null => (key === null ? null : list.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`));

  function draw(): void {
    if (renaming || editor.inGesture) return;
    const active = list.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
    const action = active?.dataset["action"];
    rows = layerRows(editor.document, editor.aids, closed);
    if (!rowOf(focused)) focused = null;
    list.replaceChildren(...rows.map((row) => layerRow(editor, row, row.key === keyNow(), { toggle: (flag, ids) => actions.toggle(flag, ids), fold })));
    list.classList.toggle("is-empty", rows.length === 0);
    if (rows.length === 0) list.append(h("div", { class: "qe-hint", role: "row" }, h("span", { role: "gridcell" }, say("noLayers"))));
    const again = active && element(keyNow());
    if (again) ((action && again.querySelector<HTMLElement>(`[data-action="${action}"]`)) || again).focus();
  }

  /** In place: a row that is replaced between two clicks would never see the double click. */
  function mark(): void {
    if (renaming) return;
    for (const row of rows) {
      const one = element(row.key);
      one?.setAttribute("aria-selected", String(isChosen(editor, row)));
      if (one) one.tabIndex = row.key === keyNow() ? 0 : -1;
    }
  }

  function fold(group: string, open = closed.has(group)): void {
    if (open) closed.delete(group);
    else closed.add(group);
    draw();
  }

  /** Who works on one of a group sees it in the list. */
  function openAround(): boolean {
    const before = closed.size;
    for (const row of rows) {
      if (row.kind !== "group" || row.open) continue;
      const inside = idsOf(row).filter((id) => editor.selection.has(id)).length;
      if (inside > 0 && inside < row.members.length) closed.delete(row.group);
    }
    return closed.size !== before;
  }

  function pick(row: LayerRow, event: MouseEvent | KeyboardEvent): void {
    if (event.shiftKey) {
      extendTo(row);
      return;
    }
    [focused, anchor] = [row.key, row.key];
    if (event.ctrlKey || event.metaKey) {
      const next = new Set(editor.selection);
      const chosen = isChosen(editor, row);
      for (const id of idsOf(row)) {
        if (chosen) next.delete(id);
        else next.add(id);
      }
      editor.select(next);
    } else editor.select(new Set(idsOf(row)));
  }

  /** Everything from where the choosing began. */
  function extendTo(row: LayerRow): void {
    const start = rows.findIndex((one) => one.key === (anchor ?? keyNow()));
    const [a, b] = [Math.max(0, start), rows.indexOf(row)];
    focused = row.key;
    editor.select(new Set(rows.slice(Math.min(a, b), Math.max(a, b) + 1).flatMap(idsOf)));
  }

  function rename(row: LayerRow): void {
    const cell = element(row.key)?.querySelector<HTMLElement>(".qe-layer-name");
    if (!cell || editor.readonly) return;
    renaming = true;
    renameIn(cell, titleOfRow(editor, row), say("name"), (name) => {
      renaming = false;
      if (name !== null && name !== titleOfRow(editor, row)) {
        const step = say("rename", { name: titleOfRow(editor, row) });
        if (row.kind === "group") editor.apply(step, editor.document, { aids: renameGroup(editor.aids, row.group, name) });
        else editor.apply(step, changeObjects(editor.document, new Set([row.object.id]), { name }));
      }
      focused = row.key;
      draw();
      element(row.key)?.focus();
    });
  }

  /** Order and group at once, one step: what is dropped among a group's rows belongs to it. */
  function dropped(row: LayerRow, { target, where }: Drop): void {
    const path = where === "inside" && target.kind === "group" ? [...target.path, target.group] : target.path;
    // A chosen row takes everything chosen along; a group is carried as it is.
    const together = isChosen(editor, row) && row.kind === "object";
    const ids = new Set((together ? [...editor.selection] : idsOf(row)).filter((id) => editor.document.objects.some((one) => one.id === id && !one.locked)));
    if (ids.size === 0 || (row.kind === "group" && path.includes(row.group))) return;
    const beside = new Set(idsOf(target).filter((id) => !ids.has(id)));
    const moved = orderBeside(editor.document, ids, beside, where === "below" ? "behind" : "front");
    const outside = together ? new Set([...ids].filter((id) => groupsOf(editor.aids, id).join() !== path.join())) : ids;
    const aids = regroupObjects(editor.aids, outside, path, row.kind === "group" ? row.group : null);
    focused = row.key;
    editor.apply(say("order", { name: row.kind === "group" ? titleOfGroup(editor.aids, row.group) : nameOf(editor.document.objects.filter((one) => ids.has(one.id))) }), moved, { aids });
  }

  const drag = dragRows({ list, rows: () => rows, mayDrag: () => !editor.fixed && !renaming, dropped });

  function rowUnder(event: Event): LayerRow | undefined {
    return event.target instanceof Element ? rowOf(event.target.closest<HTMLElement>("[data-row]")?.dataset["row"] ?? null) : undefined;
  }
  const onButton = (event: Event): boolean => event.target instanceof Element && event.target.closest("button, input, [data-fold]") !== null;

  list.addEventListener("click", (event) => {
    const row = rowUnder(event);
    if (!row || renaming || drag.active || onButton(event)) return;
    pick(row, event);
    element(row.key)?.focus();
  });
  list.addEventListener("dblclick", (event) => {
    const row = rowUnder(event);
    if (row && !renaming && !onButton(event)) rename(row);
  });
  list.addEventListener("focusin", (event) => {
    const row = rowUnder(event);
    if (!row || renaming || row.key === focused) return;
    focused = row.key;
    mark();
  });
  list.addEventListener("keydown", (event) => {
    if (!renaming && keyed(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  list.addEventListener("pointerover", (event) => hover(rowUnder(event)));
  list.addEventListener("pointerleave", () => hover(undefined));

  function hover(row: LayerRow | undefined): void {
    const id = (row && idsOf(row)[0]) ?? null;
    if (editor.hovered === id || drag.active) return;
    editor.hovered = id;
    editor.emit("view");
  }

  /** Up and down go from row to row, right and left into a row or a group and out of it. */
  function keyed(event: KeyboardEvent): boolean {
    const row = rowOf(keyNow());
    if (!row) return false;
    const buttons = [...(element(row.key)?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    if (event.key === "F2") {
      rename(row);
      return true;
    }
    if (event.altKey || event.metaKey || (event.ctrlKey && event.key !== " ")) return false;
    const mirrored = getComputedStyle(list).direction === "rtl";
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        return step(rows[rows.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1)], event.shiftKey, buttons[at]?.dataset["action"]);
      case "Home":
      case "End":
        return step(event.key === "Home" ? rows[0] : rows.at(-1), event.shiftKey);
      case mirrored ? "ArrowLeft" : "ArrowRight":
        return inward(row, buttons, at);
      case mirrored ? "ArrowRight" : "ArrowLeft":
        return outward(row, buttons, at);
      case " ":
        // On a button the space bar presses it.
        if (at >= 0) return false;
        pick(row, event);
        return true;
      case "Enter":
        if (at < 0) return false;
        buttons[at]?.click();
        return true;
      default:
        return false;
    }
  }

  function step(next: LayerRow | undefined, extend: boolean, action?: string): boolean {
    if (!next) return true;
    focused = next.key;
    // On the eye or the lock, the keys go down the column and choose nothing.
    if (action === undefined && extend) extendTo(next);
    else if (action === undefined) {
      anchor = next.key;
      editor.select(new Set(idsOf(next)));
    } else mark();
    const row = element(next.key);
    (action === undefined ? row : row?.querySelector<HTMLElement>(`[data-action="${action}"]`))?.focus();
    return true;
  }

  function inward(row: LayerRow, buttons: readonly HTMLElement[], at: number): boolean {
    if (at < 0 && row.kind === "group" && !row.open) fold(row.group, true);
    else buttons[at + 1]?.focus();
    return true;
  }

  function outward(row: LayerRow, buttons: readonly HTMLElement[], at: number): boolean {
    if (at >= 0) (buttons[at - 1] ?? element(row.key))?.focus();
    else if (row.kind === "group" && row.open) fold(row.group, false);
    else step(rows.find((one) => one.kind === "group" && one.group === row.path.at(-1)), false);
    return true;
  }

  table.add(action({ id: "rename", group: "object", title: () => say("renameIt"), keys: ["F2"], edits: true, enabled: () => editor.selection.size > 0, run: () => {
    const row = rows.find((one) => isChosen(editor, one) && idsOf(one).length === editor.selection.size) ?? rows.find((one) => isChosen(editor, one));
    if (!row) return false;
    element(row.key)?.scrollIntoView({ block: "nearest" });
    rename(row);
    return true;
  } }));

  /** What the pointer is over on the canvas is marked here. */
  let marked: string | null = null;
  function markHovered(): void {
    if (marked === editor.hovered) return;
    const of = (id: string | null): HTMLElement | null => element(id) ?? element(rows.find((row) => row.kind === "group" && id !== null && idsOf(row).includes(id))?.key ?? null);
    of(marked)?.classList.remove("is-hovered");
    marked = editor.hovered;
    of(marked)?.classList.add("is-hovered");
  }

  editor.onChange((part) => {
    if (part === "view") markHovered();
    if (part !== "document" && part !== "selection") return;
    const last = [...editor.selection].at(-1);
    if (!list.contains(document.activeElement) && last) anchor = focused = rows.find((row) => row.kind === "group" && !row.open && idsOf(row).includes(last))?.key ?? last;
    if (part === "document" || openAround() || stale()) draw();
    else mark();
  });

  /** Groups and names are changed without the document, too. */
  function stale(): boolean {
    const now = layerRows(editor.document, editor.aids, closed);
    return now.length !== rows.length || now.some((row, index) => row.key !== rows[index]?.key || row.level !== rows[index]?.level || spokenRow(editor.document, editor.aids, row) !== element(row.key)?.getAttribute("aria-label"));
  }

  draw();
}
