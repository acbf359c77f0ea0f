/** Canvas size, color, background picture, presets. */
import { toast } from "../../../behaviors/toasts.ts";
import { setBackground } from "../../actions/background.ts";
import { CANVAS_SIZES, setCanvasSize } from "../../actions/canvas_settings.ts";
import { changeCanvas } from "../../commands/canvas.ts";
import { shapeOf, sharesFor } from "../../commands/places.ts";
import { PRESETS, shapesOf } from "../../commands/presets.ts";
import { CANVAS_MAX, CANVAS_MIN, type Fit } from "../../document/types.ts";
import type { Editor } from "../../state/editor.ts";
import { say } from "../../i18n/strings.ts";
import type { Actions } from "../../actions/registry.ts";
import { h } from "../../ui/dom.ts";
import { presetPicture } from "../presets/preset_picture.ts";
import { choiceField, colorField, numberField, type Field } from "./fields.ts";

export function mountCanvasPanel(editor: Editor, actions: Actions, pick: (use: (url: string) => void) => void, element: HTMLElement): void {
  const resize = (width: number, height: number): void => setCanvasSize(editor, width, height);
  const side = (name: "width" | "height"): Field =>
    numberField({
      label: say(name), name: `canvas_${name}`, whole: editor.document.canvas[name], low: CANVAS_MIN, high: CANVAS_MAX,
      read: () => [editor.document.canvas[name]],
      write: (next) => resize(...(name === "width" ? [next(editor.document.canvas.width), editor.document.canvas.height] as const : [editor.document.canvas.width, next(editor.document.canvas.height)] as const)),
      refuse: (message) => toast({ text: message, level: "error" }),
    });
  const size = choiceField<string>(
    {
      label: say("sizes"), name: "canvas_size",
      read: () => [`${editor.document.canvas.width}x${editor.document.canvas.height}`],
      write: (value) => {
        const [width, height] = value.split("x").map(Number);
        if (width && height) resize(width, height);
      },
    },
    CANVAS_SIZES.map((one) => [one, one.replace("x", " × ")]),
  );
  const color = colorField({ label: say("color"), name: "canvas_color", read: () => [editor.document.canvas.color], write: (value) => editor.apply(say("change", { field: say("color") }), changeCanvas(editor.document, { color: value })) });
  const image = (): { url: string; fit?: Fit } | null => editor.document.canvas.image ?? null;
  const fit = choiceField<Fit>(
    { label: say("fit"), name: "canvas_image_fit", read: () => [image()?.fit ?? "cover"], write: (value) => {
      const now = image();
      if (now) editor.apply(say("change", { field: say("fit") }), changeCanvas(editor.document, { image: { ...now, fit: value } }));
    } },
    [["cover", say("cover")], ["contain", say("contain")], ["stretch", say("stretch")]],
  );
  size.element.classList.add("qe-wide");
  const fields = [size, side("width"), side("height"), color, fit];
  const remove = h("button", { type: "button", class: "btn btn-sm", onclick: () => setBackground(editor, null) }, say("remove"));
  const note = h("p", { class: "qe-hint", hidden: true }, say("previewFixed"));
  element.replaceChildren(
    note,
    h("fieldset", { class: "qe-section" }, h("legend", {}, say("canvas")), ...[size, fields[1], fields[2], color].map((field) => field?.element)),
    h("fieldset", { class: "qe-section" }, h("legend", {}, say("backgroundImage")), h("div", { class: "qe-row" }, h("button", { type: "button", class: "btn btn-sm", onclick: () => actions.background() }, say("upload")), h("button", { type: "button", class: "btn btn-sm", "data-testid": "background-library", onclick: () => pick((url) => setBackground(editor, url)) }, say("choose")), remove), fit.element),
  );
  function refresh(): void {
    note.hidden = editor.preview === null;
    for (const one of element.querySelectorAll("fieldset")) one.disabled = editor.fixed;
    for (const field of fields) field.refresh();
    remove.hidden = image() === null;
    fit.element.hidden = image() === null;
  }
  editor.onChange((part) => (part === "document" || part === "preview" || part === "mode") && refresh());
  refresh();
}

/** A button for each preset, as a small picture in the shape of the present canvas. */
export function presetButtons(editor: Editor, actions: Actions): HTMLElement[] {
  const { canvas } = editor.document;
  return PRESETS.map((preset) => {
    const words = say(`p-${preset}`);
    return h("button", { type: "button", class: "qe-preset", title: words, "aria-label": words, "data-preset": preset, "data-do-here": `preset-${preset}`, onclick: () => actions.preset(preset) }, presetPicture(canvas, sharesFor(shapesOf(preset), shapeOf(canvas))));
  });
}

/** Presets, drawn anew when the canvas takes another shape. */
export function mountPresets(editor: Editor, actions: Actions, element: HTMLElement): void {
  // As all that adds: not while a product's picture is looked at.
  const hold = (): void => {
    for (const one of element.querySelectorAll("button")) one.disabled = editor.fixed;
  };
  const draw = (): void => {
    element.replaceChildren(...presetButtons(editor, actions));
    hold();
  };
  let shape = "";
  editor.onChange((part) => {
    const now = String(Math.sign(editor.document.canvas.width - editor.document.canvas.height));
    if (part === "document" && now !== shape) draw();
    if (part === "preview" || part === "mode") hold();
    shape = now;
  });
  draw();
}
