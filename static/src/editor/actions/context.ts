/** What the actions of the canvas work on. */
import type { Editor } from "../state/editor.ts";
import type { Toolbox } from "../tools/toolbox.ts";
import type { Actions } from "./registry.ts";

/** What the painted canvas offers. */
export interface Viewer {
  zoomBy(factor: number): void;
  zoomTo(zoom: number): void;
  fit(): void;
  fitSelection(): void;
}

export interface CanvasContext {
  readonly editor: Editor;
  readonly actions: Actions;
  readonly toolbox: Toolbox;
  readonly viewer: Viewer;
  readonly openObject: (id: string) => void;
  readonly pickImage: () => void;
  /** Asks for a guide's direction and place, and draws it. */
  readonly askGuide: () => void;
}
