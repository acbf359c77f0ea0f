/** Writing on the canvas: a text field that lies exactly on the drawn text, with the same letters, lines and places. */
import { changeObjects } from "../commands/properties.ts";
import { deleteObjects } from "../commands/objects.ts";
import { objectById } from "../document/find.ts";
import { LONGEST_TEXT, type TextObject } from "../document/types.ts";
import { variableNames } from "../document/variables.ts";
import { titleOf, type Editor } from "../state/editor.ts";
import { h } from "../ui/dom.ts";
import { onDevice } from "./scene.ts";
import { say } from "../i18n/strings.ts";
import { drawableText, TEXT_FONT } from "../fonts/chain.ts";
import { linesIn } from "../geometry/wrap.ts";
import { ASCENT, baselineShift, DESCENT, fontOf, LINE_HEIGHT, widthOf } from "./paint_text.ts";

/** Opens and closes with `editor.inside`. From opening to closing is one step of undo. */
export function mountTextEditor(editor: Editor, canvas: HTMLElement): void {
  let open: { readonly id: string; readonly field: HTMLTextAreaElement; readonly box: HTMLElement; readonly session: number; readonly fresh: boolean } | null = null;
  let session = 0;

  function follow(): void {
    const wanted = editor.inside?.kind === "text" ? editor.inside.id : null;
    if (open && open.id !== wanted) close();
    if (wanted && !open) start(wanted);
    if (open) place();
  }

  function start(id: string): void {
    const object = objectById(editor.document, id);
    if (object?.kind !== "text") return;
    session += 1;
    // Of no language, as the painter's letters are: the page's own would shape some of them differently.
    const field = h("textarea", { class: "qe-writing", maxlength: LONGEST_TEXT, "aria-label": say("editText", { name: titleOf(object) }), "data-testid": "text-editor", spellcheck: "false", dir: "auto", lang: "" });
    const samples = h("div", { class: "qe-samples" });
    const box = h("div", { class: "qe-writing-box" }, field, samples);
    field.value = object.text;
    open = { id, field, box, session, fresh: object.text === say("newText") };
    field.addEventListener("input", () => write(field.value));
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      // While an input method composes, Enter and Esc are its own.
      if (event.isComposing) return;
      if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
        event.preventDefault();
        editor.workInside(null);
        canvas.focus({ preventScroll: true });
      } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
    });
    box.addEventListener("focusout", (event) => {
      // Leaving the page's window is not leaving the text.
      if (!document.hasFocus() || (event.relatedTarget instanceof Node && box.contains(event.relatedTarget))) return;
      if (open?.id === id) editor.workInside(null);
    });
    canvas.append(box);
    place();
    field.focus({ preventScroll: true });
    if (open.fresh) field.select();
    else field.setSelectionRange(field.value.length, field.value.length);
  }

  function write(text: string): void {
    if (!open) return;
    const object = objectById(editor.document, open.id);
    if (object) editor.apply(say("editText", { name: titleOf(object) }), changeObjects(editor.document, new Set([open.id]), { text }), { joinKey: `!text ${open.session}` });
    place();
  }

  function close(): void {
    if (!open) return;
    const { id, box, session: number } = open;
    open = null;
    box.remove();
    const object = objectById(editor.document, id);
    // A text without words is nothing that could be seen or caught again.
    if (object?.kind === "text" && !object.text.trim() && !object.background) editor.apply(say("delete", { name: titleOf(object) }), deleteObjects(editor.document, new Set([id])), { joinKey: `!text ${number}` });
  }

  /** The field's letters lie where the painter would draw them: its top is where the centered block of lines begins. */
  function place(): void {
    if (!open) return;
    const object = objectById(editor.document, open.id);
    if (object?.kind !== "text") return;
    const { zoom, x, y } = editor.view;
    const { field, box } = open;
    // Sized in screen pixels, as the painter does it: letters that are scaled afterwards would fall between them.
    const size = object.size * zoom;
    const height = size * LINE_HEIGHT;
    const count = linesIn(drawableText(object.text, object.weight), object.width, 1e9, object.size * LINE_HEIGHT, (part) => widthOf(part, fontOf(object.size, object.weight))).length;
    // The very pixels that the painter gives the object.
    const density = Math.min(3, window.devicePixelRatio || 1);
    const drawn = onDevice(object, { zoom: zoom * density, x: Math.round(x * density), y: Math.round(y * density) });
    const free = drawn.height / density - height * count;
    const top = Math.max(0, free / 2) + baselineShift(size) - fieldShift(size);
    Object.assign(box.style, { left: `${drawn.x / density}px`, top: `${drawn.y / density}px`, width: `${drawn.width / density}px`, height: `${drawn.height / density}px` });
    Object.assign(field.style, {
      // Half of what is free above; what does not fit grows out below.
      top: `${top}px`, height: `${Math.max(object.height * zoom, height * count) - Math.max(0, free / 2)}px`,
      fontFamily: TEXT_FONT, fontSize: `${size}px`, fontWeight: object.weight >= 600 ? "700" : "400", lineHeight: `${height}px`, color: object.color.slice(0, 7), caretColor: object.color.slice(0, 7), textAlign: object.align, opacity: String(object.opacity),
    });
    if (field.value !== object.text) field.value = object.text;
    showSamples(object, box);
  }

  /** A field for each `{{variable}}`: the canvas shows the text as it will be. */
  function showSamples(object: TextObject, box: HTMLElement): void {
    const list = box.querySelector<HTMLElement>(".qe-samples");
    if (!list) return;
    const names = variableNames([object.text]);
    list.hidden = names.length === 0;
    if (list.dataset["names"] === names.join(" ")) return;
    list.dataset["names"] = names.join(" ");
    list.replaceChildren(...names.map((name) => {
      const input = h("input", { type: "text", class: "form-control form-control-sm", value: editor.variables[name] ?? "", "aria-label": say("variable", { name }), placeholder: say("variable", { name }) });
      input.addEventListener("input", () => {
        const { [name]: _gone, ...rest } = editor.variables;
        editor.variables = input.value ? { ...rest, [name]: input.value } : rest;
        editor.emit("view");
      });
      input.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key === "Escape" && !event.isComposing) canvas.focus();
      });
      return h("label", {}, h("code", {}, `{{${name}}}`), input);
    }));
  }

  editor.onChange(follow);
}

/** How far below the middle of its line a browser puts the baseline in a field: it rounds what the painter rounds up, and the room above down. */
function fieldShift(size: number): number {
  const [ascent, descent] = [Math.round(ASCENT * size), Math.round(DESCENT * size)];
  const line = size * LINE_HEIGHT;
  return Math.floor((line - ascent - descent) / 2) + ascent - line / 2;
}
