/** The numbers and looks of what is selected. */
import { placeObjects } from "../commands/boxes.ts";
import { changeObjects, changeSource, toggleAll, type Change } from "../commands/properties.ts";
import { LONGEST_TEXT, type Box, type ImageObject, type LayoutObject, type Region, type TextObject } from "../document/types.ts";
import { nameOf, type Editor } from "../editor.ts";
import { say, type Key } from "../strings.ts";
import type { Actions } from "../actions.ts";
import { h, iconButton } from "./dom.ts";
import { choiceField, colorField, numberField, textField, type Field } from "./fields.ts";

const ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;

export function mountInspector(editor: Editor, actions: Actions, element: HTMLElement): void {
  let shownFor = "";
  let fields: Field[] = [];

  function draw(): void {
    const chosen = editor.chosen;
    const key = chosen.map((object) => `${object.id}:${object.kind}:${object.locked ?? false}:${object.kind === "text" && object.background ? 1 : 0}`).join() + String(editor.document.canvas.width * 10_000 + editor.document.canvas.height);
    if (key === shownFor) {
      for (const field of fields) field.refresh();
      return;
    }
    // Focus goes with the elements: whoever types here has just changed the selection elsewhere.
    shownFor = key;
    fields = [];
    element.replaceChildren(...(chosen.length === 0 ? [h("p", { class: "qe-hint" }, say("nothing"))] : sections(chosen)));
  }

  function set(label: Key, change: Change, kind?: LayoutObject["kind"]): void {
    editor.apply(say("change", { field: say(label) }), changeObjects(editor.document, editor.selection, change, kind && new Set([kind])));
  }

  function of<T extends LayoutObject>(kind: T["kind"]): T[] {
    return editor.chosen.filter((object): object is T => object.kind === kind);
  }

  function section(title: string, ...parts: Field[]): HTMLElement {
    fields.push(...parts);
    return h("fieldset", { class: "qe-section" }, h("legend", {}, title), ...parts.map((field) => field.element));
  }

  function boxField(name: keyof Box, label: Key): Field {
    const { width, height } = editor.document.canvas;
    const place = name === "x" || name === "y";
    return numberField({
      label: say(label), name, whole: name === "x" || name === "width" ? width : height, low: place ? -3840 : 2, high: 3840,
      read: () => editor.chosen.map((object) => object[name]),
      write: (next) => {
        const boxes = new Map(editor.chosen.map((object) => [object.id, { ...object, [name]: next(object[name]) }]));
        editor.apply(say(place ? "move" : "resize", { name: nameOf(editor.chosen) }), placeObjects(editor.document, boxes), { joinKey: `${name}${[...editor.selection].join()}` });
      },
      refuse: (message) => editor.announce(message),
    });
  }

  function percentField(label: Key, name: string, read: () => number[], write: (fraction: number) => void): Field {
    return numberField({ label: say(label), name, whole: 100, low: 0, high: 100, read: () => read().map((one) => Math.round(one * 100)), write: (next) => write(next(Math.round((read()[0] ?? 1) * 100)) / 100), refuse: (message) => editor.announce(message) });
  }

  function sections(chosen: readonly LayoutObject[]): HTMLElement[] {
    const only = chosen.length === 1 ? chosen[0] : undefined;
    const all: HTMLElement[] = [h("h2", { class: "qe-title" }, only ? say(only.kind) : say("selectedMany", { n: chosen.length }))];
    if (chosen.some((object) => object.locked)) {
      all.push(h("p", { class: "qe-hint" }, say("lockedHint"), " ", h("button", { type: "button", class: "btn btn-sm", onclick: () => editor.apply(say("lock", { name: nameOf(editor.chosen) }), toggleAll(editor.document, editor.selection, "locked")) }, say("unlock"))));
    }
    const firstName = only ? [textField({ label: say("name"), name: "name", read: () => editor.chosen.map((one) => one.name), write: (name) => set("name", { name }) })] : [];
    all.push(section(say("placement"), ...firstName, boxField("x", "x"), boxField("y", "y"), boxField("width", "w"), boxField("height", "h")));
    all.push(arrange(chosen.length));
    const regions = of<Region>("region");
    const texts = of<TextObject>("text");
    if (regions.length === chosen.length) all.push(personSection());
    if (texts.length === chosen.length) all.push(lettersSection());
    const look = [percentField("opacity", "opacity", () => editor.chosen.map((one) => one.opacity), (opacity) => set("opacity", { opacity }))];
    if (texts.length === 0) {
      look.unshift(choiceField({ label: say("fit"), name: "fit", read: () => editor.chosen.flatMap((one) => (one.kind === "text" ? [] : one.fit)), write: (fit) => set("fit", { fit }) }, [["cover", say("cover")], ["contain", say("contain")], ["stretch", say("stretch")]]));
      look.push(numberField({
        label: say("radius"), name: "corner_radius", whole: 100, low: 0, high: 1920,
        read: () => editor.chosen.flatMap((one) => (one.kind === "text" ? [] : one.corner_radius)),
        write: (next) => set("radius", { corner_radius: next(editor.chosen.flatMap((one) => (one.kind === "text" ? [] : one.corner_radius))[0] ?? 0) }),
        refuse: (message) => editor.announce(message),
      }));
    }
    if (regions.length === 0) look.push(attachedField());
    all.push(section(say("look"), ...look));
    if (of<ImageObject>("image").length === chosen.length) all.push(h("button", { type: "button", class: "btn btn-sm w-100", "data-action": "replace-picture", onclick: () => actions.replacePicture() }, say("replace")));
    if (editor.readonly || chosen.every((object) => object.locked)) for (const one of all.slice(2)) one.toggleAttribute("disabled", true);
    return all;
  }

  function personSection(): HTMLElement {
    return section(
      say("person"),
      textField({ label: say("slot"), name: "slot", read: () => of<Region>("region").map((one) => one.source.slot), write: (slot) => {
        const wanted = slot.trim().replaceAll(/\s+/g, "-");
        if (ID.test(wanted)) editor.apply(say("change", { field: say("slot") }), changeSource(editor.document, editor.selection, { slot: wanted }));
      } }, { max: 64 }),
      choiceField({ label: say("stream"), name: "stream", read: () => of<Region>("region").map((one) => one.source.stream), write: (stream) => editor.apply(say("change", { field: say("stream") }), changeSource(editor.document, editor.selection, { stream })) }, [["camera", say("camera")], ["screen", say("screen")]]),
    );
  }

  function lettersSection(): HTMLElement {
    const texts = (): TextObject[] => of<TextObject>("text");
    const backgrounds = (): string[] => texts().map((one) => one.background ?? "#00000000");
    const share = (color: string): number => (color.length === 9 ? parseInt(color.slice(7), 16) / 255 : 1);
    const setBackground = (color: string, part: number): void => set("background", { background: part === 0 ? null : color.slice(0, 7) + (part >= 1 ? "" : Math.round(part * 255).toString(16).padStart(2, "0").toUpperCase()) });
    return section(
      say("letters"),
      textField({ label: say("words"), name: "text", read: () => texts().map((one) => one.text), write: (text) => set("words", { text }) }, { lines: 3, max: LONGEST_TEXT }),
      numberField({ label: say("size"), name: "size", whole: editor.document.canvas.height, low: 8, high: 400, read: () => texts().map((one) => one.size), write: (next) => set("size", { size: next(texts()[0]?.size ?? 32) }), refuse: (message) => editor.announce(message) }),
      choiceField({ label: say("weight"), name: "weight", read: () => texts().map((one) => (one.weight >= 600 ? "700" : "400")), write: (weight: "400" | "700") => set("weight", { weight: Number(weight) }) }, [["400", say("regular")], ["700", say("bold")]]),
      choiceField({ label: say("alignText"), name: "align", read: () => texts().map((one) => one.align), write: (align) => set("alignText", { align }) }, [["left", say("left")], ["center", say("center")], ["right", say("right")]]),
      colorField({ label: say("color"), name: "color", read: () => texts().map((one) => one.color), write: (color) => set("color", { color }) }),
      colorField({ label: say("background"), name: "background", read: backgrounds, write: (color) => setBackground(color, share(backgrounds()[0] ?? "") || 1) }),
      percentField("backgroundOpacity", "background_opacity", () => backgrounds().map(share), (part) => setBackground(backgrounds()[0] ?? "#000000", part)),
    );
  }

  function attachedField(): Field {
    const regions = editor.document.objects.filter((object) => object.kind === "region");
    return choiceField(
      { label: say("attached"), name: "attached_to", read: () => editor.chosen.flatMap((one) => (one.kind === "region" ? [] : (one.attached_to ?? "-"))), write: (id) => set("attached", { attached_to: id === "-" ? null : id }) },
      [["-", say("nobody")], ...regions.map((region) => [region.id, region.name || region.id] as const)],
    );
  }

  function arrange(count: number): HTMLElement {
    const edges = [["left", "alignLeft"], ["center", "alignCenter"], ["right", "alignRight"], ["top", "alignTop"], ["middle", "alignMiddle"], ["bottom", "alignBottom"]] as const;
    return h(
      "div", { class: "qe-tools", role: "toolbar", "aria-label": say("arrange") },
      ...edges.map(([edge, name]) => iconButton(name, say(name), () => actions.align(edge))),
      count > 2 && iconButton("spreadX", say("spreadX"), () => actions.distribute("x")),
      count > 2 && iconButton("spreadY", say("spreadY"), () => actions.distribute("y")),
      iconButton("fill", say("fill"), () => actions.fillCanvas()),
      ...(["front", "forward", "backward", "back"] as const).map((name) => iconButton(name, say(name), () => actions.order(name))),
    );
  }

  editor.onChange((part) => {
    if (part !== "view" && part !== "saving") draw();
  });
  draw();
}
