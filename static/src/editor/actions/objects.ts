/** What happens to objects: copied, deleted, locked, hidden, grouped, brought nearer. */
import { groupObjects, toggleRatio, ungroupObjects } from "../commands/editor_state.ts";
import { uncropObjects } from "../commands/crop.ts";
import { lookOf, pasteLook, pastePlace, type Look } from "../commands/look.ts";
import { keepsRatio, outerGroup } from "../document/editor_state.ts";
import type { Box, LayoutObject } from "../document/types.ts";
import { nameOf, titleOf } from "../state/editor.ts";
import { say, type Key } from "../i18n/strings.ts";
import { zoomCrop } from "../tools/select/cropping.ts";
import { action, type Action } from "./action.ts";
import type { CanvasContext } from "./context.ts";
import { removeGuide } from "./guides.ts";
import { saySwitch } from "./view.ts";

const ORDERS: ReadonlyArray<readonly ["front" | "back" | "forward" | "backward", readonly string[]]> = [
  ["front", ["]", "mod+shift+]", "mod+alt+]"]], ["back", ["[", "mod+shift+[", "mod+alt+["]], ["forward", ["mod+]"]], ["backward", ["mod+["]],
];
const FLAGS: ReadonlyArray<readonly [id: string, flag: "locked" | "hidden", key: string, either: Key, on: Key, off: Key]> = [["lock", "locked", "mod+shift+l", "lockIt", "lockNow", "unlockNow"], ["hide", "hidden", "mod+shift+h", "hideIt", "hideNow", "showNow"]];

export function objectActions(context: CanvasContext): Action[] {
  const { editor, actions } = context;
  const enabled = (): boolean => editor.selection.size > 0;
  const grouped = (): boolean => editor.chosen.some((object) => outerGroup(editor.aids, object.id, editor.entered) !== null);
  const label = (): string => nameOf(editor.chosen);
  /** A product may draw every region opaque; what lies above them is painted by us. */
  const mayFade = (object: LayoutObject): boolean => editor.limits.opacity || object.kind !== "region";
  return [
    action({ id: "delete", group: "edit", title: () => say("deleteIt"), keys: ["Delete", "Backspace"], edits: true, enabled: () => enabled() || editor.guide !== null, run: () => (editor.guide === null ? actions.remove() : removeGuide(editor)) }),
    action({ id: "duplicate", group: "edit", title: () => say("duplicateIt"), keys: ["mod+d"], edits: true, enabled, run: () => actions.duplicate() }),
    ...ORDERS.map(([how, keys]) => action({ id: `order-${how}`, group: "order", title: () => say(how), keys, edits: true, enabled, run: () => actions.order(how) })),
    ...FLAGS.map(([id, flag, key, either, on, off]) => action({ id, group: "object", title: () => say(!enabled() ? either : editor.chosen.every((object) => object[flag]) ? off : on), keys: [key], edits: true, enabled, run: () => actions.toggle(flag) })),
    action({ id: "group", group: "object", title: () => say("groupIt"), keys: ["mod+g"], edits: true, enabled: () => editor.units.length > 1, run: () => editor.apply(say("group", { name: label() }), editor.document, { aids: groupObjects(editor.document, editor.aids, editor.selection, editor.entered) }) }),
    action({ id: "ungroup", group: "object", title: () => say("ungroupIt"), keys: ["mod+shift+g"], edits: true, enabled: grouped, run: () => editor.apply(say("ungroup", { name: label() }), editor.document, { aids: ungroupObjects(editor.aids, editor.selection, editor.entered) }) }),
    action({
      id: "keep-ratio", group: "object", title: () => say("ratioIt"), keys: ["shift+l"], edits: true, enabled, pressed: () => enabled() && editor.chosen.every((object) => keepsRatio(editor.aids, object)),
      run: () => {
        // A switch for the hand, not a change of the picture: no step of undo.
        editor.aids = toggleRatio(editor.aids, editor.chosen);
        saySwitch(editor, say("ratioIt"), editor.chosen.every((object) => keepsRatio(editor.aids, object)));
        editor.emit("selection");
      },
    }),
    action({ id: "reset-crop", group: "object", title: () => say("cropReset"), edits: true, enabled: () => editor.chosen.some((object) => object.kind !== "text" && !object.locked && object.source_crop), run: () => editor.apply(say("crop", { name: label() }), uncropObjects(editor.document, editor.selection)) }),
    ...([["crop-in", "cropIn", ["+", "="], 1.1], ["crop-out", "cropOut", ["-"], 1 / 1.1]] as const).map(([id, title, keys, factor]) =>
      action({ id, group: "object", title: () => say(title), keys, edits: true, enabled: () => editor.inside?.kind === "crop", run: () => zoomCrop(context.toolbox.around, factor) })),
    ...carriedActions(context),
    ...Array.from({ length: 10 }, (_, digit) => {
      const percent = digit === 0 ? 100 : digit * 10;
      return action({ id: `opacity-${percent}`, group: "object", title: () => say("opacityIt", { n: percent }), keys: [String(digit)], edits: true, sheet: false, enabled: () => editor.chosen.some((object) => !object.locked && mayFade(object)), run: () => actions.opacity(percent / 100, mayFade) });
    }),
  ];
}

/** Places and looks are carried from one object to others, also between windows. */
function carriedActions({ editor }: CanvasContext): Action[] {
  const enabled = (): boolean => editor.selection.size > 0;
  const keep = (name: string, value: object): void => localStorage.setItem(`quadbox-carried-${name}`, JSON.stringify(value));
  const kept = <T>(name: string): T | null => JSON.parse(localStorage.getItem(`quadbox-carried-${name}`) ?? "null") as T | null;
  return [
    action({
      id: "copy-place", group: "edit", title: () => say("copyPlace"), keys: ["mod+shift+c"], enabled,
      run: () => {
        const [first] = editor.chosen;
        if (!first) return;
        keep("place", { x: first.x, y: first.y, width: first.width, height: first.height });
        editor.announce(say("placeCopied", { name: titleOf(first) }));
      },
    }),
    action({
      id: "paste-place", group: "edit", title: () => say("pastePlace"), keys: ["mod+shift+v"], edits: true, enabled,
      run: () => {
        const box = kept<Box>("place");
        if (!box) editor.announce(say("nothingCopied"));
        else editor.apply(say("placePasted", { name: nameOf(editor.chosen) }), pastePlace(editor.document, editor.selection, box));
      },
    }),
    action({
      id: "copy-look", group: "edit", title: () => say("copyLook"), keys: ["mod+alt+c"], enabled,
      run: () => {
        const [first] = editor.chosen;
        if (!first) return;
        keep("look", lookOf(first));
        editor.announce(say("lookCopied", { name: titleOf(first) }));
      },
    }),
    action({
      id: "paste-look", group: "edit", title: () => say("pasteLook"), keys: ["mod+alt+v"], edits: true, enabled,
      run: () => {
        const look = kept<Look>("look");
        if (!look) editor.announce(say("nothingCopied"));
        else editor.apply(say("lookPasted", { name: nameOf(editor.chosen) }), pasteLook(editor.document, editor.selection, look));
      },
    }),
  ];
}
