/** The numbers and looks of what is selected. */
import { numberOf, setNumber } from "../../commands/numbers.ts";
import { orderAt } from "../../commands/order.ts";
import { toast } from "../../../behaviors/toasts.ts";
import { changeObjects, changeSource, type Changes } from "../../commands/properties.ts";
import { keepsRatio } from "../../document/editor_state.ts";
import { chosenObjects } from "../../document/find.ts";
import { LONGEST_TEXT, type Box, type ImageObject, type LayoutObject, type Region, type TextObject } from "../../document/types.ts";
import { nameOf, type Editor } from "../../state/editor.ts";
import { changedTo } from "../../a11y/describe.ts";
import { say, type Key } from "../../i18n/strings.ts";
import type { Actions } from "../../actions/registry.ts";
import type { ActionTable } from "../../actions/action.ts";
import { arrangeBar } from "./arrange_bar.ts";
import { changesWords } from "../on_air/change_labels.ts";
import { h } from "../../ui/dom.ts";
import { alphaColorFields, choiceField, numberField, textField, type Field } from "./fields.ts";
import { REFERENCES, type Reference } from "./reference.ts";
import { variablesSection } from "./variables.ts";

const ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;
/** Milliseconds between the numbers that are shown while something is dragged. */
const GESTURE_REST = 100;
const CLEAR = "#00000000";
const USUAL_SLOTS = ["host", "guest-1", "guest-2", "guest-3", "screen"];

/** What the panel needs besides the editor. */
export interface InspectorContext {
  readonly editor: Editor;
  readonly actions: Actions;
  readonly table: ActionTable;
  /** Lets a person choose a picture, and gives its reference. */
  readonly pick: (use: (url: string) => void) => void;
}

