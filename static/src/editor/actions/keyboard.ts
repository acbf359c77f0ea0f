import type { Actions } from "./registry.ts";
import type { ActionTable } from "./action.ts";
import type { Editor } from "../state/editor.ts";
import type { Toolbox } from "../tools/toolbox.ts";

export interface Keys {
  readonly editor: Editor;
  readonly table: ActionTable;
  readonly actions: Actions;
  readonly toolbox: Toolbox;
  /** Whether the focus is where keys act. */
  readonly here: (target: EventTarget | null) => boolean;
}

/** How a key press is written in the table; the physical key where Alt turns letters into special characters, or for digits. */
export function nameOfKey(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  const digit = event.shiftKey && /^Digit\d$/.test(event.code) ? event.code : null;
  const bracket = event.code === "BracketLeft" ? "[" : event.code === "BracketRight" ? "]" : null;
  const key = digit ?? (event.altKey && letter ? letter : bracket && (event.ctrlKey || event.metaKey) ? bracket : event.key.length === 1 ? event.key.toLowerCase() : event.key);
  // A character that Shift itself produces ("?", "+") is named by the character alone.
  const shift = event.shiftKey && (key.length > 1 || /[a-z[\]]/.test(key));
  return [event.ctrlKey || event.metaKey ? "mod" : "", event.altKey ? "alt" : "", shift ? "shift" : "", key].filter(Boolean).join("+");
}

/** The same press named by the place of its key, where the produced character is no Latin letter or digit: other alphabets, digits that need Shift. */
export function nameOfPlace(event: Parameters<typeof nameOfKey>[0]): string | null {
  const key = /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code)?.[1]?.toLowerCase();
  if (!key || event.key.length !== 1 || /[a-z0-9]/i.test(event.key)) return null;
  return nameOfKey({ ...pick(event), key });
}

function pick({ code, ctrlKey, metaKey, altKey, shiftKey }: Parameters<typeof nameOfKey>[0]): Omit<Parameters<typeof nameOfKey>[0], "key"> {
  return { code, ctrlKey, metaKey, altKey, shiftKey };
}

/** Inputs that take no letters: keys mean there what they mean on a button. */
const WORDLESS: ReadonlySet<string> = new Set(["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"]);
const STEPS: ReadonlySet<string> = new Set(["undo", "redo"]);

/** Whether letters go into it. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !WORDLESS.has(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || target.tagName === "TEXTAREA");
}

/** A field of ours in which nothing was typed since it was kept: what there is to undo there is a step of the layout. */
function isKept(target: EventTarget | null): boolean {
  return (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.dataset["field"] !== undefined && target.value === target.defaultValue;
}

/** Keys act while the canvas, the layer list or nothing in particular has the focus; never inside a field. */
export function listenToKeys({ editor, table, actions, toolbox, here }: Keys, canvas: HTMLElement): void {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const name = nameOfKey(event);
    // Never the browser's save dialog, wherever the focus is.
    if (name === "mod+s") {
      event.preventDefault();
      table.run("save");
      return;
    }
    // F6 leads out of a field, too.
    if (isTyping(event.target) && !name.endsWith("F6") && !(isKept(event.target) && STEPS.has(table.forKey(name)?.id ?? ""))) return;
    if (handle(event, name)) event.preventDefault();
  });
  document.addEventListener("keyup", (event) => event.key === " " && toolbox.borrowPan(false));

  function handle(event: KeyboardEvent, name: string): boolean {
    if (event.key === " " && event.target === canvas) {
      // In the middle of a drag the tool itself knows what space means.
      if (!event.repeat && !toolbox.dragging) toolbox.borrowPan(true);
      return true;
    }
    if ((name === "Tab" || name === "shift+Tab") && event.target === canvas) {
      if (editor.selection.size === 0 && name === "shift+Tab") return false;
      if (actions.step(name === "Tab" ? 1 : -1)) return true;
      editor.select(new Set());
      return false;
    }
    const place = nameOfPlace(event);
    const found = table.forKey(name) ?? (place === null ? undefined : table.forKey(place));
    return found !== undefined && (found.anywhere || here(event.target)) && found.run() !== false;
  }
}
