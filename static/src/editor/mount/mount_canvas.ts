/** Connects the canvas: painting, tools, keys, clipboard, text field and menu. */
import type { Api } from "../../api/client.ts";
import { toast } from "../../behaviors/toasts.ts";
import { Actions } from "../actions/registry.ts";
import { action, type ActionTable } from "../actions/action.ts";
import { canvasActions } from "../actions/canvas_actions.ts";
import { clipboardActions, listenToClipboard } from "../actions/clipboard.ts";
import { menuPlace, mountContextMenu } from "../panels/menus/context_menu.ts";
import { listenToPointers } from "../canvas/pointers.ts";
import { CanvasStage } from "../canvas/stage.ts";
import { mountTextEditor } from "../canvas/text_editor.ts";
import { Clipboard } from "../actions/clipboard_data.ts";
import type { Editor } from "../state/editor.ts";
import { toScreen } from "../geometry/view.ts";
import { isTyping, listenToKeys } from "../actions/keyboard.ts";
import { openObject } from "../actions/open_object.ts";
import { askGuide } from "../panels/inspector/guides.ts";
import { say } from "../i18n/strings.ts";
import { Toolbox } from "../tools/toolbox.ts";

export interface CanvasParts {
  readonly editor: Editor;
  readonly api: Api;
  /** Which layout it is: a paste elsewhere keeps its place. */
  readonly layout: string;
  readonly table: ActionTable;
  readonly canvas: HTMLElement;
  readonly layers: HTMLElement;
}

export function mountCanvas({ editor, api, layout, table, canvas, layers }: CanvasParts): { readonly actions: Actions; readonly toolbox: Toolbox; readonly stage: CanvasStage } {
  const stage = new CanvasStage(editor, canvas);
  const clipboard = new Clipboard(editor, layout, (text, action) => toast(action ? { text, action } : { text }));
  const actions = new Actions(editor, api, clipboard, () => stage.center());
  const pictureSize = (url: string): ReturnType<CanvasStage["pictures"]["size"]> => stage.pictures.size(url);
  const open = (id: string): void => openObject(editor, id, pictureSize);
  const toolbox = new Toolbox(editor, { setCursor: (cursor) => stage.setCursor(cursor), openObject: open, pictureSize });
  const here = (target: EventTarget | null): boolean => target === document.body || (target instanceof Node && (canvas.contains(target) || layers.contains(target)));
  const context = { editor, clipboard, remove: () => actions.remove(), addPicture: (file: File) => actions.addPicture(file), place: () => menuPlace(canvas) };

  table.add(...canvasActions({ editor, actions, toolbox, viewer: stage, openObject: open, pickImage: () => actions.pickFile((file) => actions.addPicture(file)), askGuide: () => askGuide(editor) }), ...clipboardActions(context));
  listenToKeys({ editor, table, actions, toolbox, here }, canvas);
  listenToClipboard(context, (event) => !isTyping(event.target) && here(event.target));
  mountTextEditor(editor, canvas);
  const openMenu = mountContextMenu(editor, table, canvas);
  listenToPointers(stage, editor, toolbox, openMenu);
  table.add(action({ id: "context-menu", group: "select", title: () => say("menuIt"), keys: ["shift+F10", "ContextMenu"], run: () => {
    const [first] = editor.chosen;
    const at = first ? { x: first.x + first.width / 2, y: first.y + first.height / 2 } : stage.center();
    openMenu(at, toScreen(editor.view, at));
  } }));
  return { actions, toolbox, stage };
}
