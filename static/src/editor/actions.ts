/** What menus, keys and buttons can ask for: each runs one command on the selection and names its step. */
import { alignObjects, distributeObjects, fitObjectsInto, frameOf, growObjects, moveObjects, placeObjects } from "./commands/boxes.ts";
import { changeCanvas } from "./commands/canvas.ts";
import { addObject, deleteObjects, isFull, newImage, newRegion, newText, pasteObjects } from "./commands/objects.ts";
import { bringForward, bringToFront, sendBackward, sendToBack } from "./commands/order.ts";
import { applyPreset, type Preset } from "./commands/presets.ts";
import { changeObjects, toggleAll } from "./commands/properties.ts";
import { isReachable } from "./document/find.ts";
import type { LayoutObject } from "./document/types.ts";
import { nameOf, type Editor } from "./editor.ts";
import type { Edge } from "./geometry/arrange.ts";
import { movedInside, type Point } from "./geometry/rect.ts";
import { say, type Key } from "./strings.ts";
import { usualBox } from "./tools/draw.ts";
import { ApiError, type Api } from "../api/client.ts";
import { toast } from "../behaviors/toasts.ts";

const ORDERS = { forward: bringForward, backward: sendBackward, front: bringToFront, back: sendToBack };
const PASTE_OFFSET = 10;
const CLIPBOARD = "quadbox/objects";

export class Actions {
  private readonly editor: Editor;
  private readonly api: Api;
  private readonly center: () => Point;
  private pastes = 0;

  constructor(editor: Editor, api: Api, center: () => Point) {
    this.editor = editor;
    this.api = api;
    this.center = center;
  }

  private get label(): string {
    return nameOf(this.editor.chosen);
  }

  add(kind: "region" | "text"): void {
    const { editor } = this;
    if (this.refuseFull()) return;
    const taken = editor.document.objects;
    // Beside what was added the same way before, not exactly on it.
    const shift = 20 * (taken.length % 8);
    const frame = frameOf(editor.document);
    const usual = usualBox(frame, kind, this.center());
    const box = movedInside({ ...usual, x: usual.x + shift, y: usual.y + shift }, frame);
    const object = kind === "region" ? newRegion(editor.document, box) : newText(editor.document, box, say("newText"));
    const { document, selection } = addObject(editor.document, object);
    editor.apply(say("add", { name: object.name || say(kind) }), document, { selection });
  }

  async addPicture(file: File): Promise<void> {
    const asset = await this.upload(file);
    if (asset) this.addPictureAt(asset.url, file.name.replace(/\.[^.]+$/, "").slice(0, 120), asset.width, asset.height);
  }

  /** Kept in proportion, at most half of the canvas. */
  addPictureAt(url: string, name: string, width = 320, height = 180): void {
    const { editor } = this;
    if (this.refuseFull()) return;
    const frame = frameOf(editor.document);
    const scale = Math.min(1, (frame.width * 0.5) / width, (frame.height * 0.5) / height);
    const [w, h] = [Math.max(2, Math.round(width * scale)), Math.max(2, Math.round(height * scale))];
    const at = this.center();
    const box = movedInside({ x: Math.round(at.x - w / 2), y: Math.round(at.y - h / 2), width: w, height: h }, frame);
    const { document, selection } = addObject(editor.document, newImage(editor.document, box, url, name));
    editor.apply(say("add", { name: name || say("image") }), document, { selection });
  }

  replacePicture(): void {
    this.pickFile(async (file) => {
      const asset = await this.upload(file);
      if (asset) this.editor.apply(say("change", { field: say("pictureUrl") }), changeObjects(this.editor.document, this.editor.selection, { url: asset.url }, new Set(["image"])));
    });
  }

  background(): void {
    this.pickFile(async (file) => {
      const asset = await this.upload(file);
      if (asset) this.editor.apply(say("change", { field: say("backgroundImage") }), changeCanvas(this.editor.document, { image: { url: asset.url, fit: "cover" } }));
    });
  }

