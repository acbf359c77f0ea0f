/** What was just done, and a button that takes it back. */
import { toast } from "../../behaviors/toasts.ts";
import type { Editor } from "../state/editor.ts";
import { say } from "../i18n/strings.ts";

export function tellWithUndo(editor: Editor, text: string): void {
  const after = editor.document;
  // Later the same button would take back something else.
  const run = (): void => (editor.document === after ? editor.undo() : toast({ text: say("undoLater", { name: editor.history.undoName ?? "" }), level: "error" }));
  toast({ text, action: { label: say("undo"), run } });
}
