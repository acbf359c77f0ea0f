/** Pointer events of the page become presses, moves and releases of the tools; two fingers and the wheel look around. */
import type { Editor } from "../state/editor.ts";
import type { Point } from "../geometry/rect.ts";
import { pinched, toCanvas, zoomedAt } from "../geometry/view.ts";
import type { Pointer } from "../tools/tool.ts";
import { zoomCrop } from "../tools/select/cropping.ts";
import type { Toolbox } from "../tools/toolbox.ts";
import type { CanvasStage } from "./stage.ts";

const AGAIN_WITHIN = 450;
const SAME_SPOT = 6;
const LONG_PRESS = 500;
/** Dragging this near the edge scrolls, after a moment. */
const EDGE = 24;
const EDGE_AFTER = 200;
const EDGE_STEP = 10;

export function listenToPointers(stage: CanvasStage, editor: Editor, toolbox: Toolbox, openMenu: (at: Point, screen: Point) => void): void {
  const { element } = stage;
  const fingers = new Map<number, Point>();
  let pressed: { readonly id: number; readonly screen: Point } | null = null;
  let lastPress: { readonly at: number; readonly screen: Point } | null = null;
  let opens = false;
  let holding = 0;
  let scrolling: { since: number; frame: number } | null = null;
  let space = false;

  /** Asked once a press: where the page puts the canvas does not change under a drag, and asking makes the browser lay out. */
  let place: DOMRect | null = null;

  function onStage(event: MouseEvent): Point {
    const bounds = place ?? element.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  }

  function pointer(event: MouseEvent): Pointer {
    const screen = onStage(event);
    const touch = event instanceof PointerEvent && event.pointerType === "touch";
    return { screen, at: toCanvas(editor.view, screen), shift: event.shiftKey, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey, touch, space };
  }

  function far(a: Point, b: Point): number {
    return Math.hypot(a.x - b.x, a.y - b.y);
  }

  function stop(): void {
    clearTimeout(holding);
    if (scrolling) cancelAnimationFrame(scrolling.frame);
    scrolling = null;
    pressed = null;
  }

  element.addEventListener("pointerdown", (event) => {
    if (!(event.target instanceof HTMLCanvasElement) || event.button > 1) return;
    event.preventDefault();
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    place = element.getBoundingClientRect();
    const screen = onStage(event);
    if (event.pointerType === "touch") {
      fingers.set(event.pointerId, screen);
      if (fingers.size === 2) {
        // A second finger makes it a pinch: whatever the first began is put back.
        stop();
        toolbox.cancel();
        return;
      }
      if (fingers.size > 2) return;
    }
    pressed = { id: event.pointerId, screen };
    // With a key held, pressing again chooses further: Alt steps down, Shift takes away.
    opens = !event.altKey && !event.shiftKey && lastPress !== null && event.timeStamp - lastPress.at < AGAIN_WITHIN && far(lastPress.screen, screen) <= SAME_SPOT;
    lastPress = opens ? null : { at: event.timeStamp, screen };
    if (event.button === 1) toolbox.borrowPan(true);
    toolbox.handle("press", pointer(event));
    if (event.pointerType === "touch") {
      holding = window.setTimeout(() => {
        stop();
        toolbox.handle("release", pointer(event));
        openMenu(toCanvas(editor.view, screen), screen);
      }, LONG_PRESS);
    }
  });

  element.addEventListener("pointermove", (event) => {
    const screen = onStage(event);
    const was = fingers.get(event.pointerId);
    if (fingers.size === 2 && was) {
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
      const spread = other ? far(screen, other) / Math.max(1, far(was, other)) : 1;
      if (other && zoomCrop(toolbox.around, spread, toCanvas(editor.view, screen))) {
        fingers.set(event.pointerId, screen);
        return;
      }
      if (other) stage.look(pinched(editor.view, [was, other], [screen, other]));
      fingers.set(event.pointerId, screen);
      return;
    }
    if (was) fingers.set(event.pointerId, screen);
    if (pressed && far(pressed.screen, screen) > SAME_SPOT) clearTimeout(holding);
    // A finger left over from a pinch draws nothing.
    if (event.pointerType === "touch" && !pressed) return;
    toolbox.handle("move", pointer(event));
    scrollAtEdge(screen);
  });

  for (const kind of ["pointerup", "pointercancel"] as const) {
    element.addEventListener(kind, (event) => {
      fingers.delete(event.pointerId);
      if (fingers.size === 0) place = null;
      if (pressed?.id !== event.pointerId) return;
      stop();
      if (kind === "pointercancel") toolbox.cancel();
      else {
        toolbox.handle("release", pointer(event));
        if (opens && event.button === 0) toolbox.handle("doublePress", pointer(event));
      }
      if (event.button === 1) toolbox.borrowPan(false);
    });
  }
  element.addEventListener("pointerleave", () => {
    if (editor.hovered === null || pressed) return;
    editor.hovered = null;
    editor.emit("view");
  });

  element.addEventListener("contextmenu", (event) => {
    if (!(event.target instanceof HTMLCanvasElement)) return;
    event.preventDefault();
    const screen = onStage(event);
    openMenu(toCanvas(editor.view, screen), screen);
  });

  element.addEventListener(
    "wheel",
    (event) => {
      if (!(event.target instanceof HTMLCanvasElement)) return;
      event.preventDefault();
      const { view } = editor;
      // Lines and pages, of old wheels, in pixels.
      const unit = event.deltaMode === 1 ? 20 : event.deltaMode === 2 ? 400 : 1;
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      const factor = Math.exp(-Math.max(-200, Math.min(200, dy)) * 0.003);
      // Over a picture that is being cropped it is the picture that grows.
      if ((event.ctrlKey || event.metaKey) && zoomCrop(toolbox.around, factor, toCanvas(view, onStage(event)))) return;
      if (event.ctrlKey || event.metaKey) stage.look(zoomedAt(view, view.zoom * factor, onStage(event)));
      else stage.look({ ...view, x: view.x - (event.shiftKey && dx === 0 ? dy : dx), y: view.y - (event.shiftKey && dx === 0 ? 0 : dy) });
      toolbox.again({ at: toCanvas(editor.view, onStage(event)) });
    },
    { passive: false },
  );

  /** Scrolls as long as the pointer rests near the edge; the drag goes on under it. */
  function scrollAtEdge(screen: Point): void {
    const { width, height } = stage.size;
    const push = (at: number, room: number): number => (at < EDGE ? 1 : at > room - EDGE ? -1 : 0);
    const [x, y] = [push(screen.x, width), push(screen.y, height)];
    if (!pressed || !toolbox.dragging || (x === 0 && y === 0)) {
      if (scrolling) cancelAnimationFrame(scrolling.frame);
      scrolling = null;
      return;
    }
    const since = scrolling?.since ?? performance.now();
    if (scrolling) cancelAnimationFrame(scrolling.frame);
    const go = (): void => {
      if (!scrolling) return;
      if (performance.now() - since > EDGE_AFTER) {
        const { view } = editor;
        stage.look({ ...view, x: view.x + x * EDGE_STEP, y: view.y + y * EDGE_STEP });
        toolbox.again({ at: toCanvas(editor.view, screen) });
      }
      if (scrolling) scrolling.frame = requestAnimationFrame(go);
    };
    scrolling = { since, frame: requestAnimationFrame(go) };
  }

  // A modifier that is pressed or let go in the middle of a drag counts at once.
  for (const kind of ["keydown", "keyup"] as const) {
    document.addEventListener(kind, (event) => {
      if (event.key === " " && toolbox.dragging) {
        space = kind === "keydown";
        event.preventDefault();
        toolbox.again({ space });
      } else if (["Shift", "Alt", "Control", "Meta"].includes(event.key)) {
        // Alone, Alt would open the browser's menu.
        if (event.key === "Alt" && element.contains(document.activeElement)) event.preventDefault();
        toolbox.again({ shift: event.shiftKey, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey });
      }
      if (event.key === " " && kind === "keyup") space = false;
    });
  }
}