  pickFile(use: (file: File) => Promise<void>): void {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/png,image/jpeg,image/webp,image/gif";
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file) void use(file);
    });
    input.click();
  }

  remove(): void {
    const { editor } = this;
    const name = nameOf(editor.chosen.filter((object) => !object.locked));
    const before = editor.document;
    editor.apply(say("delete", { name }), deleteObjects(before, editor.selection));
    if (editor.document !== before) toast({ text: say("deleted", { name }), action: { label: say("undo"), run: () => editor.undo() } });
  }

  duplicate(): void {
    if (this.editor.selection.size > 0) this.paste(this.editor.chosen, { x: PASTE_OFFSET, y: PASTE_OFFSET }, "duplicate");
  }

  /** What the clipboard carries: private, yet plain text, so that it works across tabs. */
  copied(): string {
    this.pastes = 0;
    return JSON.stringify({ kind: CLIPBOARD, objects: this.editor.chosen });
  }

  /** Our own objects are pasted beside the last paste, other text becomes a text object. */
  pasteText(text: string): void {
    let objects: LayoutObject[] | null = null;
    try {
      const value = JSON.parse(text) as { kind?: string; objects?: LayoutObject[] };
      if (value?.kind === CLIPBOARD && Array.isArray(value.objects)) objects = value.objects;
    } catch {
      // Not ours: plain words.
    }
    if (objects) {
      const here = objects.some((one) => this.editor.document.objects.some((known) => known.id === one.id && known.x === one.x && known.y === one.y));
      this.pastes += 1;
      const by = here || this.pastes > 1 ? PASTE_OFFSET * this.pastes : 0;
      this.paste(objects, { x: by, y: by }, "paste");
    } else if (text.trim() && !this.refuseFull()) {
      const box = usualBox(frameOf(this.editor.document), "text", this.center());
      const { document, selection } = addObject(this.editor.document, newText(this.editor.document, box, text.trim().slice(0, 1000)));
      this.editor.apply(say("paste", { name: say("text") }), document, { selection });
    }
  }

  nudge(dx: number, dy: number): void {
    this.editor.apply(say("move", { name: this.label }), moveObjects(this.editor.document, this.editor.selection, dx, dy), { joinKey: `nudge ${[...this.editor.selection].join()}` });
  }

  grow(dx: number, dy: number): void {
    this.editor.apply(say("resize", { name: this.label }), growObjects(this.editor.document, this.editor.selection, dx, dy), { joinKey: `grow ${[...this.editor.selection].join()}` });
  }

  align(edge: Edge): void {
    this.editor.apply(say("align", { name: this.label }), alignObjects(this.editor.document, this.editor.selection, edge));
  }

  distribute(axis: "x" | "y"): void {
    this.editor.apply(say("distribute", { name: this.label }), distributeObjects(this.editor.document, this.editor.selection, axis));
  }

  fillCanvas(): void {
    const { editor } = this;
    const frame = frameOf(editor.document);
    const [only] = editor.chosen;
    const document = editor.selection.size === 1 && only ? placeObjects(editor.document, new Map([[only.id, frame]])) : fitObjectsInto(editor.document, editor.selection, frame);
    editor.apply(say("resize", { name: this.label }), document);
  }

  order(how: keyof typeof ORDERS): void {
    this.editor.apply(say("order", { name: this.label }), ORDERS[how](this.editor.document, this.editor.selection));
  }

  toggle(flag: "locked" | "hidden", ids = this.editor.selection): void {
    const names = nameOf(this.editor.document.objects.filter((object) => ids.has(object.id)));
    this.editor.apply(say(flag === "locked" ? "lock" : "hide", { name: names }), toggleAll(this.editor.document, ids, flag));
  }

  opacity(opacity: number): void {
    this.editor.apply(say("change", { field: say("opacity") }), changeObjects(this.editor.document, this.editor.selection, { opacity }));
  }

  selectAll(): void {
    this.editor.select(new Set(this.editor.document.objects.filter(isReachable).map((object) => object.id)));
  }

  invert(): void {
    const { document, selection } = this.editor;
    this.editor.select(new Set(document.objects.filter((object) => isReachable(object) && !selection.has(object.id)).map((object) => object.id)));
  }

  /** The next reachable object in reading order. False at the end, so that Tab can leave the canvas. */
  step(by: 1 | -1): boolean {
    const { document, selection } = this.editor;
    const order = document.objects.filter(isReachable).toSorted((a, b) => a.y - b.y || a.x - b.x);
    const at = order.findIndex((object) => selection.has(object.id));
    const next = order[at < 0 ? (by > 0 ? 0 : order.length - 1) : at + by];
    if (!next) return false;
    this.editor.select(new Set([next.id]));
    return true;
  }

  preset(preset: Preset): void {
    this.editor.apply(say("preset", { name: say(`p-${preset}` as Key) }), applyPreset(this.editor.document, preset));
  }

  private paste(objects: readonly LayoutObject[], offset: Point, word: "paste" | "duplicate"): void {
    if (this.refuseFull()) return;
    const { document, selection } = pasteObjects(this.editor.document, objects, offset);
    this.editor.apply(say(word, { name: nameOf(objects) }), document, { selection });
  }

  private refuseFull(): boolean {
    if (this.editor.readonly) return true;
    if (!isFull(this.editor.document)) return false;
    toast({ text: say("full"), level: "error" });
    return true;
  }

  private async upload(file: File): Promise<Awaited<ReturnType<Api["upload"]>> | null> {
    try {
      return await this.api.upload(file);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast({ text: say("uploadFailed", { why: error.problems[0]?.message ?? error.message }), level: "error" });
      return null;
    }
  }
}
