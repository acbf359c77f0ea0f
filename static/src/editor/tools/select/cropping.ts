import { frameOf } from "../../commands/boxes.ts";
import { cropObject } from "../../commands/crop.ts";
import { objectById } from "../../document/find.ts";
import type { LayoutDocument } from "../../document/types.ts";
import { titleOf, type Editor } from "../../state/editor.ts";
import { croppedNow, panned, recropped, zoomedPicture, type Cropped } from "../../geometry/crop.ts";
import { handleAt } from "../../geometry/hit_test.ts";
import { contains, type Point } from "../../geometry/rect.ts";
import { edgesOf, type Handle } from "../../geometry/resize.ts";
import { NOT_SNAPPED, snapEdges } from "../../geometry/snap.ts";
import { say } from "../../i18n/strings.ts";
import { sourceSize } from "../source.ts";
import { reach, snaps, targetsFor } from "../targets.ts";
import type { Pointer, State, Surroundings } from "../tool.ts";
import { HANDLE_CURSORS, HANDLE_REACH } from "./cursors.ts";
import { idle } from "./idle.ts";

/** The crop of an object as it is now; null if it shows no picture. */
export function cropOf(document: LayoutDocument, id: string, pictureSize: Surroundings["pictureSize"]): Cropped | null {
  const object = objectById(document, id);
  const source = sourceSize(object, pictureSize);
  return object && object.kind !== "text" && source ? croppedNow(object, object.fit, object.source_crop, source) : null;
}

function nameIn(editor: Editor, id: string): string {
  const object = objectById(editor.document, id);
  return say("crop", { name: object ? titleOf(object) : id });
}

/** Makes the picture in the open crop larger or smaller behind its window. False if no crop is open, or `at` is beside the picture. */
export function zoomCrop({ editor, pictureSize }: Surroundings, factor: number, at: Point | null = null): boolean {
  const { inside, document } = editor;
  const crop = inside?.kind === "crop" ? cropOf(document, inside.id, pictureSize) : null;
  if (!crop || !inside || editor.inGesture || (at && !contains(crop.picture, at))) return false;
  editor.apply(nameIn(editor, inside.id), cropObject(document, inside.id, zoomedPicture(crop, factor)), { joinKey: `crop zoom ${inside.id}` });
  return true;
}

/** The picture can be carried behind its window, and the window's edges over it. A press elsewhere ends it. */
export function cropping(around: Surroundings, id: string): State {
  const { editor } = around;
  const now = (): Cropped | null => cropOf(editor.document, id, around.pictureSize);

  function handleUnder(pointer: Pointer): Handle | null {
    const crop = now();
    const { zoom } = editor.view;
    return crop && handleAt(crop.window, pointer.at, (pointer.touch ? HANDLE_REACH.touch : HANDLE_REACH.mouse) / zoom, zoom);
  }

  return {
    name: "crop",
    cursor: "grab",
    move(pointer) {
      const handle = handleUnder(pointer);
      const crop = now();
      around.setCursor(handle ? HANDLE_CURSORS[handle] : crop && contains(crop.picture, pointer.at) ? "grab" : "default");
    },
    press(pointer) {
      const crop = now();
      const handle = handleUnder(pointer);
      if (crop && (handle || contains(crop.picture, pointer.at))) return carrying(around, id, pointer, crop, handle);
      editor.workInside(null);
      return idle(around).press?.(pointer) ?? idle(around);
    },
    doublePress() {
      editor.workInside(null);
      return idle(around);
    },
    cancel() {
      editor.workInside(null);
      return idle(around);
    },
  };
}

/** One drag in the crop: of an edge, or (without a handle) of the picture. */
function carrying(around: Surroundings, id: string, start: Pointer, begin: Cropped, handle: Handle | null): State {
  const { editor } = around;
  const { document } = editor;
  const back = (): State => cropping(around, id);
  return {
    name: "crop carrying",
    cursor: handle ? HANDLE_CURSORS[handle] : "grabbing",
    dragging: true,
    move(pointer) {
      const by = { x: pointer.at.x - start.at.x, y: pointer.at.y - start.at.y };
      const frame = frameOf(document);
      if (!handle) {
        editor.showGesture(cropObject(document, id, panned(begin, by)));
        return;
      }
      let crop = recropped(begin, handle, by, frame);
      let held = NOT_SNAPPED;
      if (snaps(editor, pointer)) {
        const targets = targetsFor(editor, document, new Set([id]));
        const { dx, dy } = snapEdges(crop.window, edgesOf(handle), targets, reach(editor));
        crop = recropped(begin, handle, { x: by.x + dx, y: by.y + dy }, frame);
        // The picture's own edge may have stopped it before: only what holds now is shown.
        held = snapEdges(crop.window, edgesOf(handle), { ...targets, grid: null }, 0);
      }
      editor.showGesture(cropObject(document, id, crop), { guides: held.guides, marks: held.marks, label: `${crop.window.width} × ${crop.window.height}`, at: pointer.at });
    },
    release() {
      editor.endGesture(nameIn(editor, id));
      return back();
    },
    cancel() {
      editor.cancelGesture();
      return back();
    },
  };
}
