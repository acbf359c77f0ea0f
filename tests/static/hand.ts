/** Presses, moves and releases on the real editor, without a browser. */
import type { LayoutObject } from "../../static/src/editor/document/types.ts";
import { Editor } from "../../static/src/editor/state/editor.ts";
import { toCanvas } from "../../static/src/editor/geometry/view.ts";
import { openObject } from "../../static/src/editor/actions/open_object.ts";
import type { Pointer } from "../../static/src/editor/tools/tool.ts";
import { Toolbox } from "../../static/src/editor/tools/toolbox.ts";
import { boxOf, documentOf, region, text } from "./documents.ts";

/** An editor with a hand: places are canvas pixels, at half size and shifted on the screen. */
export class Hand {
  readonly editor: Editor;
  readonly toolbox: Toolbox;
  cursor = "default";

  constructor(...objects: LayoutObject[]) {
    this.editor = new Editor(documentOf(...objects), "Test", false);
    this.editor.view = { zoom: 0.5, x: 100, y: 60 };
    this.editor.snapping = false;
    const pictureSize = (): { width: number; height: number } => ({ width: 400, height: 300 });
    this.toolbox = new Toolbox(this.editor, { setCursor: (cursor) => (this.cursor = cursor), openObject: (id) => openObject(this.editor, id, pictureSize), pictureSize });
  }

  pointer(x: number, y: number, keys: Partial<Pointer> = {}): Pointer {
    const screen = { x: x * 0.5 + 100, y: y * 0.5 + 60 };
    return { screen, at: toCanvas(this.editor.view, screen), shift: false, alt: false, ctrl: false, touch: false, ...keys };
  }

  press(x: number, y: number, keys?: Partial<Pointer>): this {
    this.toolbox.handle("move", this.pointer(x, y, keys));
    this.toolbox.handle("press", this.pointer(x, y, keys));
    return this;
  }

  move(x: number, y: number, keys?: Partial<Pointer>): this {
    this.toolbox.handle("move", this.pointer(x, y, keys));
    return this;
  }

  release(x: number, y: number, keys?: Partial<Pointer>): this {
    this.toolbox.handle("release", this.pointer(x, y, keys));
    return this;
  }

  click(x: number, y: number, keys?: Partial<Pointer>): this {
    return this.press(x, y, keys).release(x, y, keys);
  }

  double(x: number, y: number): this {
    this.click(x, y).click(x, y);
    this.toolbox.handle("doublePress", this.pointer(x, y));
    return this;
  }

  drag(from: readonly [number, number], to: readonly [number, number], keys?: Partial<Pointer>): this {
    return this.press(...from, keys).move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, keys).move(...to, keys).release(...to, keys);
  }

  get selected(): string {
    return [...this.editor.selection].toSorted().join(" ");
  }

  box(id: string): number[] {
    return boxOf(this.editor.document, id);
  }
}

/** Two regions, the second over a corner of the first, and a text apart from them. */
export const pair = (): Hand => new Hand(region("a", 100, 100, 200, 200), region("b", 250, 150, 300, 200), text("t", 700, 500, 200, 60));
