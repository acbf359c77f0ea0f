/** The background picture of the canvas. */
import { changeCanvas } from "../commands/canvas.ts";
import type { Editor } from "../state/editor.ts";
import { say } from "../i18n/strings.ts";

export function setBackground(editor: Editor, url: string | null): void {
  const fit = editor.document.canvas.image?.fit ?? "cover";
  editor.apply(say(url === null ? "backgroundNoneIt" : "changeBackground"), changeCanvas(editor.document, { image: url === null ? null : { url, fit } }));
}
