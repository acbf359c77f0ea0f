import type { Actions } from "./actions.ts";
import type { CanvasStage } from "./canvas/stage.ts";
import { GRID } from "./tools/select/moving.ts";
import type { Editor } from "./editor.ts";
import type { Saving } from "./saving.ts";
import type { Toolbox } from "./tools/toolbox.ts";

export interface Keys {
  readonly editor: Editor;
  readonly actions: Actions;
  readonly toolbox: Toolbox;
  readonly stage: CanvasStage;
  readonly saving: Saving;
  readonly openObject: (id: string) => void;
  readonly showHelp: () => void;
  readonly pickImage: () => void;
}

type Binding = (keys: Keys) => void;

/** `mod` is Ctrl, or Cmd on macOS. Letters are by the produced character. */
const BINDINGS: Readonly<Record<string, Binding>> = {
  v: ({ toolbox }) => toolbox.choose("select"),
  h: ({ toolbox }) => toolbox.choose("pan"),
  r: ({ toolbox }) => toolbox.choose("region"),
  t: ({ toolbox }) => toolbox.choose("text"),
  i: ({ pickImage }) => pickImage(),
  q: ({ editor }) => (editor.keepTool = !editor.keepTool),
  s: ({ editor }) => setFlag(editor, "snapping"),
  "?": ({ showHelp }) => showHelp(),
  Delete: ({ actions }) => actions.remove(),
  Backspace: ({ actions }) => actions.remove(),
  Enter: ({ editor, openObject }) => {
    const [only] = editor.chosen;
    if (only && editor.selection.size === 1) openObject(only.id);
  },
  "]": ({ actions }) => actions.order("front"),
  "[": ({ actions }) => actions.order("back"),
  "mod+]": ({ actions }) => actions.order("forward"),
  "mod+[": ({ actions }) => actions.order("backward"),
  "mod+a": ({ actions }) => actions.selectAll(),
  "mod+shift+a": ({ actions }) => actions.invert(),
  "mod+d": ({ actions }) => actions.duplicate(),
  "mod+z": ({ editor }) => editor.undo(),
  "mod+shift+z": ({ editor }) => editor.redo(),
  "mod+y": ({ editor }) => editor.redo(),
  "mod+s": ({ saving }) => void saving.flush(),
  "mod+shift+l": ({ actions }) => actions.toggle("locked"),
  "mod+shift+h": ({ actions }) => actions.toggle("hidden"),
  "mod++": ({ stage }) => stage.zoomBy(1.25),
  "mod+=": ({ stage }) => stage.zoomBy(1.25),
  "mod+-": ({ stage }) => stage.zoomBy(0.8),
  "mod+'": ({ editor }) => setFlag(editor, "grid"),
  "shift+a": ({ editor }) => setFlag(editor, "safeAreas"),
  "shift+Digit0": ({ stage }) => stage.zoomTo(1),
  "shift+Digit1": ({ stage }) => stage.fit(),
  "shift+Digit2": ({ stage }) => stage.fitSelection(),
  "alt+a": ({ actions }) => actions.align("left"),
  "alt+d": ({ actions }) => actions.align("right"),
  "alt+w": ({ actions }) => actions.align("top"),
  "alt+s": ({ actions }) => actions.align("bottom"),
  "alt+h": ({ actions }) => actions.align("center"),
  "alt+v": ({ actions }) => actions.align("middle"),
  "alt+shift+h": ({ actions }) => actions.distribute("x"),
  "alt+shift+v": ({ actions }) => actions.distribute("y"),
};

export function setFlag(editor: Editor, flag: "snapping" | "grid" | "safeAreas"): void {
  editor[flag] = !editor[flag];
  editor.emit("view");
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const EDITS = new Set(["Delete", "Backspace", "]", "[", "mod+]", "mod+[", "mod+d", "mod+z", "mod+shift+z", "mod+y", "mod+shift+l", "mod+shift+h", "r", "t", "i"]);

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

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

/** Keys act while the canvas, the layer list or nothing in particular has the focus; never inside a field. */
export function listenToKeys(keys: Keys, canvas: HTMLElement, layers: HTMLElement): void {
  const { editor, actions, toolbox } = keys;
  const here = (target: EventTarget | null): boolean => target === document.body || (target instanceof Node && (canvas.contains(target) || layers.contains(target)));

  document.addEventListener("keydown", (event) => {
    const name = nameOfKey(event);
    if (name === "mod+s") {
      event.preventDefault();
      void keys.saving.flush();
      return;
    }
    if (isTyping(event.target)) return;
    const anywhere = name === "mod+z" || name === "mod+shift+z" || name === "mod+y" || name === "?";
    if (!anywhere && !here(event.target)) return;
    if (handle(event, name)) event.preventDefault();
  });
  document.addEventListener("keyup", (event) => event.key === " " && toolbox.borrowPan(false));

  function handle(event: KeyboardEvent, name: string): boolean {
    if (event.key === " " && !event.repeat && event.target === canvas) {
      toolbox.borrowPan(true);
      return true;
    }
    if (name === "Escape") {
      toolbox.cancel();
      return true;
    }
    if ((name === "Tab" || name === "shift+Tab") && event.target === canvas) {
      if (editor.selection.size === 0 && name === "shift+Tab") return false;
      if (actions.step(name === "Tab" ? 1 : -1)) return true;
      editor.select(new Set());
      return false;
    }
    const arrow = ARROWS[event.key];
    if (arrow && !event.altKey) {
      if (editor.selection.size === 0) return false;
      const step = event.ctrlKey || event.metaKey || !editor.grid ? (event.shiftKey ? 10 : 1) : GRID * (event.shiftKey ? 5 : 1);
      if (event.ctrlKey || event.metaKey) actions.grow(arrow[0] * step, arrow[1] * step);
      else actions.nudge(arrow[0] * step, arrow[1] * step);
      return true;
    }
    if (/^\d$/.test(name) && editor.selection.size > 0) {
      actions.opacity(name === "0" ? 1 : Number(name) / 10);
      return true;
    }
    const binding = BINDINGS[name];
    if (!binding || (editor.readonly && EDITS.has(name))) return false;
    binding(keys);
    return true;
  }

  for (const kind of ["copy", "cut"] as const) {
    document.addEventListener(kind, (event) => {
      if (isTyping(event.target) || !here(event.target) || editor.selection.size === 0) return;
      event.clipboardData?.setData("text/plain", actions.copied());
      event.preventDefault();
      if (kind === "cut") actions.remove();
    });
  }
  document.addEventListener("paste", (event) => {
    if (isTyping(event.target) || !here(event.target) || editor.readonly) return;
    event.preventDefault();
    const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith("image/"));
    if (file) void actions.addPicture(file);
    else actions.pasteText(event.clipboardData?.getData("text/plain") ?? "");
  });
}
