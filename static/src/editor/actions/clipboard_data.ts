/** What the clipboard carries between layouts, tabs and windows, and what comes of it. */
import { groupCopies } from "../commands/editor_state.ts";
import { frameOf } from "../commands/boxes.ts";
import { addObject, newText, pasteObjects, scaledToFit } from "../commands/objects.ts";
import { parseDocument } from "../document/parse.ts";
import { LONGEST_TEXT, SCHEMA, type LayoutDocument, type LayoutObject } from "../document/types.ts";
import { faults } from "../document/validate.ts";
import { nameOf, type Editor } from "../state/editor.ts";
import { movedInside, union, type Point } from "../geometry/rect.ts";
import { say } from "../i18n/strings.ts";
import { usualBox } from "../tools/draw.ts";

export const PRIVATE_TYPE = "application/x-quadbox-objects+json";
const KIND = "quadbox/objects";
const OFFSET = 10;

interface Payload {
  readonly kind: typeof KIND;
  readonly layout: string;
  readonly canvas: { readonly width: number; readonly height: number };
  readonly objects: readonly LayoutObject[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

export interface Copied {
  readonly own: string;
  readonly plain: string;
}

/** Says something with a choice: the words, the button, what it does. */
export type Tell = (words: string, choice?: { readonly label: string; readonly run: () => void }) => void;

export class Clipboard {
  private readonly editor: Editor;
  private readonly layout: string;
  private readonly tell: Tell;
  /** The last paste, to step on from it. */
  private last: { readonly text: string; times: number } = { text: "", times: 0 };
  /** Canvas sizes from which this person wants pastes scaled. */
  private readonly scaled = new Set<string>();

  constructor(editor: Editor, layout: string, tell: Tell) {
    this.editor = editor;
    this.layout = layout;
    this.tell = tell;
  }

  /** Texts alone are plain words for other programs; anything else is our JSON, so that a paste works across windows in any case. */
  copy(): Copied {
    const { chosen, aids, document } = this.editor;
    const groups = Object.fromEntries(chosen.flatMap(({ id }) => (aids.groups[id] ? [[id, aids.groups[id]]] : [])));
    const payload: Payload = { kind: KIND, layout: this.layout, canvas: { width: document.canvas.width, height: document.canvas.height }, objects: chosen, groups };
    const own = JSON.stringify(payload);
    const words = chosen.map((object) => (object.kind === "text" ? object.text : null));
    this.last = { text: own, times: 0 };
    return { own, plain: words.includes(null) ? own : words.join("\n") };
  }

  /** Our objects, wherever they were copied; other text becomes a text object. `at`: where the middle goes. */
  paste(own: string, plain: string, at?: Point): void {
    if (this.refuseFull()) return;
    const payload = readPayload(own) ?? readPayload(plain);
    if (payload) this.pasteObjects(payload, at);
    else if (plain.trim()) this.pasteWords(plain.trim(), at);
  }

  /** Ctrl+D. Again after the copy was moved: the next one goes as far again. */
  duplicate(): void {
    const { editor } = this;
    const around = union(editor.chosen);
    if (!around || this.refuseFull()) return;
    const { copied } = editor;
    const moved = copied && copied.ids.size === editor.selection.size && [...copied.ids].every((id) => editor.selection.has(id)) ? { x: around.x - copied.from.x, y: around.y - copied.from.y } : null;
    const by = moved && (moved.x !== 0 || moved.y !== 0) ? moved : { x: OFFSET, y: OFFSET };
    this.put("duplicate", editor.chosen, by, editor.aids.groups);
    editor.copied = { ids: editor.selection, from: { x: around.x, y: around.y } };
  }

  private pasteObjects(payload: Payload, at?: Point): void {
    const { canvas } = this.editor.document;
    const size = `${payload.canvas.width}x${payload.canvas.height}`;
    const differs = payload.canvas.width !== canvas.width || payload.canvas.height !== canvas.height;
    const scale = (): LayoutObject[] => scaledToFit(payload.objects, payload.canvas, canvas);
    const objects = differs && this.scaled.has(size) ? scale() : payload.objects;
    const text = JSON.stringify(payload);
    this.last = this.last.text === text ? this.last : { text, times: payload.layout === this.layout ? 0 : -1 };
    this.last.times += 1;
    const offset = this.last.times * OFFSET;
    const by = at ? toMiddle(objects, at) : { x: offset, y: offset };
    const inside = at ? by : this.nearFrame(objects, by);
    this.put("paste", objects, inside, payload.groups);
    if (!differs || this.scaled.has(size)) return;
    // Asked once for each size; both answers can be undone.
    this.tell(say("pastedPixels", { w: payload.canvas.width, h: payload.canvas.height }), {
      label: say("scaleToFit"),
      run: () => {
        this.scaled.add(size);
        this.editor.undo();
        this.put("paste", scale(), at ? toMiddle(scale(), at) : { x: 0, y: 0 }, payload.groups);
      },
    });
  }

  /** Objects that would lie off this canvas altogether are brought onto it. */
  private nearFrame(objects: readonly LayoutObject[], by: Point): Point {
    const around = union(objects);
    if (!around) return by;
    const to = movedInside({ ...around, x: around.x + by.x, y: around.y + by.y }, frameOf(this.editor.document));
    return { x: to.x - around.x, y: to.y - around.y };
  }

  private pasteWords(words: string, at?: Point): void {
    const { editor } = this;
    const frame = frameOf(editor.document);
    const box = usualBox(frame, "text", at ?? { x: frame.width / 2, y: frame.height / 2 });
    const { document, selection } = addObject(editor.document, newText(editor.document, box, printable(words).slice(0, LONGEST_TEXT)));
    editor.apply(say("paste", { name: say("text") }), document, { selection });
  }

  private put(word: "paste" | "duplicate", objects: readonly LayoutObject[], by: Point, groups: Payload["groups"]): void {
    const { editor } = this;
    const pasted = pasteObjects(editor.document, objects, by);
    editor.apply(say(word, { name: nameOf(objects) }), pasted.document, { selection: pasted.selection, aids: groupCopies(editor.aids, pasted.copies, groups) });
    const seats: string[] = [];
    for (const object of objects) {
      const copy = editor.document.objects.find((one) => one.id === pasted.copies.get(object.id));
      if (word === "paste" && object.kind === "region" && copy?.kind === "region" && copy.source.slot !== object.source.slot) seats.push(copy.source.slot);
    }
    if (seats.length > 0) this.tell(say("regionUnassigned", { slot: seats.join(say("comma")) }));
  }

  private refuseFull(): boolean {
    if (this.editor.readonly) return true;
    if (this.editor.document.objects.length < 100) return false;
    this.tell(say("full"));
    return true;
  }
}

function toMiddle(objects: readonly LayoutObject[], at: Point): Point {
  const around = union(objects);
  return around ? { x: Math.round(at.x - around.x - around.width / 2), y: Math.round(at.y - around.y - around.height / 2) } : { x: 0, y: 0 };
}

/** Ours, if it is and every object in it is sound: a clipboard may hold anything. */
function readPayload(text: string): Payload | null {
  let value: Partial<Payload> | null;
  try {
    value = JSON.parse(text) as Partial<Payload> | null;
  } catch {
    return null; // plain words
  }
  if (value?.kind !== KIND || !Array.isArray(value.objects) || value.objects.length === 0) return null;
  const ids = new Set(value.objects.map((object: Partial<LayoutObject>) => object?.id));
  // What a copied text belonged to may have stayed behind.
  const objects = value.objects.map((object) => ("attached_to" in object && object.attached_to && !ids.has(object.attached_to) ? { ...object, attached_to: null } : object));
  const canvas = { width: Number(value.canvas?.width), height: Number(value.canvas?.height) };
  const document: LayoutDocument = { schema: SCHEMA, canvas: { ...canvas, color: "#000000" }, objects };
  if (faults(document).length > 0) return null;
  return { kind: KIND, layout: String(value.layout ?? ""), canvas, objects: parseDocument(document).objects, groups: groupsIn(value.groups) };
}

function groupsIn(value: unknown): Payload["groups"] {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([id, path]) => (Array.isArray(path) && path.every((one) => typeof one === "string") ? [[id, path as string[]]] : [])));
}

/** Without the control characters that a document may not hold. */
function printable(words: string): string {
  return words.replaceAll(/\r\n?/g, "\n").replaceAll(/[^\P{Cc}\t\n]|\p{Cs}/gu, "");
}
