/** What objects are: locked, hidden, how opaque, how near. */
import { say, type Key } from "../strings.ts";
import { action, type Action } from "./action.ts";
import type { CanvasContext } from "./canvas_actions.ts";

const ORDERS: ReadonlyArray<readonly ["front" | "back" | "forward" | "backward", readonly string[]]> = [
  ["front", ["]", "mod+shift+]", "mod+alt+]"]], ["back", ["[", "mod+shift+[", "mod+alt+["]], ["forward", ["mod+]"]], ["backward", ["mod+["]],
];
const FLAGS: ReadonlyArray<readonly [string, "locked" | "hidden", string, Key]> = [["lock", "locked", "mod+shift+l", "lockIt"], ["hide", "hidden", "mod+shift+h", "hideIt"]];

export function objectActions({ editor, actions }: CanvasContext): Action[] {
  const enabled = (): boolean => editor.selection.size > 0;
  return [
    ...ORDERS.map(([how, keys]) => action({ id: `order-${how}`, group: "order", title: () => say(how), keys, edits: true, enabled, run: () => actions.order(how) })),
    ...FLAGS.map(([id, flag, key, title]) => action({ id, group: "object", title: () => say(title), keys: [key], edits: true, enabled, run: () => actions.toggle(flag) })),
    ...Array.from({ length: 10 }, (_, digit) => {
      const percent = digit === 0 ? 100 : digit * 10;
      return action({ id: `opacity-${percent}`, group: "object", title: () => say("opacityIt", { n: percent }), keys: [String(digit)], edits: true, listed: false, enabled, run: () => actions.opacity(percent / 100) });
    }),
  ];
}
