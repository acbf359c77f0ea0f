/** What menus, keys and buttons can ask for: each runs one command on the selection and names its step. */
import { setBackground } from "./background.ts";
import { arrange } from "./arrange_regions.ts";
import type { Clipboard } from "./clipboard_data.ts";
import { alignObjects, distributeObjects } from "../commands/arrange.ts";
import { frameOf, growObjects, moveObjects } from "../commands/boxes.ts";
import { addObject, deleteObjects, isFull, newImage, newRegion, newText } from "../commands/objects.ts";
import { bringForward, bringToFront, sendBackward, sendToBack } from "../commands/order.ts";
import { applyPreset, type Preset } from "../commands/presets.ts";
import { changeObjects, toggleAll } from "../commands/properties.ts";
import { keepsRatio, unitsOf } from "../document/editor_state.ts";
import type { Ids, LayoutDocument, LayoutObject } from "../document/types.ts";
import { chosenObjects, isReachable } from "../document/find.ts";
import { shared } from "../document/share.ts";
import { nameOf, type Editor } from "../state/editor.ts";
import type { Edge } from "../geometry/arrange.ts";
import { stepOf } from "../geometry/limits.ts";
import { movedInside, union, type Point } from "../geometry/rect.ts";
import { changedTo, placeWords, sizeWords } from "../a11y/describe.ts";
import { say, type Key } from "../i18n/strings.ts";
import { tellWithUndo } from "./toast_with_undo.ts";
import { usualBox } from "../tools/draw.ts";
import { ApiError, type Api } from "../../api/client.ts";
import { toast } from "../../behaviors/toasts.ts";

const ORDERS = { forward: bringForward, backward: sendBackward, front: bringToFront, back: sendToBack };

const EDGE_WORDS: Readonly<Record<Edge, Key>> = { left: "alignLeft", center: "alignCenter", right: "alignRight", top: "alignTop", middle: "alignMiddle", bottom: "alignBottom" };

export class Actions {
  private readonly editor: Editor;
  private readonly api: Api;
  private readonly center: () => Point;
  private readonly clipboard: Clipboard;
  private growing: { readonly axis: "x" | "y"; readonly ids: Ids; readonly from: LayoutDocument; readonly by: number; readonly now: LayoutDocument } | null = null;

