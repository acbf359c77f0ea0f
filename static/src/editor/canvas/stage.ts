import type { Viewer } from "../actions/context.ts";
import type { Editor } from "../state/editor.ts";
import { onFontTable, TEXT_FONT } from "../fonts/chain.ts";
import { drawnPlace } from "../geometry/drawn.ts";
import { union, type Point } from "../geometry/rect.ts";
import { showing, toCanvas, zoomedAt, type Size, type View } from "../geometry/view.ts";
import { say } from "../i18n/strings.ts";
import { RULER } from "../tools/select/cursors.ts";
import { paintCrop } from "./paint_crop.ts";
import { paintGesture, paintOverlay } from "./paint_overlay.ts";
import { Rulers } from "./rulers.ts";
import { Pictures } from "./pictures.ts";
import { Scene, type SceneOptions } from "./scene.ts";
import type { Colors, Paint } from "./surface.ts";

const MARGIN = 56;

/** The drawn canvas in its element: the picture below, what lies over it above. Paints at most once a frame. */
export class CanvasStage implements Viewer {
  readonly element: HTMLElement;
  readonly pictures = new Pictures(() => this.redraw());
  private readonly editor: Editor;
  private readonly scene = new Scene(this.pictures);
  private readonly picture: Paint;
  private readonly overlay: Paint;
  private readonly rulers = new Rulers();
  private room: Size = { width: 100, height: 100 };
  private density = 1;
  private painting = 0;
  private pictureIsOld = true;
  private fitted = true;
  private colors: Colors;

  constructor(editor: Editor, element: HTMLElement) {
    this.editor = editor;
    this.element = element;
    const container = element.querySelector<HTMLElement>("[data-stage]") ?? element;
    [this.picture, this.overlay] = [layer(container, "picture"), layer(container, "overlay")];
    this.colors = colorsOf(element);
    new ResizeObserver(() => this.measure()).observe(element);
    editor.onChange((part) => (part === "document" || part === "saving") && this.nameElement());
    this.nameElement();
    editor.onChange((part) => this.paintSoon(part !== "saving" && part !== "selection" || editor.inside?.kind === "text"));
    document.addEventListener("quadbox:theme", () => {
      this.colors = colorsOf(element);
      this.paintSoon(false);
    });
    // Letters measured before the font has come would be drawn in another one; text of another script brings another file.
    void Promise.all(["400", "700"].map((weight) => document.fonts.load(`${weight} 20px ${TEXT_FONT}`, "A直播"))).then(() => this.redraw());
    document.fonts.addEventListener("loadingdone", () => this.redraw());
    onFontTable(() => this.redraw());
    this.measure();
  }

  get size(): Size {
    return this.room;
  }

  setCursor(cursor: string): void {
    this.element.style.cursor = cursor;
  }

  fit(): void {
    const { width, height } = this.editor.document.canvas;
    this.showBox({ x: 0, y: 0, width, height });
    this.fitted = true;
  }

  fitSelection(): void {
    const box = union(this.editor.chosen);
    if (box) this.showBox(box);
  }

  zoomBy(factor: number): void {
    this.zoomTo(this.editor.view.zoom * factor);
  }

  zoomTo(zoom: number): void {
    this.look(zoomedAt(this.editor.view, zoom, { x: this.room.width / 2, y: this.room.height / 2 }));
  }

  look(view: View): void {
    this.fitted = false;
    this.editor.setView(view);
  }

  /** The middle of what is seen, in canvas pixels. */
  center(): Point {
    return toCanvas(this.editor.view, { x: this.room.width / 2, y: this.room.height / 2 });
  }

  /** What the drawn objects that are kept for the next frame take in memory. */
  get tileBytes(): number {
    return this.scene.tileBytes;
  }

  private showBox(box: { x: number; y: number; width: number; height: number }): void {
    const ruler = this.editor.rulers ? RULER : 0;
    const room = { width: this.room.width - ruler, height: this.room.height - ruler };
    // In a small window the picture needs the room more than the air around it.
    const view = showing(box, room, Math.min(MARGIN, Math.round(Math.min(room.width, room.height) * 0.08)));
    this.look({ ...view, x: view.x + ruler, y: view.y + ruler });
  }

  private measure(): void {
    this.room = { width: Math.max(50, this.element.clientWidth), height: Math.max(50, this.element.clientHeight) };
    this.density = Math.min(3, window.devicePixelRatio || 1);
    for (const { canvas } of [this.picture, this.overlay]) {
      canvas.width = Math.round(this.room.width * this.density);
      canvas.height = Math.round(this.room.height * this.density);
      canvas.style.width = `${this.room.width}px`;
      canvas.style.height = `${this.room.height}px`;
    }
    if (this.fitted) this.fit();
    // A resized canvas is empty: nobody should see that for a frame.
    this.scene.emptied();
    this.pictureIsOld = true;
    this.paint();
  }

  private redraw(): void {
    this.scene.forget();
    this.paintSoon(true);
  }

  private paintSoon(picture: boolean): void {
    this.pictureIsOld ||= picture;
    this.painting ||= requestAnimationFrame(() => {
      this.painting = 0;
      this.paint();
    });
  }

  /** In device pixels, whole ones: the picture stays sharp. */
  private deviceView(): View {
    const { zoom, x, y } = this.editor.view;
    return { zoom: zoom * this.density, x: Math.round(x * this.density), y: Math.round(y * this.density) };
  }

  private options(view: View): SceneOptions {
    const { people, variables, inside } = this.editor;
    return { view, people, variables, writing: inside?.kind === "text" ? inside.id : null };
  }

  private paint(): void {
    const { editor, density, room } = this;
    const view = this.deviceView();
    if (this.pictureIsOld) {
      const { preview, document } = editor;
      if (preview) {
        // What a product draws, scaled to the canvas.
        const place = drawnPlace(document.canvas, preview.drawn.canvas);
        this.scene.paint(this.picture, preview.drawn, this.options({ zoom: view.zoom * place.scaleX, x: Math.round(view.x + place.x * view.zoom), y: Math.round(view.y + place.y * view.zoom) }));
      } else this.scene.paint(this.picture, document, this.options(view));
      this.pictureIsOld = false;
    }
    this.overlay.setTransform(density, 0, 0, density, 0, 0);
    this.overlay.clearRect(0, 0, room.width, room.height);
    paintOverlay(this.overlay, editor, this.colors);
    if (editor.inside?.kind === "crop") paintCrop(this.overlay, editor, this.scene.scenery(editor.document, this.options(view)), this.pictures, this.colors);
    paintGesture(this.overlay, editor, this.colors);
    if (editor.rulers) this.rulers.paint(this.overlay, editor, this.colors, room, density);
  }

  /** "Layout canvas, Evening show, 1280 by 720, 5 objects". */
  private nameElement(): void {
    const { name, document, inGesture } = this.editor;
    const { width, height } = document.canvas;
    if (!inGesture) this.element.setAttribute("aria-label", say("canvasLabel", { name, w: width, h: height, n: document.objects.length }));
  }
}

function layer(container: HTMLElement, name: string): Paint {
  const canvas = document.createElement("canvas");
  canvas.dataset["layer"] = name;
  canvas.className = "qe-layer-canvas";
  container.append(canvas);
  const paint = canvas.getContext("2d");
  if (!paint) throw new Error("This browser cannot draw on a canvas.");
  return paint;
}

function colorsOf(element: HTMLElement): Colors {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return { accent: of("--accent"), preview: of("--preview"), guide: "#E93D82", ink: of("--ink"), soft: of("--ink-soft"), surface: of("--surface"), line: of("--line") };
}
