/** Tools and history. */
import { say, type Key } from "../i18n/strings.ts";
import type { ToolName } from "../tools/tool.ts";
import { action, type Action } from "./action.ts";
import type { CanvasContext } from "./context.ts";
import { saySwitch } from "./view.ts";

const TOOLS: ReadonlyArray<readonly [ToolName, string, Key, boolean]> = [
  ["select", "v", "toolSelect", false], ["pan", "h", "toolPan", false], ["region", "r", "toolRegion", true], ["text", "t", "toolText", true],
];

export function toolActions({ editor, toolbox, pickImage }: CanvasContext): Action[] {
  return [
    ...TOOLS.map(([tool, key, title, edits]) => action({ id: `tool-${tool}`, group: "tool", title: () => say(title), keys: [key], edits, pressed: () => toolbox.tool === tool, run: () => {
      toolbox.choose(tool);
      editor.announce(say(title));
    } })),
    action({ id: "add-image", group: "tool", title: () => say("toolImage"), keys: ["i"], edits: true, run: pickImage }),
    action({
      id: "keep-tool", group: "tool", title: () => say("toolKeep"), keys: ["q"], edits: true, pressed: () => editor.keepTool,
      run: () => {
        editor.keepTool = !editor.keepTool;
        saySwitch(editor, say("toolKeep"), editor.keepTool);
        editor.emit("view");
      },
    }),
    action({
      id: "undo", group: "edit", keys: ["mod+z"], edits: true, anywhere: true, enabled: () => editor.history.undoName !== null,
      title: () => (editor.history.undoName === null ? say("undo") : say("undoWhat", { name: editor.history.undoName })), run: () => editor.undo(),
    }),
    action({
      id: "redo", group: "edit", keys: ["mod+shift+z", "mod+y"], edits: true, anywhere: true, enabled: () => editor.history.redoName !== null,
      title: () => (editor.history.redoName === null ? say("redo") : say("redoWhat", { name: editor.history.redoName })), run: () => editor.redo(),
    }),
  ];
}
