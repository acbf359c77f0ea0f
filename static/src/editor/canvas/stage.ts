import type { Editor, View } from "../editor.ts";
import { clamp, union } from "../geometry/rect.ts";
import { say } from "../strings.ts";
import type { Pointer } from "../tools/tool.ts";
import type { Toolbox } from "../tools/toolbox.ts";
import { drawnPlace } from "../geometry/drawn.ts";
import { Layer, Stage, type KonvaGroup } from "./konva.ts";
import { paintCanvas, TEXT_FONT } from "./paint_objects.ts";
import { paintOverlay, type Colors } from "./paint_overlay.ts";
import { Pictures } from "./pictures.ts";

const ZOOM_MIN = 0.05;
const ZOOM_MAX = 8;
const MARGIN = 48;

/** The drawn canvas in its element: paints at most once a frame, and turns pointer events into canvas pixels. */
export class CanvasStage {
  private readonly editor: Editor;
  private readonly element: HTMLElement;
  private readonly stage: InstanceType<typeof Stage>;
  private readonly scene = new Layer({ listening: false });
  private readonly overlay = new Layer({ listening: false });
  private readonly pictures = new Pictures(() => this.paintSoon(true));
  private painting = 0;
  private sceneIsOld = true;
  private fitted = true;

  constructor(editor: Editor, element: HTMLElement) {
    this.editor = editor;
    this.element = element;
    this.stage = new Stage({ container: element.querySelector<HTMLDivElement>("[data-stage]") ?? document.createElement("div"), width: 100, height: 100, listening: false });
    this.stage.add(this.scene, this.overlay);
    new ResizeObserver(() => this.measure()).observe(element);
    editor.onChange((part) => this.paintSoon(part === "document" || part === "gesture" || part === "preview"));
    document.addEventListener("quadbox:theme", () => this.paintSoon(false));
    // Letters measured before the font has come would be drawn in another one.
    void Promise.all(["400", "700"].map((weight) => document.fonts.load(`${weight} 20px ${TEXT_FONT}`, "A直播"))).then(() => this.paintSoon(true));
    this.measure();
  }

  setCursor(cursor: string): void {
    this.element.style.cursor = cursor;
  }

  listen(toolbox: Toolbox): void {
    const { element } = this;
    let pressed = false;
    element.addEventListener("pointerdown", (event) => {
      if (!(event.target instanceof HTMLCanvasElement) || (event.button !== 0 && event.button !== 1)) return;
      event.preventDefault();
      element.focus({ preventScroll: true });
      element.setPointerCapture(event.pointerId);
      pressed = true;
      if (event.button === 1) toolbox.borrowPan(true);
      toolbox.handle("press", this.pointer(event));
    });
    element.addEventListener("pointermove", (event) => toolbox.handle("move", this.pointer(event)));
    element.addEventListener("pointerup", (event) => {
      if (!pressed) return;
      pressed = false;
      toolbox.handle("release", this.pointer(event));
      if (event.button === 1) toolbox.borrowPan(false);
    });
    element.addEventListener("pointercancel", () => {
      pressed = false;
      toolbox.cancel();
    });
    element.addEventListener("dblclick", (event) => {
      if (event.target instanceof HTMLCanvasElement) toolbox.handle("doublePress", this.pointer(event));
    });
    element.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const { view } = this.editor;
        if (event.ctrlKey || event.metaKey) this.zoomAt(view.zoom * Math.exp(-event.deltaY * 0.002), event.offsetX, event.offsetY);
        else this.look({ ...view, x: view.x - (event.shiftKey ? event.deltaY : event.deltaX), y: view.y - (event.shiftKey ? 0 : event.deltaY) });
      },
      { passive: false },
    );
  }

  fit(): void {
    const { width, height } = this.editor.document.canvas;
    this.showBox(0, 0, width, height);
    this.fitted = true;
  }

  fitSelection(): void {
    const box = union(this.editor.chosen);
    if (box) this.showBox(box.x, box.y, box.width, box.height);
  }

  zoomBy(factor: number): void {
    this.zoomAt(this.editor.view.zoom * factor, this.stage.width() / 2, this.stage.height() / 2);
  }

  zoomTo(zoom: number): void {
    this.zoomAt(zoom, this.stage.width() / 2, this.stage.height() / 2);
  }

  /** The middle of what is seen, in canvas pixels. */
  center(): { x: number; y: number } {
    const { x, y, zoom } = this.editor.view;
    return { x: (this.stage.width() / 2 - x) / zoom, y: (this.stage.height() / 2 - y) / zoom };
  }

  private pointer(event: MouseEvent): Pointer {
    const bounds = this.element.getBoundingClientRect();
    const screen = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
    const { x, y, zoom } = this.editor.view;
    const touch = event instanceof PointerEvent && event.pointerType === "touch";
    return { screen, at: { x: (screen.x - x) / zoom, y: (screen.y - y) / zoom }, shift: event.shiftKey, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey, touch };
  }

  private showBox(x: number, y: number, width: number, height: number): void {
    const [w, h] = [this.stage.width(), this.stage.height()];
    const zoom = clamp(Math.min((w - 2 * MARGIN) / width, (h - 2 * MARGIN) / height), ZOOM_MIN, ZOOM_MAX);
    this.look({ zoom, x: w / 2 - (x + width / 2) * zoom, y: h / 2 - (y + height / 2) * zoom });
  }

  private zoomAt(wanted: number, screenX: number, screenY: number): void {
    const { view } = this.editor;
    const zoom = clamp(wanted, ZOOM_MIN, ZOOM_MAX);
    this.look({ zoom, x: screenX - ((screenX - view.x) / view.zoom) * zoom, y: screenY - ((screenY - view.y) / view.zoom) * zoom });
  }

  private look(view: View): void {
    this.fitted = false;
    this.editor.setView(view);
  }

  private measure(): void {
    this.stage.size({ width: Math.max(50, this.element.clientWidth), height: Math.max(50, this.element.clientHeight) });
    if (this.fitted) this.fit();
    this.paintSoon(false);
  }

  private paintSoon(scene: boolean): void {
    this.sceneIsOld ||= scene;
    this.painting ||= requestAnimationFrame(() => {
      this.painting = 0;
      this.paint();
    });
  }

  /** The draft; or, while a product is looked at, what that product draws, scaled to the canvas. */
  private picture(): KonvaGroup {
    const { preview, people, document } = this.editor;
    if (!preview) return paintCanvas(document, this.pictures, people);
    const group = paintCanvas(preview.drawn, this.pictures, people);
    group.setAttrs(drawnPlace(document.canvas, preview.drawn.canvas));
    return group;
  }

  private paint(): void {
    const { editor } = this;
    if (this.sceneIsOld) {
      this.scene.destroyChildren();
      this.scene.add(this.picture());
      this.sceneIsOld = false;
    }
    const { zoom, x, y } = editor.view;
    this.scene.setAttrs({ x: Math.round(x), y: Math.round(y), scaleX: zoom, scaleY: zoom });
    this.overlay.destroyChildren();
    this.overlay.add(paintOverlay(editor, colorsOf(this.element)));
    this.scene.batchDraw();
    this.overlay.batchDraw();
    const { canvas, objects } = editor.document;
    this.element.setAttribute("aria-label", say("canvasLabel", { name: editor.name, w: canvas.width, h: canvas.height, n: objects.length }));
  }
}

function colorsOf(element: HTMLElement): Colors {
  const style = getComputedStyle(element);
  return { accent: style.getPropertyValue("--accent").trim(), preview: style.getPropertyValue("--preview").trim(), guide: "#E93D82" };
}
