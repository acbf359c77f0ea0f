/** The menu under the pointer: what can be done with the selection, and every object that lies there. */
import type { ActionTable } from "../actions/action.ts";
import { keysOf } from "../actions/action.ts";
import { unitOf } from "../document/aids.ts";
import { titleOf, type Editor } from "../editor.ts";
import { objectsAt } from "../geometry/hit_test.ts";
import { contains, type Point } from "../geometry/rect.ts";
import { h, icon } from "../panels/dom.ts";
import { say } from "../strings.ts";

const PARTS: readonly (readonly string[])[] = [
  ["open", "copy", "cut", "paste-here", "duplicate", "delete"],
  ["order-front", "order-forward", "order-backward", "order-back"],
  ["group", "ungroup", "rename", "lock", "hide", "reset-crop"],
  ["copy-look", "paste-look", "select-same", "select-all"],
];

export function mountContextMenu(editor: Editor, table: ActionTable, canvas: HTMLElement): (at: Point, screen: Point) => void {
  const menu = h("div", { class: "qe-context", role: "menu", "data-testid": "context-menu", hidden: true });
  canvas.append(menu);

  function close(refocus: boolean): void {
    if (menu.hidden) return;
    menu.hidden = true;
    if (refocus) canvas.focus({ preventScroll: true });
  }

  function entry(words: string, run: () => void, more: { readonly keys?: string; readonly kind?: string; readonly pressed?: boolean; readonly id?: string } = {}): HTMLElement {
    return h(
      "button",
      { type: "button", role: "menuitem", tabindex: "-1", "data-action": more.id, class: more.pressed ? "is-on" : "", onclick: () => {
        close(true);
        run();
      } },
      more.kind ? icon(more.kind) : null, h("span", {}, words), more.keys ? h("kbd", {}, more.keys) : null,
    );
  }

  function open(at: Point, screen: Point): void {
    const [top] = objectsAt(editor.seen, at);
    const selected = editor.chosen.some((object) => contains(object, at));
    if (!selected) editor.select(new Set(top ? unitOf(editor.document, editor.aids, top.id, editor.entered) : []));
    const under = editor.seen.objects.filter((object) => !object.hidden && contains(object, at)).toReversed();
    const groups = PARTS.map((ids) => ids.flatMap((id) => {
      const one = table.get(id);
      return one && table.allows(one) ? [entry(one.title(), () => table.run(id), { id, keys: keysOf(one)[0] ?? "" })] : [];
    })).filter((group) => group.length > 0);
    const list = under.length > 1 ? [h("div", { class: "qe-context-title", role: "presentation" }, say("underPointer")), ...under.map((object) => entry(titleOf(object), () => editor.select(new Set([object.id])), { kind: object.kind, pressed: editor.selection.has(object.id) }))] : [];
    menu.replaceChildren(...[...groups, list].filter((group) => group.length > 0).flatMap((group, place) => [...(place > 0 ? [h("hr", { role: "separator" })] : []), ...group]));
    menu.dataset["x"] = String(at.x);
    menu.dataset["y"] = String(at.y);
    menu.hidden = false;
    const room = canvas.getBoundingClientRect();
    menu.style.left = `${Math.max(4, Math.min(screen.x, room.width - menu.offsetWidth - 4))}px`;
    menu.style.top = `${Math.max(4, Math.min(screen.y, room.height - menu.offsetHeight - 4))}px`;
    menu.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  menu.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const entries = [...menu.querySelectorAll<HTMLElement>("button")];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (next !== undefined) entries[(next + entries.length) % entries.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") close(true);
    else return;
    event.preventDefault();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!(event.target instanceof Node) || !menu.contains(event.target)) close(false);
  }, { capture: true });
  return open;
}

/** Where the menu was opened last, in canvas pixels. */
export function menuPlace(canvas: HTMLElement): Point {
  const { x, y } = canvas.querySelector<HTMLElement>(".qe-context")?.dataset ?? {};
  return { x: Number(x ?? 0), y: Number(y ?? 0) };
}
