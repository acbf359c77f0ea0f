/** Everything the canvas can be asked for, gathered. */
import type { Action } from "./action.ts";
import type { CanvasContext } from "./context.ts";
import { arrangeActions } from "./arrange.ts";
import { guideActions } from "./guides.ts";
import { objectActions } from "./objects.ts";
import { selectActions } from "./select.ts";
import { toolActions } from "./tools.ts";
import { viewActions } from "./view.ts";

export function canvasActions(context: CanvasContext): Action[] {
  return [...toolActions(context), ...selectActions(context), ...objectActions(context), ...arrangeActions(context), ...guideActions(context), ...viewActions(context)];
}
