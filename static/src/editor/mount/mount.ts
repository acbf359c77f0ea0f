/** Puts the editor's pieces into the page's frame and connects them. */
import type { Api, KeptAids, Layout, LayoutUrls } from "../../api/client.ts";
import { toast } from "../../behaviors/toasts.ts";
import type { Actions } from "../actions/registry.ts";
import { action, ActionTable, tooltip } from "../actions/action.ts";
import { AidsStore } from "../sync/editor_state_store.ts";
import { parseDocument } from "../document/parse.ts";
import type { Aids } from "../document/editor_state.ts";
import type { LayoutDocument } from "../document/types.ts";
import { listenToDrops } from "../actions/drops.ts";
import { Editor, type View } from "../state/editor.ts";
import { mountCanvas } from "./mount_canvas.ts";
import { mountPanels } from "./mount_panels.ts";
import { mountTooltips } from "../ui/tooltips.ts";
import { mountAnnouncements } from "../panels/frame/announcements.ts";
import { part } from "../ui/dom.ts";
import { importFile, type Into } from "../panels/presets/files.ts";
import type { Product } from "../sync/products.ts";
import { Saving } from "../sync/saving.ts";
import { say } from "../i18n/strings.ts";
import type { Toolbox } from "../tools/toolbox.ts";

declare global {
  interface Window {
    /** For browser tests and for support: reads the open document, selects, and looks. */
    quadboxEditor?: { document(): LayoutDocument; select(ids: readonly string[]): void; open(document: LayoutDocument): void; look(view: View): void; readonly zoom: number; readonly view: View; aids(): Aids; actions(): readonly string[]; tileBytes(): number; saved(): Promise<void> };
  }
}

/** What the page brings. */
export interface EditorPage {
  readonly layout: Layout;
  readonly aids: KeptAids;
  readonly products: readonly Product[];
  readonly urls: LayoutUrls;
  readonly readonly: boolean;
  /** The id of who is looking. */
  readonly person: string;
}

export function mountEditor({ layout, aids, products, urls, readonly, person }: EditorPage, api: Api): void {
  const editor = new Editor(parseDocument(layout.document), layout.name, readonly);
  const saving = new Saving(editor, api, layout);
  const beside = new AidsStore(editor, api, saving, layout.id, aids);
  const canvas = part("canvas");
  const layers = part("layers");
  const table = new ActionTable(editor);
  const { actions, toolbox, stage } = mountCanvas({ editor, api, layout: layout.id, table, canvas, layers });

  table.add(
    action({ id: "add-region", group: "tool", title: () => say("add", { name: say("region") }), edits: true, run: () => actions.add("region") }),
    action({ id: "add-text", group: "tool", title: () => say("add", { name: say("text") }), edits: true, run: () => actions.add("text") }),
    action({ id: "add-image-url", group: "tool", title: () => say("imageUrlIt"), edits: true, run: () => addByAddress(actions) }),
    action({ id: "close-address", group: "view", title: () => say("close"), listed: false, run: () => part<HTMLDialogElement>("address").close() }),
  );
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do], [data-tool]") : null;
    if (button) table.run(button.dataset["do"] ?? `tool-${button.dataset["tool"]}`);
  });
  const into: Into = {
    editor, api, layout: layout.id,
    begin: () => void saving.flush().then(() => saving.state.kind === "saved" && location.assign(`${urls.start}&imported=1`)),
  };
  listenToDrops(editor, actions, canvas, (file) => void importFile(into, file));
  const start = document.querySelector<HTMLAnchorElement>('[data-part="start"]');
  start?.addEventListener("click", (event) => {
    if (saving.state.kind === "saved" || readonly) return;
    // What is started must be what is seen.
    event.preventDefault();
    void saving.flush().then(() => location.assign(start.href));
  });

  const name = part<HTMLInputElement>("name");
  name.addEventListener("change", () => saving.rename(name.value));
  name.addEventListener("keydown", (event) => event.key === "Enter" && name.blur());

  mountPanels({ editor, api, saving, layout, urls, products, table, actions, into, person });
  mountTooltips(document.querySelector<HTMLElement>(".qe") ?? document.body);
  mountAnnouncements(editor, table, canvas, part("announcements"));
  showState(editor, toolbox, table, name);
  saving.recover();
  window.quadboxEditor = {
    document: () => editor.document,
    select: (ids) => editor.select(new Set(ids)),
    open: (document) => editor.apply(say("open"), parseDocument(document)),
    look: (view) => editor.setView(view),
    get zoom() {
      return editor.view.zoom;
    },
    get view() {
      return editor.view;
    },
    aids: () => editor.aids,
    tileBytes: () => stage.tileBytes,
    actions: () => table.all().map(({ id }) => id),
    saved: async () => {
      await saving.flush();
      await beside.flush();
    },
  };
}

function addByAddress(actions: Actions): void {
  const dialog = part<HTMLDialogElement>("address");
  const form = dialog.querySelector("form");
  const input = dialog.querySelector("input");
  if (!form || !input) return;
  const add = (): void => {
    const url = input.value.trim();
    if (!/^https?:\/\//.test(url)) toast({ text: say("badUrl"), level: "error" });
    else actions.addPictureAt(url, url.split("/").at(-1)?.split("?")[0]?.slice(0, 120) ?? "");
  };
  const gone = new AbortController();
  form.addEventListener("submit", add, { signal: gone.signal });
  dialog.addEventListener("close", () => gone.abort(), { once: true });
  input.value = "";
  dialog.showModal();
}

/** Buttons that show what is the case: pressed, disabled, named after the step they would undo. */
function showState(editor: Editor, toolbox: Toolbox, table: ActionTable, name: HTMLInputElement): void {
  function draw(): void {
    for (const button of document.querySelectorAll<HTMLElement>("[data-do], [data-tool]")) {
      const one = table.get(button.dataset["do"] ?? `tool-${button.dataset["tool"]}`);
      if (!one) continue;
      if (button instanceof HTMLButtonElement) button.disabled = !table.allows(one);
      if (one.pressed) button.setAttribute("aria-pressed", String(one.pressed()));
      const isZoom = one.id === "zoom-100";
      if (isZoom) button.textContent = `${Math.round(editor.view.zoom * 100)} %`;
      button.title = tooltip(one);
      if (!button.textContent?.trim() || one.id === "undo" || one.id === "redo") button.setAttribute("aria-label", one.title());
    }
    if (document.activeElement !== name) name.value = editor.name;
  }
  toolbox.onChange(draw);
  editor.onChange((part) => part !== "gesture" && draw());
  draw();
}
