import { outerGroup, unitOf } from "../document/editor_state.ts";
import { objectById } from "../document/find.ts";
import type { Editor } from "../state/editor.ts";
import type { Size } from "../geometry/view.ts";
import { sourceSize } from "../tools/source.ts";

/** One level further in: a group opens to its child, a text to its words, a picture to its crop. */
export function openObject(editor: Editor, id: string, pictureSize: (url: string) => Size | null): void {
  const object = objectById(editor.document, id);
  if (!object) return;
  const group = outerGroup(editor.aids, id, editor.entered);
  if (group !== null) {
    editor.entered = group;
    editor.select(new Set(unitOf(editor.document, editor.aids, id, group)));
    return;
  }
  editor.select(new Set([id]));
  if (editor.fixed || object.locked || object.hidden) return;
  if (object.kind === "text") editor.workInside({ kind: "text", id });
  else if (sourceSize(object, pictureSize)) editor.workInside({ kind: "crop", id });
}
