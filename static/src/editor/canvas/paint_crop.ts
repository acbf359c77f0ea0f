import { objectById } from "../document/find.ts";
import type { Box } from "../document/types.ts";
import type { Editor } from "../state/editor.ts";
import { say } from "../i18n/strings.ts";
import { cropOf } from "../tools/select/cropping.ts";
import { sourceOf, type Scenery } from "./paint_object.ts";
import { outline, paintHandles, screenOf } from "./paint_overlay.ts";
import { paintLabel } from "./paint_guides.ts";
import type { Pictures } from "./pictures.ts";
import type { Colors, Paint } from "./surface.ts";

/** The whole picture, pale outside its window, with thirds inside it. */
export function paintCrop(paint: Paint, editor: Editor, scenery: Scenery, pictures: Pictures, colors: Colors): void {
  const { inside } = editor;
  const object = inside?.kind === "crop" ? objectById(editor.document, inside.id) : undefined;
  const crop = object && cropOf(editor.document, object.id, (url) => pictures.size(url));
  const source = object && sourceOf(object, scenery);
  if (!crop || !source) return;
  const onScreen = screenOf(editor.view);
  const [picture, window] = [onScreen(crop.picture), onScreen(crop.window)];
  paint.save();
  // Everything but the window.
  paint.beginPath();
  paint.rect(-1e5, -1e5, 2e5, 2e5);
  paint.rect(window.x, window.y, window.width, window.height);
  paint.clip("evenodd");
  paint.fillStyle = "rgb(0 0 0 / 45%)";
  paint.fillRect(0, 0, paint.canvas.width, paint.canvas.height);
  paint.globalAlpha = 0.45;
  paint.imageSmoothingQuality = "high";
  paint.drawImage(source, picture.x, picture.y, picture.width, picture.height);
  paint.restore();
  outline(paint, picture, "rgb(255 255 255 / 60%)", 1, [4, 4]);
  thirds(paint, window);
  outline(paint, window, "rgb(255 255 255 / 80%)", 3);
  outline(paint, window, colors.accent, 2);
  paintHandles(paint, window, colors.accent);
  paintLabel(paint, say("cropHint"), { x: window.x + window.width / 2, y: Math.min(window.y + window.height + 10, paint.canvas.height - 28) }, "#182433", "middle");
}

function thirds(paint: Paint, { x, y, width, height }: Box): void {
  paint.strokeStyle = "rgb(255 255 255 / 45%)";
  paint.lineWidth = 1;
  paint.beginPath();
  for (const part of [1, 2]) {
    paint.moveTo(Math.round(x + (width * part) / 3) + 0.5, y);
    paint.lineTo(Math.round(x + (width * part) / 3) + 0.5, y + height);
    paint.moveTo(x, Math.round(y + (height * part) / 3) + 0.5);
    paint.lineTo(x + width, Math.round(y + (height * part) / 3) + 0.5);
  }
  paint.stroke();
}
