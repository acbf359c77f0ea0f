/** Choosing objects, and going into them. None of it is a step of undo. */
import { groupsOf, membersOf, wholeUnits } from "../document/editor_state.ts";
import { isReachable } from "../document/find.ts";
import { objectsAt } from "../geometry/hit_test.ts";
import { say } from "../i18n/strings.ts";
import { action, type Action } from "./action.ts";
import type { CanvasContext } from "./context.ts";

export function selectActions({ editor, actions, toolbox, openObject }: CanvasContext): Action[] {
  const some = (): boolean => editor.selection.size > 0;
  const reachable = (): string[] => editor.document.objects.filter((object) => isReachable(object) && (editor.entered === null || groupsOf(editor.aids, object.id).includes(editor.entered))).map((object) => object.id);

  /** Out of a text or crop, then out of a group, then nothing selected. */
  function leave(): boolean | void {
    if (editor.inside) editor.workInside(null);
    else if (toolbox.tool !== "select" && !toolbox.dragging) toolbox.choose("select");
    else if (toolbox.dragging || some() || editor.entered || editor.guide !== null) toolbox.cancel();
    else return false;
  }

  function selectBelow(): void {
    const only = editor.seen.objects.find((object) => editor.selection.has(object.id));
    if (!only) return;
    const under = objectsAt(editor.seen, { x: only.x + only.width / 2, y: only.y + only.height / 2 });
    const next = under[(under.indexOf(only) + 1) % Math.max(1, under.length)];
    if (next) editor.select(new Set([next.id]));
  }

  return [
    action({ id: "select-all", group: "select", title: () => say("selectAll"), keys: ["mod+a"], run: () => editor.select(new Set(reachable())) }),
    action({ id: "select-none", group: "select", title: () => say("selectNone"), keys: ["Escape"], run: leave }),
    action({ id: "select-invert", group: "select", title: () => say("selectInvert"), keys: ["mod+shift+a"], run: () => editor.select(new Set(reachable().filter((id) => !editor.selection.has(id)))) }),
    action({
      id: "select-same", group: "select", title: () => say("selectSame"), enabled: some,
      run: () => {
        const kinds = new Set(editor.chosen.map((object) => object.kind));
        editor.select(new Set(editor.document.objects.filter((object) => isReachable(object) && kinds.has(object.kind)).map((object) => object.id)));
      },
    }),
    action({ id: "select-below", group: "select", title: () => say("selectBelow"), enabled: () => editor.selection.size === 1, run: selectBelow }),
    action({ id: "select-next", group: "select", title: () => say("selectNext"), run: () => actions.step(1) }),
    action({ id: "select-previous", group: "select", title: () => say("selectPrevious"), run: () => actions.step(-1) }),
    action({
      id: "open", group: "select", title: () => say("openIt"), keys: ["Enter"], enabled: () => some(),
      run: () => {
        if (editor.inside) editor.workInside(null);
        else if (editor.units.length === 1 && editor.chosen[0]) openObject(editor.chosen[0].id);
        else return false;
        return true;
      },
    }),
    action({
      id: "select-parent", group: "select", title: () => say("selectParent"), keys: ["shift+Enter"], enabled: () => editor.entered !== null,
      run: () => {
        const group = editor.entered;
        const [id] = editor.selection;
        if (group === null) return;
        const path = groupsOf(editor.aids, id ?? "");
        editor.enter(path[path.indexOf(group) - 1] ?? null);
        editor.select(wholeUnits(editor.document, editor.aids, membersOf(editor.document, editor.aids, group), editor.entered));
      },
    }),
  ];
}
