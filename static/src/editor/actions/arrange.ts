/** Where objects lie: arrow keys, aligning, distributing. */
import type { Edge } from "../geometry/arrange.ts";
import { say, type Key } from "../strings.ts";
import { GRID } from "../tools/select/moving.ts";
import { action, type Action } from "./action.ts";
import type { CanvasContext } from "./canvas_actions.ts";

const ARROWS: ReadonlyArray<readonly [string, number, number]> = [["Left", -1, 0], ["Right", 1, 0], ["Up", 0, -1], ["Down", 0, 1]];
const EDGES: ReadonlyArray<readonly [Edge, Key, string]> = [
  ["left", "alignLeft", "alt+a"], ["center", "alignCenter", "alt+h"], ["right", "alignRight", "alt+d"], ["top", "alignTop", "alt+w"], ["middle", "alignMiddle", "alt+v"], ["bottom", "alignBottom", "alt+s"],
];
const SPREADS: ReadonlyArray<readonly ["x" | "y", Key, readonly string[]]> = [["x", "spreadX", ["alt+shift+h", "mod+alt+h"]], ["y", "spreadY", ["alt+shift+v", "mod+alt+v"]]];

export function arrangeActions({ editor, actions }: CanvasContext): Action[] {
  const some = (): boolean => editor.selection.size > 0;
  return [
    ...ARROWS.flatMap(([name, x, y]) =>
      [false, true].flatMap((far) => {
        const shift = far ? "shift+" : "";
        const by = far ? 10 : 1;
        const cells = far ? 5 : 1;
        const move = (): void => actions.nudge(x * (editor.grid ? GRID * cells : by), y * (editor.grid ? GRID * cells : by));
        return [
          action({ id: `nudge-${shift}${name}`, group: "arrange", title: () => say("nudgeIt"), keys: [`${shift}Arrow${name}`], edits: true, listed: false, enabled: some, run: move }),
          action({ id: `grow-${shift}${name}`, group: "arrange", title: () => say("growIt"), keys: [`mod+${shift}Arrow${name}`], edits: true, listed: false, enabled: some, run: () => actions.grow(x * by, y * by) }),
        ];
      }),
    ),
    ...EDGES.map(([edge, title, key]) => action({ id: `align-${edge}`, group: "arrange", title: () => say(title), keys: [key], edits: true, enabled: some, run: () => actions.align(edge) })),
    ...SPREADS.map(([axis, title, keys]) => action({ id: `distribute-${axis}`, group: "arrange", title: () => say(title), keys, edits: true, enabled: () => editor.selection.size > 2, run: () => actions.distribute(axis) })),
    action({ id: "fill-canvas", group: "arrange", title: () => say("fillIt"), edits: true, enabled: some, run: () => actions.fillCanvas() }),
  ];
}
