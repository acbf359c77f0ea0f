/** Files dropped on the canvas: a picture becomes an object where the pointer is, a file of a layout or of a cloud's request is read. */
import type { Actions } from "./registry.ts";
import type { Editor } from "../state/editor.ts";
import { toCanvas } from "../geometry/view.ts";
import { say } from "../i18n/strings.ts";
import { toast } from "../../behaviors/toasts.ts";

const STEP = 24;

export function listenToDrops(editor: Editor, actions: Actions, canvas: HTMLElement, read: (file: File) => void): void {
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  canvas.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = editor.fixed ? "none" : "copy";
    canvas.classList.toggle("is-dropping", !editor.fixed);
  });
  for (const kind of ["dragleave", "drop"]) canvas.addEventListener(kind, () => canvas.classList.remove("is-dropping"));
  canvas.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (editor.readonly) return;
    const bounds = canvas.getBoundingClientRect();
    const at = toCanvas(editor.view, { x: event.clientX - bounds.left, y: event.clientY - bounds.top });
    void take([...(event.dataTransfer?.files ?? [])], at);
  });
  // Beside the canvas the browser would open the file, and the editor would be gone.
  for (const kind of ["dragover", "drop"] as const) {
    window.addEventListener(kind, (event) => {
      if (carriesFiles(event)) event.preventDefault();
    });
  }

  async function take(files: readonly File[], at: { readonly x: number; readonly y: number }): Promise<void> {
    let count = 0;
    for (const file of files) {
      if (file.type.startsWith("image/")) {
        await actions.addPicture(file, { x: at.x + count * STEP, y: at.y + count * STEP });
        count += 1;
      } else if (file.type === "application/json" || /\.(json|txt)$/i.test(file.name)) read(file);
      else toast({ text: say("dropUnknown", { name: file.name }), level: "error" });
    }
  }
}
