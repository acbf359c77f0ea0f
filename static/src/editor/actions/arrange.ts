/** Where objects lie: arrow keys, aligning, distributing, filling parts of the canvas. */
import { centerOnCanvas, fillPart, fitCanvas, sameSize, tidyObjects } from "../commands/arrange.ts";
import { frameOf } from "../commands/boxes.ts";
import { cropObject } from "../commands/crop.ts";
import type { LayoutDocument } from "../document/types.ts";
import { nameOf, titleOf } from "../state/editor.ts";
import type { Edge } from "../geometry/arrange.ts";
import { panned, recropped } from "../geometry/crop.ts";
import { say, type Key } from "../i18n/strings.ts";
import { cropOf } from "../tools/select/cropping.ts";
import { GRID } from "../tools/targets.ts";
import { action, type Action } from "./action.ts";
import type { CanvasContext } from "./context.ts";
import { carryGuide } from "./guides.ts";

const ARROWS: ReadonlyArray<readonly [string, number, number]> = [["Left", -1, 0], ["Right", 1, 0], ["Up", 0, -1], ["Down", 0, 1]];
const EDGES: ReadonlyArray<readonly [Edge, Key, string]> = [
  ["left", "alignLeft", "alt+a"], ["center", "alignCenter", "alt+h"], ["right", "alignRight", "alt+d"], ["top", "alignTop", "alt+w"], ["middle", "alignMiddle", "alt+v"], ["bottom", "alignBottom", "alt+s"],
];
/** Ctrl+Alt+V, Figma's key for the second, pastes a look here: vertical has Alt+Shift+V alone. */
const SPREADS: ReadonlyArray<readonly ["x" | "y", Key, readonly string[]]> = [["x", "spreadX", ["alt+shift+h", "mod+alt+h"]], ["y", "spreadY", ["alt+shift+v"]]];
const THIRD = 1 / 3;
/** Parts of the canvas that the selection can be made to fill: x, y, width, height in fractions. */
export const PARTS: ReadonlyArray<readonly [string, Key, readonly [number, number, number, number]]> = [
  ["fill-canvas", "fillIt", [0, 0, 1, 1]],
  ["half-left", "halfLeft", [0, 0, 0.5, 1]], ["half-right", "halfRight", [0.5, 0, 0.5, 1]], ["half-top", "halfTop", [0, 0, 1, 0.5]], ["half-bottom", "halfBottom", [0, 0.5, 1, 0.5]],
  ["third-1", "thirdOne", [0, 0, THIRD, 1]], ["third-2", "thirdTwo", [THIRD, 0, THIRD, 1]], ["third-3", "thirdThree", [2 * THIRD, 0, THIRD, 1]],
  ["third-top", "thirdTop", [0, 0, 1, THIRD]], ["third-middle", "thirdMiddle", [0, THIRD, 1, THIRD]], ["third-bottom", "thirdBottom", [0, 2 * THIRD, 1, THIRD]],
  ["quarter-1", "quarterOne", [0, 0, 0.5, 0.5]], ["quarter-2", "quarterTwo", [0.5, 0, 0.5, 0.5]], ["quarter-3", "quarterThree", [0, 0.5, 0.5, 0.5]], ["quarter-4", "quarterFour", [0.5, 0.5, 0.5, 0.5]],
];

