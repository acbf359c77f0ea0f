/** Puts an arrangement onto the canvas as one step, and says which regions it had no place for. */
import { nowHidden } from "../commands/presets.ts";
import type { LayoutDocument } from "../document/types.ts";
import { titleOf, type Editor } from "../state/editor.ts";
import { say } from "../i18n/strings.ts";
import { tellWithUndo } from "./toast_with_undo.ts";

export function arrange(editor: Editor, name: string, arranged: LayoutDocument): void {
  const before = editor.document;
  const surplus = nowHidden(before, arranged);
  const step = say("preset", { name });
  const words = say("presetSurplus", { names: surplus.map(titleOf).join(say("comma")) });
  editor.apply(step, arranged, surplus.length > 0 ? { said: `${step}${say("fullStop")} ${words}` } : {});
  if (surplus.length > 0 && editor.document !== before) tellWithUndo(editor, words);
}