export function mountInspector({ editor, actions, table, pick }: InspectorContext, element: HTMLElement): void {
  let shownFor = "";
  let fields: Field[] = [];
  let reference: Reference = REFERENCES[0];
  const bar = arrangeBar(editor, table);

  function draw(): void {
    const chosen = editor.chosen;
    const marks = (object: LayoutObject): string => [object.id, object.kind, object.locked ?? false, object.kind === "text" && !!object.background, object.kind !== "text" && !!object.source_crop, object.kind === "region" && (object.placeholder?.url ?? "")].join(":");
    const { width, height } = editor.document.canvas;
    const key = `${chosen.map(marks).join()} ${width}x${height} ${reference.name} ${editor.fixed} ${editor.preview !== null}`;
    if (key === shownFor) {
      for (const field of fields) field.refresh();
      return;
    }
    // The field one is in, so that a change which draws the panel anew does not throw one out.
    const active = element.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["field"] : null;
    const sameObjects = chosen.map((object) => object.id).join() === element.dataset["objects"];
    shownFor = key;
    element.dataset["objects"] = chosen.map((object) => object.id).join();
    fields = [];
    element.replaceChildren(...(chosen.length === 0 ? [h("p", { class: "qe-hint" }, say("nothing"))] : sections(chosen)));
    if (active && sameObjects) element.querySelector<HTMLElement>(`[data-field="${CSS.escape(active)}"]`)?.focus();
  }

  const refuse = (message: string): void => toast({ text: message, level: "error" });

  function set(label: Key, changes: Changes, kind?: LayoutObject["kind"]): void {
    const kinds = kind && new Set([kind]);
    editor.apply(changesWords(label, changes, editor.chosen.filter((object) => !object.locked)), changeObjects(editor.document, editor.selection, changes, kinds));
  }

  function of<T extends LayoutObject>(kind: T["kind"]): T[] {
    return editor.chosen.filter((object): object is T => object.kind === kind);
  }

  function section(title: string, ...parts: Field[]): HTMLElement {
    fields.push(...parts);
    return h("fieldset", { class: "qe-section" }, h("legend", {}, title), ...parts.map((field) => field.element));
  }

  /** X and Y mean the chosen one of nine points; W and H keep that point where it is. */
  function boxField(name: keyof Box, label: Key): Field {
    const { width, height } = editor.document.canvas;
    const place = name === "x" || name === "y";
    return numberField({
      label: say(label), name, whole: name === "x" || name === "width" ? width : height, low: -Infinity, high: Infinity,
      read: () => editor.chosen.map((object) => numberOf(object, name, reference)),
      write: (next) => {
        const free = editor.chosen.filter((object) => !object.locked);
        const wanted = free.map((object) => next(numberOf(object, name, reference)));
        const { limits } = editor;
        const changed = setNumber(editor.document, editor.selection, name, next, { reference, keepsRatio: (object) => keepsRatio(editor.aids, object), limits });
        editor.apply(say(place ? "move" : "resize", { name: nameOf(editor.chosen) }), changed, { joinKey: `${name}${[...editor.selection].join()}` });
        const got = chosenObjects(editor.document, new Set(free.map(({ id }) => id))).map((object) => numberOf(object, name, reference));
        const at = got.findIndex((one, index) => one !== wanted[index]);
        return at < 0 ? undefined : say("numberHeld", { field: say(label), typed: wanted[at] ?? "", value: got[at] ?? "", why: heldBy(name, wanted[at] ?? 0, got[at] ?? 0) });
      },
      refuse,
    });
  }

  /** Which of the rules it was. */
  function heldBy(name: keyof Box, wanted: number, got: number): string {
    const { smallest, step } = editor.limits;
    if (step > 1 && Math.abs(wanted - got) < step) return say("limitEven");
    return (name === "width" || name === "height") && wanted < got ? say("limitSize", { w: smallest.width, h: smallest.height }) : say("outside");
  }

  /** 1 is the front, as in the list. */
  function orderField(): Field {
    const places = (): number[] => editor.document.objects.toReversed().flatMap((object, index) => (editor.selection.has(object.id) ? [index + 1] : []));
    return numberField({
      label: say("orderPlace"), name: "order", whole: editor.document.objects.length, low: 1, high: editor.document.objects.length,
      read: places,
      write: (next) => editor.apply(say("order", { name: nameOf(editor.chosen) }), orderAt(editor.document, editor.selection, next(places()[0] ?? 1))),
      refuse,
    });
  }

  function referenceGrid(): HTMLElement {
    return h(
      "div", { class: "qe-reference", role: "radiogroup", "aria-label": say("reference") },
      ...REFERENCES.map((one, index) => {
        const words = say(`ref-${index}` as Key);
        return h("button", { type: "button", role: "radio", "aria-checked": String(one === reference), "aria-label": words, title: `${say("reference")} ${words}`, "data-field": `ref-${index}`, onclick: () => {
          reference = one;
          draw();
        } });
      }),
    );
  }

  /** Each from its own: `+5` makes all a little less see-through. */
  function opacityField(): Field {
    const percent = (object: LayoutObject): number => Math.round(object.opacity * 100);
    return numberField({ label: say("opacity"), name: "opacity", whole: 100, low: 0, high: 100, read: () => editor.chosen.map(percent), write: (next) => set("opacity", (object) => ({ opacity: next(percent(object)) / 100 })), refuse });
  }

  function sections(chosen: readonly LayoutObject[]): HTMLElement[] {
    const only = chosen.length === 1 ? chosen[0] : undefined;
    const head: HTMLElement[] = [h("h2", { class: "qe-title" }, only ? say(only.kind) : say("selectedMany", { n: chosen.length }))];
    if (chosen.some((object) => object.locked)) {
      head.push(h("p", { class: "qe-hint" }, say("lockedHint"), " ", !editor.fixed && h("button", { type: "button", class: "btn btn-sm", "data-testid": "unlock", onclick: () => actions.toggle("locked", new Set(chosen.filter((object) => object.locked).map((object) => object.id))) }, say("unlock"))));
    }
    const all: HTMLElement[] = [];
    const firstName = only ? [textField({ label: say("name"), name: "name", read: () => editor.chosen.map((one) => one.name), write: (name) => set("name", { name }) })] : [];
    const place = section(say("placement"), ...firstName, boxField("x", "x"), boxField("y", "y"), boxField("width", "w"), boxField("height", "h"), orderField());
    place.append(h("div", { class: "qe-row qe-wide qe-place" }, referenceGrid(), ratioSwitch()));
    fields.push(bar);
    bar.refresh();
    all.push(place);
    const regions = of<Region>("region");
    const texts = of<TextObject>("text");
    const images = of<ImageObject>("image");
    if (regions.length === chosen.length) all.push(personSection());
    if (texts.length === chosen.length) all.push(lettersSection());
    const look = [opacityField()];
    if (texts.length === 0) {
      look.unshift(choiceField({ label: say("fit"), name: "fit", read: () => editor.chosen.flatMap((one) => (one.kind === "text" ? [] : one.fit)), write: (fit) => set("fit", { fit }) }, [["cover", say("cover")], ["contain", say("contain")], ["stretch", say("stretch")]]));
      look.push(numberField({
        label: say("radius"), name: "corner_radius", whole: 100, low: 0, high: 1920,
        read: () => editor.chosen.flatMap((one) => (one.kind === "text" ? [] : one.corner_radius)),
        write: (next) => set("radius", (one) => (one.kind === "text" ? {} : { corner_radius: next(one.corner_radius) })),
        refuse,
      }));
    }
    if (regions.length === 0) look.push(attachedField());
    all.push(section(say("look"), ...look));
    if (only && only.kind !== "text") all.push(cropSection(only));
    if (only?.kind === "region") all.push(placeholderSection(only));
    if (images.length === chosen.length) all.push(h("fieldset", { class: "qe-section" }, h("legend", {}, say("pictureUrl")), h("div", { class: "qe-row qe-wide" }, h("button", { type: "button", class: "btn btn-sm", "data-action": "replace-picture", onclick: () => actions.replacePicture() }, say("upload")), h("button", { type: "button", class: "btn btn-sm", "data-testid": "replace-library", onclick: () => pick((url) => set("pictureUrl", { url }, "image")) }, say("fromLibrary")))));
    if (editor.preview) head.push(h("div", { class: "qe-hint qe-previewing", "data-testid": "preview-fixed" }, h("p", {}, say("previewFixed")), h("button", { type: "button", class: "btn btn-sm", onclick: () => table.run("preview-draft") }, say("backToDraft"))));
    if (editor.fixed || chosen.every((object) => object.locked)) disable(all);
    const [first, ...rest] = all;
    return [...head, ...(first ? [first] : []), bar.element, ...rest];
  }

  function disable(all: readonly HTMLElement[]): void {
    for (const one of all) {
      one.toggleAttribute("disabled", true);
      for (const inner of one.querySelectorAll("button")) inner.disabled = true;
    }
  }

  /** The same switch that Shift+L throws. */
  function ratioSwitch(): HTMLElement {
    const keep = table.get("keep-ratio");
    if (!keep?.pressed) return h("span", {});
    const button = h("button", { type: "button", class: "qe-chip", "data-field": "keep_ratio", "aria-pressed": String(keep.pressed()), title: keep.title(), onclick: () => table.run("keep-ratio") }, say("ratio"));
    fields.push({ element: button, refresh: () => button.setAttribute("aria-pressed", String(keep.pressed?.() ?? false)) });
    return button;
  }

  function personSection(): HTMLElement {
    const slots = [...new Set([...editor.document.objects.flatMap((one) => (one.kind === "region" ? [one.source.slot] : [])), ...USUAL_SLOTS])];
    const list = h("datalist", { id: "known-slots" }, ...slots.map((slot) => h("option", { value: slot })));
    const made = section(
      say("person"),
      textField({ label: say("slot"), name: "slot", read: () => of<Region>("region").map((one) => one.source.slot), write: (slot) => {
        const wanted = slot.trim().replaceAll(/\s+/g, "-");
        if (ID.test(wanted)) editor.apply(changedTo("slot", wanted), changeSource(editor.document, editor.selection, { slot: wanted }));
        else refuse(say("badSlot"));
      } }, { max: 64, list: "known-slots" }),
      choiceField({ label: say("stream"), name: "stream", read: () => of<Region>("region").map((one) => one.source.stream), write: (stream) => editor.apply(changedTo("stream", say(stream)), changeSource(editor.document, editor.selection, { stream })) }, [["camera", say("camera")], ["screen", say("screen")]]),
    );
    made.append(list);
    return made;
  }

  function lettersSection(): HTMLElement {
    const texts = (): TextObject[] => of<TextObject>("text");
    const made = section(
      say("letters"),
      textField({ label: say("words"), name: "text", read: () => texts().map((one) => one.text), write: (text) => set("words", { text }) }, { lines: 3, max: LONGEST_TEXT }),
      choiceField({ label: say("fontName"), name: "font", read: () => texts().map((one) => one.font), write: (font) => set("fontName", { font }) }, [["noto-sans-sc", say("notoSans")]]),
      numberField({ label: say("size"), name: "size", whole: editor.document.canvas.height, low: 8, high: 400, read: () => texts().map((one) => one.size), write: (next) => set("size", (one) => (one.kind === "text" ? { size: next(one.size) } : {})), refuse }),
      choiceField({ label: say("weight"), name: "weight", read: () => texts().map((one) => (one.weight >= 600 ? "700" : "400")), write: (weight: "400" | "700") => set("weight", { weight: Number(weight) }) }, [["400", say("regular")], ["700", say("bold")]]),
      choiceField({ label: say("alignText"), name: "align", read: () => texts().map((one) => one.align), write: (align) => set("alignText", { align }) }, [["left", say("left")], ["center", say("center")], ["right", say("right")]]),
      ...alphaColorFields({ label: say("color"), name: "color", read: () => texts().map((one) => one.color), write: (next) => set("color", (one) => (one.kind === "text" ? { color: next(one.color) } : {})) }, refuse),
      ...alphaColorFields({ label: say("background"), name: "background", read: () => texts().map((one) => one.background ?? CLEAR), write: (next) => set("background", (one) => {
        const color = one.kind === "text" ? next(one.background ?? CLEAR) : CLEAR;
        return one.kind === "text" ? { background: color.endsWith("00") && color.length === 9 ? null : color } : {};
      }) }, refuse),
    );
    const variables = variablesSection(editor, texts().map((one) => one.text));
    if (variables) made.append(variables);
    return made;
  }

  /** In percent of the source picture. */
  function cropSection(object: Region | ImageObject): HTMLElement {
    const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
    const now = (): Box => editor.chosen.flatMap((one) => (one.kind === "text" ? [] : (one.source_crop ?? WHOLE)))[0] ?? WHOLE;
    const put = (crop: Box | null): void => set("sourceCrop", { source_crop: crop });
    const part = (name: keyof Box, label: Key): Field => {
      const size = name === "width" || name === "height";
      return numberField({
        label: say(label), name: `crop_${name}`, whole: 100, low: size ? 1 : 0, high: size ? 100 : 99, read: () => [Math.round(now()[name] * 1000) / 10],
        write: (next) => {
          const crop = { ...now(), [name]: next(now()[name] * 100) / 100 };
          const fitting = { ...crop, width: Math.min(crop.width, 1 - crop.x), height: Math.min(crop.height, 1 - crop.y) };
          put(fitting.width >= 1 && fitting.height >= 1 ? null : fitting);
        },
        refuse,
      });
    };
    const made = section(say("sourceCrop"), part("x", "cropLeft"), part("y", "cropTop"), part("width", "cropWidth"), part("height", "cropHeight"));
    if (object.source_crop) made.append(h("div", { class: "qe-row qe-wide" }, h("button", { type: "button", class: "btn btn-sm", "data-do-here": "reset-crop", onclick: () => table.run("reset-crop") }, say("cropNone"))));
    return made;
  }

  function placeholderSection(region: Region): HTMLElement {
    const { placeholder } = region;
    const choose = h("button", { type: "button", class: "btn btn-sm", "data-testid": "placeholder-pick", onclick: () => pick((url) => set("placeholder", { placeholder: { url, fit: placeholder?.fit ?? "cover" } }, "region")) }, say("placeholderPick"));
    const parts = placeholder ? [choiceField({ label: say("fit"), name: "placeholder_fit", read: () => of<Region>("region").map((one) => one.placeholder?.fit ?? "cover"), write: (fit) => set("placeholder", { placeholder: { url: placeholder.url, fit } }, "region") }, [["cover", say("cover")], ["contain", say("contain")], ["stretch", say("stretch")]])] : [];
    const made = section(say("placeholder"), ...parts);
    made.append(h("div", { class: "qe-row qe-wide" }, choose, placeholder ? h("button", { type: "button", class: "btn btn-sm", onclick: () => set("placeholder", { placeholder: null }, "region") }, say("remove")) : ""));
    return made;
  }

  function attachedField(): Field {
    const regions = editor.document.objects.filter((object) => object.kind === "region");
    return choiceField(
      { label: say("attached"), name: "attached_to", read: () => editor.chosen.flatMap((one) => (one.kind === "region" ? [] : (one.attached_to ?? "-"))), write: (id) => set("attached", { attached_to: id === "-" ? null : id }) },
      [["-", say("nobody")], ...regions.map((region) => [region.id, region.name || region.id] as const)],
    );
  }

  let later = 0;
  editor.onChange((part) => {
    if (part === "view" || part === "saving") return;
    // The eye follows the label beside the pointer: a few times a second is enough here, as fields are dear to lay out.
    if (editor.inGesture) later ||= window.setTimeout(settle, GESTURE_REST);
    else settle();
  });

  function settle(): void {
    clearTimeout(later);
    later = 0;
    draw();
  }

  draw();
}

