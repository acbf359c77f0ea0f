/** The list of layers: the readable truth of the canvas. Top is front. One selection with the canvas. */
import { moveToPlace } from "../commands/order.ts";
import { changeObjects } from "../commands/properties.ts";
import type { LayoutObject } from "../document/types.ts";
import { titleOf, type Editor } from "../editor.ts";
import { say } from "../strings.ts";
import type { Actions } from "../actions.ts";
import { h, icon, iconButton } from "./dom.ts";

export function mountLayers(editor: Editor, actions: Actions, list: HTMLElement): void {
  let focused: string | null = null;
  let dragged: string | null = null;
  let renaming = false;

  function spoken(object: LayoutObject, place: number): string {
    const states = (object.locked ? say("isLocked") : "") + (object.hidden ? say("isHidden") : "");
    return say("objectLabel", { kind: say(object.kind), name: titleOf(object), x: object.x, y: object.y, w: object.width, h: object.height, place, n: editor.document.objects.length, states });
  }

  /** The eye and the lock are for the pointer: a listbox holds options only. Their keys are those of the actions, their states are in the option's name. */
  function row(object: LayoutObject, place: number): HTMLElement {
    const name = titleOf(object);
    const own = (flag: "hidden" | "locked") => (event: Event) => {
      event.stopPropagation();
      actions.toggle(flag, new Set([object.id]));
    };
    const hide = iconButton(object.hidden ? "eyeOff" : "eye", say(object.hidden ? "toShow" : "toHide", { name }), own("hidden"), { tabindex: "-1", "aria-hidden": "true", "data-action": "hide", class: object.hidden ? "qe-tool is-on" : "qe-tool" });
    const lock = iconButton(object.locked ? "lock" : "unlock", say(object.locked ? "toUnlock" : "toLock", { name }), own("locked"), { tabindex: "-1", "aria-hidden": "true", "data-action": "lock", class: object.locked ? "qe-tool is-on" : "qe-tool" });
    const selected = editor.selection.has(object.id);
    return h(
      "li",
      { class: `qe-layer${object.hidden ? " is-hidden" : ""}`, role: "presentation" },
      h(
        "div",
        {
          role: "option", class: "qe-layer-name", "data-object-id": object.id, "data-kind": object.kind, "aria-selected": String(selected), "aria-label": spoken(object, place), title: name, draggable: "true",
          tabindex: object.id === (focused ?? editor.document.objects.at(-1)?.id) ? "0" : "-1",
        },
        icon(object.kind), h("span", {}, name),
      ),
      !editor.readonly && hide, !editor.readonly && lock,
    );
  }

  function draw(): void {
    if (renaming || editor.inGesture) return;
    const hadFocus = list.contains(document.activeElement);
    const objects = editor.document.objects.toReversed();
    if (focused && !objects.some((object) => object.id === focused)) focused = null;
    list.replaceChildren(...objects.map((object, index) => row(object, index + 1)));
    list.classList.toggle("is-empty", objects.length === 0);
    if (objects.length === 0) list.append(h("li", { class: "qe-hint", role: "presentation" }, say("noLayers")));
    if (hadFocus) option(focused)?.focus();
  }

  /** In place: a row that is replaced between two clicks would never see the double click. */
  function mark(): void {
    if (renaming) return;
    for (const element of list.querySelectorAll<HTMLElement>("[data-object-id]")) {
      const id = element.dataset["objectId"] ?? "";
      element.setAttribute("aria-selected", String(editor.selection.has(id)));
      element.tabIndex = id === (focused ?? editor.document.objects.at(-1)?.id) ? 0 : -1;
    }
  }

  function option(id: string | null): HTMLElement | null {
    return id ? list.querySelector<HTMLElement>(`[data-object-id="${CSS.escape(id)}"]`) : null;
  }

  function idUnder(event: Event): string | null {
    return event.target instanceof Element ? (event.target.closest("li")?.querySelector<HTMLElement>("[data-object-id]")?.dataset["objectId"] ?? null) : null;
  }

  function pick(id: string, event: MouseEvent | KeyboardEvent): void {
    const order = editor.document.objects.map((object) => object.id);
    if (event.shiftKey && focused) {
      const [a, b] = [order.indexOf(focused), order.indexOf(id)];
      editor.select(new Set(order.slice(Math.min(a, b), Math.max(a, b) + 1)));
    } else if (event.ctrlKey || event.metaKey) {
      const next = new Set(editor.selection);
      if (!next.delete(id)) next.add(id);
      focused = id;
      editor.select(next);
    } else {
      focused = id;
      editor.select(new Set([id]));
    }
  }

  function rename(id: string): void {
    const target = option(id);
    const object = editor.document.objects.find((one) => one.id === id);
    if (!target || !object || editor.readonly) return;
    renaming = true;
    const input = h("input", { type: "text", class: "form-control form-control-sm", value: object.name || titleOf(object), maxlength: 120, "aria-label": say("name") });
    const done = (keep: boolean): void => {
      if (!renaming) return;
      renaming = false;
      if (keep) editor.apply(say("rename", { name: titleOf(object) }), changeObjects(editor.document, new Set([id]), { name: input.value.trim() }));
      focused = id;
      draw();
      option(id)?.focus();
    };
    input.addEventListener("blur", () => done(true));
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") done(true);
      if (event.key === "Escape") done(false);
    });
    target.replaceChildren(icon(object.kind), input);
    input.select();
  }

  list.addEventListener("click", (event) => {
    const id = event.target instanceof Element && event.target.closest("[data-object-id]") ? idUnder(event) : null;
    if (!id || renaming) return;
    pick(id, event);
    option(id)?.focus();
  });
  list.addEventListener("dblclick", (event) => {
    const id = event.target instanceof Element && event.target.closest("[data-object-id]") ? idUnder(event) : null;
    if (id && !renaming) rename(id);
  });
  list.addEventListener("keydown", (event) => {
    if (renaming) return;
    const ids = editor.document.objects.map((object) => object.id).toReversed();
    const at = Math.max(0, ids.indexOf(focused ?? ids[0] ?? ""));
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (plain && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const next = ids[Math.max(0, Math.min(ids.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))];
      if (next) {
        focused = event.shiftKey ? focused : next;
        editor.select(new Set(event.shiftKey ? [...editor.selection, next] : [next]));
        option(next)?.focus();
      }
    } else if (plain && event.key === " ") {
      const id = ids[at];
      if (id) pick(id, event);
    } else if (event.key === "F2") {
      const id = ids[at];
      if (id) rename(id);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("pointerover", (event) => hover(idUnder(event)));
  list.addEventListener("pointerleave", () => hover(null));

  function hover(id: string | null): void {
    if (editor.hovered === id) return;
    editor.hovered = id;
    editor.emit("view");
  }

  list.addEventListener("dragstart", (event) => {
    dragged = editor.readonly ? null : idUnder(event);
    event.dataTransfer?.setData("text/plain", dragged ?? "");
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    for (const one of list.querySelectorAll(".is-target")) one.classList.remove("is-target");
    if (event.target instanceof Element) event.target.closest("li")?.classList.add("is-target");
  });
  list.addEventListener("dragend", () => {
    dragged = null;
    draw();
  });
  list.addEventListener("drop", (event) => {
    event.preventDefault();
    const target = idUnder(event);
    const moved = editor.document.objects.find((object) => object.id === dragged);
    const place = editor.document.objects.findIndex((object) => object.id === target);
    dragged = null;
    if (moved && place >= 0) editor.apply(say("order", { name: titleOf(moved) }), moveToPlace(editor.document, moved.id, place));
  });

  editor.onChange((part) => {
    if (part === "document" || part === "selection") {
      const [last] = [...editor.selection].slice(-1);
      if (!list.contains(document.activeElement) && last) focused = last;
      if (part === "selection") mark();
      else draw();
    }
  });
  draw();
}
