/** Choosing objects. None of it is a step of undo. */
import { say } from "../strings.ts";
import { action, type Action } from "./action.ts";
import type { CanvasContext } from "./canvas_actions.ts";

export function selectActions({ editor, actions, toolbox, openObject }: CanvasContext): Action[] {
  const some = (): boolean => editor.selection.size > 0;
  return [
    action({ id: "select-all", group: "select", title: () => say("selectAll"), keys: ["mod+a"], run: () => actions.selectAll() }),
    action({ id: "select-none", group: "select", title: () => say("selectNone"), keys: ["Escape"], run: () => toolbox.cancel() }),
    action({ id: "select-invert", group: "select", title: () => say("selectInvert"), keys: ["mod+shift+a"], run: () => actions.invert() }),
    action({ id: "open", group: "select", title: () => say("openIt"), keys: ["Enter"], enabled: () => editor.selection.size === 1, run: () => {
      const [only] = editor.chosen;
      if (only) openObject(only.id);
    } }),
    action({ id: "delete", group: "edit", title: () => say("deleteIt"), keys: ["Delete", "Backspace"], edits: true, enabled: some, run: () => actions.remove() }),
    action({ id: "duplicate", group: "edit", title: () => say("duplicateIt"), keys: ["mod+d"], edits: true, enabled: some, run: () => actions.duplicate() }),
  ];
}
