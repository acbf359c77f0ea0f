/** Guides without a pointer: drawn by their number, chosen one after another, moved by arrows, removed. */
import { addGuide, moveGuide } from "../commands/editor_state.ts";
import type { UserGuide } from "../document/editor_state.ts";
import type { Editor } from "../state/editor.ts";
import { clamp } from "../geometry/rect.ts";
import { say } from "../i18n/strings.ts";
import { action, type Action } from "./action.ts";
import type { CanvasContext } from "./context.ts";

export function guideActions({ editor, askGuide }: CanvasContext): Action[] {
  const some = (): boolean => editor.aids.guides.length > 0;
  return [
    action({ id: "add-guide", group: "view", title: () => say("guideAdd"), edits: true, anywhere: true, run: askGuide }),
    action({ id: "guide-next", group: "view", title: () => say("guideNext"), edits: true, enabled: some, run: () => chooseNextGuide(editor) }),
    action({ id: "clear-guides", group: "view", title: () => say("clearGuides"), edits: true, enabled: some, run: () => editor.apply(say("clearGuides"), editor.document, { aids: { ...editor.aids, guides: [] } }) }),
  ];
}

/** As far as the canvas reaches along the axis. */
export function longest({ document }: Editor, axis: UserGuide["axis"]): number {
  return axis === "x" ? document.canvas.width : document.canvas.height;
}

export function drawGuide(editor: Editor, guide: UserGuide): void {
  editor.rulers = true; // guides are seen with the rulers
  editor.apply(say("guideAdded"), editor.document, { aids: addGuide(editor.aids, guide) });
  editor.chooseGuide(editor.aids.guides.length - 1);
}

/** A guide's new place by its number; one step for as long as only this is done. */
export function putGuide(editor: Editor, index: number, at: number): void {
  const guide = editor.aids.guides[index];
  if (!guide) return;
  const to = clamp(Math.round(at), 0, longest(editor, guide.axis));
  editor.apply(say("guideMoved", { at: to }), editor.document, { aids: moveGuide(editor.aids, index, to), joinKey: `guide ${index}` });
}

export function dropGuide(editor: Editor, index: number): void {
  editor.apply(say("guideGone"), editor.document, { aids: moveGuide(editor.aids, index, null) });
  editor.chooseGuide(null);
}

export function removeGuide(editor: Editor): void {
  if (editor.guide !== null) dropGuide(editor, editor.guide);
}

/** True if a guide is chosen: then arrows are for it, also those that do not lie along its axis. */
export function carryGuide(editor: Editor, x: number, y: number): boolean {
  const { guide: index } = editor;
  const guide = index === null ? undefined : editor.aids.guides[index];
  if (index === null || !guide) return false;
  putGuide(editor, index, guide.at + (guide.axis === "x" ? x : y));
  return true;
}

function chooseNextGuide(editor: Editor): void {
  const { guides } = editor.aids;
  editor.rulers = true;
  editor.chooseGuide(((editor.guide ?? -1) + 1) % guides.length);
}
