/** How the canvas is looked at. */
import type { Editor } from "../state/editor.ts";
import { say, type Key } from "../i18n/strings.ts";
import { action, type Action } from "./action.ts";
import type { CanvasContext } from "./context.ts";

type Flag = "snapping" | "grid" | "rulers" | "safeAreas";
const FLAGS: ReadonlyArray<readonly [string, Flag, Key, string]> = [["snap", "snapping", "snapIt", "s"], ["grid", "grid", "gridIt", "mod+'"], ["rulers", "rulers", "rulersIt", "shift+r"], ["safe-areas", "safeAreas", "safe", "shift+a"]];

/** A switch says what it is now. */
export function saySwitch(editor: Editor, name: string, on: boolean): void {
  editor.announce(say(on ? "switchedOn" : "switchedOff", { name }));
}

export function viewActions({ editor, viewer }: CanvasContext): Action[] {
  const zoomed = (change: () => void) => (): void => {
    change();
    editor.announce(say("zoomedTo", { n: Math.round(editor.view.zoom * 100) }));
  };
  return [
    action({ id: "zoom-in", group: "view", title: () => say("zoomIn"), keys: ["mod++", "mod+="], run: zoomed(() => viewer.zoomBy(1.25)) }),
    action({ id: "zoom-out", group: "view", title: () => say("zoomOut"), keys: ["mod+-"], run: zoomed(() => viewer.zoomBy(0.8)) }),
    action({ id: "zoom-100", group: "view", title: () => say("zoomFull"), keys: ["shift+Digit0"], run: zoomed(() => viewer.zoomTo(1)) }),
    action({ id: "fit", group: "view", title: () => say("zoomFit"), keys: ["shift+Digit1"], run: zoomed(() => viewer.fit()) }),
    action({ id: "fit-selection", group: "view", title: () => say("zoomSelection"), keys: ["shift+Digit2"], enabled: () => editor.selection.size > 0, run: zoomed(() => viewer.fitSelection()) }),
    action({ id: "hide-panels", group: "view", title: () => say("panelsIt"), keys: ["mod+\\"], pressed: () => document.body.classList.contains("qe-bare"), run: () => {
      saySwitch(editor, say("panelsShown"), !document.body.classList.toggle("qe-bare"));
      editor.emit("view");
    } }),
    ...FLAGS.map(([id, flag, title, key]) => action({ id, group: "view", title: () => say(title), keys: [key], pressed: () => editor[flag], run: () => {
      editor[flag] = !editor[flag];
      saySwitch(editor, say(title), editor[flag]);
      editor.emit("view");
    } })),
  ];
}