export function arrangeActions(context: CanvasContext): Action[] {
  const { editor, actions } = context;
  const some = (): boolean => editor.selection.size > 0;
  const several = (): boolean => editor.selection.size > 1;
  const change = (word: Key, document: LayoutDocument): void => editor.apply(say(word, { name: nameOf(editor.chosen) }), document);
  return [
    ...arrowActions(context),
    ...EDGES.map(([edge, title, key]) => action({ id: `align-${edge}`, group: "arrange", title: () => say(title), keys: [key], edits: true, enabled: some, run: () => actions.align(edge) })),
    ...SPREADS.map(([axis, title, keys]) => action({ id: `distribute-${axis}`, group: "arrange", title: () => say(title), keys, edits: true, enabled: () => editor.units.length > 2, run: () => actions.distribute(axis) })),
    action({ id: "tidy", group: "arrange", title: () => say("tidyIt"), keys: ["mod+alt+t"], edits: true, enabled: () => editor.units.length > 1, run: () => change("tidy", tidyObjects(editor.document, editor.selection, editor.units)) }),
    action({ id: "same-width", group: "arrange", title: () => say("sameWidth"), edits: true, enabled: several, run: () => change("resize", sameSize(editor.document, editor.selection, "width", editor.keyObject)) }),
    action({ id: "same-height", group: "arrange", title: () => say("sameHeight"), edits: true, enabled: several, run: () => change("resize", sameSize(editor.document, editor.selection, "height", editor.keyObject)) }),
    action({ id: "key-object", group: "arrange", title: () => say("keyObjectIt"), keys: ["k"], edits: true, enabled: several, run: () => nextKeyObject(editor) }),
    action({ id: "center-canvas", group: "arrange", title: () => say("centerAll"), edits: true, enabled: some, run: () => change("move", centerOnCanvas(editor.document, editor.selection)) }),
    action({ id: "fit-canvas", group: "arrange", title: () => say("fitIt"), edits: true, enabled: some, run: () => change("resize", fitCanvas(editor.document, editor.selection)) }),
    ...PARTS.map(([id, title, part]) => action({ id, group: "arrange", title: () => say(title), edits: true, enabled: some, run: () => change("resize", fillPart(editor.document, editor.selection, part)) })),
  ];
}

/** Without a pointer: one after another of the selected is the one the others align to, then none. */
function nextKeyObject(editor: CanvasContext["editor"]): void {
  const { chosen } = editor;
  const next = chosen[chosen.findIndex((object) => object.id === editor.keyObject) + 1];
  editor.keyObject = next?.id ?? null;
  editor.emit("selection");
  editor.announce(next ? say("keyObjectSaid", { name: titleOf(next) }) : say("keyObjectNone"));
}

/** Arrows move, with Ctrl they carry the right and bottom edges. While cropping they carry the picture, and the window's edges. */
function arrowActions({ editor, actions, toolbox }: CanvasContext): Action[] {
  const enabled = (): boolean => editor.selection.size > 0 || editor.guide !== null;

  function inCrop(x: number, y: number, edge: boolean): boolean {
    const { inside, document } = editor;
    const crop = inside?.kind === "crop" ? cropOf(document, inside.id, toolbox.around.pictureSize) : null;
    if (!crop || !inside) return false;
    const next = edge ? recropped(crop, "se", { x, y }, frameOf(document)) : panned(crop, { x, y });
    editor.apply(say("crop", { name: nameOf(editor.chosen) }), cropObject(document, inside.id, next), { joinKey: `crop ${inside.id}` });
    return true;
  }

  return ARROWS.flatMap(([name, x, y]) =>
    [false, true].flatMap((far) => {
      const shift = far ? "shift+" : "";
      const by = far ? 10 : 1;
      const step = (): number => (editor.grid ? GRID * (far ? 5 : 1) : by);
      const move = (): boolean | void => inCrop(x * by, y * by, false) || carryGuide(editor, x * by, y * by) || actions.nudge(x * step(), y * step());
      const grow = (): boolean | void => inCrop(x * by, y * by, true) || carryGuide(editor, x * by, y * by) || actions.grow(x * by, y * by);
      return [
        action({ id: `nudge-${shift}${name}`, group: "arrange", title: () => say("nudgeIt"), keys: [`${shift}Arrow${name}`], edits: true, listed: false, enabled, run: move }),
        action({ id: `grow-${shift}${name}`, group: "arrange", title: () => say("growIt"), keys: [`mod+${shift}Arrow${name}`], edits: true, listed: false, enabled, run: grow }),
      ];
    }),
  );
}
