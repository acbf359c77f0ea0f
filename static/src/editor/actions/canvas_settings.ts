/** The canvas itself: presets put onto it, its size, its background. */
import type { Actions } from "./registry.ts";
import { resizeCanvas } from "../commands/canvas.ts";
import { PRESETS } from "../commands/presets.ts";
import type { Editor } from "../state/editor.ts";
import { say } from "../i18n/strings.ts";
import { action, type Action } from "./action.ts";
import { setBackground } from "./background.ts";

export const CANVAS_SIZES = ["1920x1080", "1280x720", "960x540", "640x360", "1080x1920", "720x1280", "1080x1080", "720x720"] as const;

export interface CanvasSettings {
  readonly editor: Editor;
  readonly actions: Actions;
  /** Lets a person choose a picture of the team, and gives its reference. */
  readonly pick: (use: (url: string) => void) => void;
  /** Shows a panel and puts the focus into its field. */
  readonly goToField: (tab: "object" | "canvas", field: string) => void;
}

export function setCanvasSize(editor: Editor, width: number, height: number): void {
  editor.apply(say("canvasSize"), resizeCanvas(editor.document, width, height), { said: say("canvasSizeTo", { w: Math.round(width), h: Math.round(height) }) });
}

export function canvasSettings({ editor, actions, pick, goToField }: CanvasSettings): Action[] {
  return [
    ...PRESETS.map((preset) => action({ id: `preset-${preset}`, group: "object", title: () => say("presetIt", { name: say(`p-${preset}`) }), edits: true, anywhere: true, run: () => actions.preset(preset) })),
    action({ id: "canvas-size", group: "object", title: () => say("canvasSizeIt"), edits: true, anywhere: true, run: () => goToField("canvas", "canvas_width") }),
    ...CANVAS_SIZES.map((size) => {
      const [width = 0, height = 0] = size.split("x").map(Number);
      return action({ id: `canvas-${size}`, group: "object", title: () => say("canvasSizeTo", { w: width, h: height }), edits: true, anywhere: true, pressed: () => editor.document.canvas.width === width && editor.document.canvas.height === height, run: () => setCanvasSize(editor, width, height) });
    }),
    action({ id: "background-color", group: "object", title: () => say("backgroundColorIt"), edits: true, anywhere: true, run: () => goToField("canvas", "canvas_color") }),
    action({ id: "background-upload", group: "object", title: () => say("backgroundUploadIt"), edits: true, anywhere: true, run: () => actions.background() }),
    action({ id: "background-library", group: "object", title: () => say("backgroundLibraryIt"), edits: true, anywhere: true, run: () => pick((url) => setBackground(editor, url)) }),
    action({ id: "background-none", group: "object", title: () => say("backgroundNoneIt"), edits: true, anywhere: true, enabled: () => Boolean(editor.document.canvas.image), run: () => setBackground(editor, null) }),
    action({ id: "opacity", group: "object", title: () => say("opacityAsk"), edits: true, anywhere: true, enabled: () => editor.selection.size > 0, run: () => goToField("object", "opacity") }),
  ];
}
