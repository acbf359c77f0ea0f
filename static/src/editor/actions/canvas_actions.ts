/** Everything the canvas can be asked for, gathered. */
import type { Actions } from "../actions.ts";
import type { Editor } from "../editor.ts";
import type { Toolbox } from "../tools/toolbox.ts";
import type { Action } from "./action.ts";
import { arrangeActions } from "./arrange.ts";
import { guideActions } from "./guides.ts";
import { objectActions } from "./objects.ts";
import { selectActions } from "./select.ts";
import { toolActions } from "./tools.ts";
import { viewActions, type Viewer } from "./view.ts";

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

export function canvasActions(context: CanvasContext): Action[] {
  return [...toolActions(context), ...selectActions(context), ...objectActions(context), ...arrangeActions(context), ...guideActions(context), ...viewActions(context)];
}