  constructor(editor: Editor, api: Api, clipboard: Clipboard, center: () => Point) {
    this.editor = editor;
    this.api = api;
    this.clipboard = clipboard;
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

  /** `at`: where its middle goes; without it, where one looks. */
  async addPicture(file: File, at?: Point): Promise<void> {
    if (this.refuseFull()) return;
    const asset = await this.upload(file);
    if (asset) this.addPictureAt(asset.url, file.name.replace(/\.[^.]+$/, "").slice(0, 120), asset.width, asset.height, at);
  }

  /** Kept in proportion, at most half of the canvas. */
  addPictureAt(url: string, name: string, width = 320, height = 180, at = this.center()): void {
    const { editor } = this;
    if (this.refuseFull()) return;
    const frame = frameOf(editor.document);
    const scale = Math.min(1, (frame.width * 0.5) / width, (frame.height * 0.5) / height);
    const [w, h] = [Math.max(2, Math.round(width * scale)), Math.max(2, Math.round(height * scale))];
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
      if (asset) setBackground(this.editor, asset.url);
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
    if (editor.document !== before) tellWithUndo(editor, say("deleted", { name }));
  }

  duplicate(): void {
    this.clipboard.duplicate();
  }

  /** By the smallest step that the product can say, where a single pixel is none. */
  nudge(dx: number, dy: number): void {
    const step = this.stepFor(dx, dy);
    const before = this.editor.document;
    const moved = moveObjects(this.editor.document, this.editor.selection, dx * step, dy * step, this.editor.limits);
    this.editor.apply(say("move", { name: this.label }), moved, { said: placeWords(chosenObjects(moved, this.editor.selection)), joinKey: `nudge ${[...this.editor.selection].join()}` });
    if (shared(before, moved) === before && this.editor.chosen.some((object) => !object.locked)) this.editor.remind(say("outside"));
  }

  /** From where it began for as long as only this is done along one axis, so that a kept ratio does not drift. */
  grow(dx: number, dy: number): void {
    const { editor } = this;
    const axis = dx === 0 ? "y" : "x";
    const going = this.growing?.now === editor.document && this.growing.axis === axis && this.growing.ids === editor.selection ? this.growing : null;
    const by = (going?.by ?? 0) + (dx + dy) * this.stepFor(dx, dy);
    const from = going?.from ?? editor.document;
    const grown = growObjects(from, editor.selection, axis === "x" ? by : 0, axis === "y" ? by : 0, editor.limits, (object) => keepsRatio(editor.aids, object));
    const before = editor.document;
    this.editor.apply(say("resize", { name: this.label }), grown, { said: sizeWords(chosenObjects(grown, this.editor.selection)), joinKey: `grow ${[...this.editor.selection].join()}` });
    if (editor.document !== before) this.growing = { axis, ids: editor.selection, from, by, now: editor.document };
    else if (shared(before, grown) === before && dx + dy > 0 && editor.chosen.some((object) => !object.locked)) editor.remind(say("outside"));
  }

  private stepFor(dx: number, dy: number): number {
    const step = stepOf(this.editor.chosen, this.editor.limits);
    return Math.abs(dx + dy) % step === 0 ? 1 : step;
  }

  align(edge: Edge): void {
    this.editor.apply(say("align", { name: this.label }), alignObjects(this.editor.document, this.editor.selection, edge, this.editor.keyObject, this.editor.units), { said: `${say(EDGE_WORDS[edge])}${say("comma")}${this.label}` });
  }

  distribute(axis: "x" | "y"): void {
    this.editor.apply(say("distribute", { name: this.label }), distributeObjects(this.editor.document, this.editor.selection, axis, this.editor.units));
  }

  order(how: keyof typeof ORDERS): void {
    this.editor.apply(say("order", { name: this.label }), ORDERS[how](this.editor.document, this.editor.selection), { said: `${say(how)}${say("comma")}${this.label}` });
  }

  toggle(flag: "locked" | "hidden", ids = this.editor.selection): void {
    const objects = this.editor.document.objects.filter((object) => ids.has(object.id));
    const undoes = objects.every((object) => object[flag]);
    const word = flag === "locked" ? (undoes ? "toUnlock" : "toLock") : undoes ? "toShow" : "toHide";
    this.editor.apply(say(word, { name: nameOf(objects) }), toggleAll(this.editor.document, ids, flag));
  }

  opacity(opacity: number, may: (object: LayoutObject) => boolean): void {
    this.editor.apply(changedTo("opacity", Math.round(opacity * 100)), changeObjects(this.editor.document, this.editor.selection, (object) => (may(object) ? { opacity } : {})));
  }

  /** The next reachable unit in reading order. False at the end, so that Tab can leave the canvas. */
  step(by: 1 | -1): boolean {
    const { editor } = this;
    const { document, aids, entered, selection } = editor;
    const inside = document.objects.filter((object) => isReachable(object) && (entered === null || (aids.groups[object.id] ?? []).includes(entered)));
    const units = unitsOf(document, aids, new Set(inside.map((object) => object.id)), entered);
    const place = (ids: ReadonlySet<string>): { x: number; y: number } => union(inside.filter((object) => ids.has(object.id))) ?? { x: 0, y: 0 };
    const order = units.toSorted((a, b) => place(a).y - place(b).y || place(a).x - place(b).x);
    const at = order.findIndex((unit) => [...unit].some((id) => selection.has(id)));
    const next = order[at < 0 ? (by > 0 ? 0 : order.length - 1) : at + by];
    if (!next) return false;
    editor.select(next);
    return true;
  }

  preset(preset: Preset): void {
    arrange(this.editor, say(`p-${preset}`), applyPreset(this.editor.document, preset));
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
