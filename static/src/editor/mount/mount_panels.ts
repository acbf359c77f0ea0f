/** Connects what lies around the canvas: panels, saving, previews, the others who are here. */
import type { Api, Layout, LayoutUrls } from "../../api/client.ts";
import { toast } from "../../behaviors/toasts.ts";
import type { Actions } from "../actions/registry.ts";
import { action, type ActionTable } from "../actions/action.ts";
import { canvasSettings } from "../actions/canvas_settings.ts";
import type { Editor } from "../state/editor.ts";
import { MadeFor } from "../sync/target_product.ts";
import { goToArea, roveToolbars } from "../panels/frame/areas.ts";
import { mountCanvasPanel, mountPresets } from "../panels/inspector/canvas_panel.ts";
import { openCommandSearch } from "../panels/menus/command_search.ts";
import { part } from "../ui/dom.ts";
import { mountEmpty } from "../panels/presets/empty.ts";
import { pickFileToImport, saveAsFile, type Into } from "../panels/presets/files.ts";
import { mountFindings } from "../panels/products/findings.ts";
import { mountFloatingBar } from "../panels/menus/floating_bar.ts";
import { mountGuides } from "../panels/inspector/guides.ts";
import { mountInspector } from "../panels/inspector/inspector.ts";
import { mountLayers } from "../panels/layers/layers.ts";
import { openLibrary } from "../panels/presets/library.ts";
import { mountMadeFor } from "../panels/products/target_product.ts";
import { mountMenu } from "../panels/menus/menu.ts";
import { mainMenu } from "../panels/menus/menu_tree.ts";
import { mountOnAir } from "../panels/on_air/on_air.ts";
import { mountPhone, sayRefusals } from "../panels/frame/phone.ts";
import { OwnPresets } from "../panels/presets/own_presets.ts";
import { mountPeople } from "../panels/frame/people_bar.ts";
import { mountPresence } from "../panels/frame/presence.ts";
import { mountPreviewAs } from "../panels/products/preview_as.ts";
import { clockTime, mountSaveState } from "../panels/versions/save_state.ts";
import { lettersAreOn, openShortcutSheet } from "../panels/menus/shortcut_sheet.ts";
import { chooseTab, goToField, mountTabs } from "../ui/tabs.ts";
import { mountVersions } from "../panels/versions/versions.ts";
import { Products, type Product } from "../sync/products.ts";
import type { Saving } from "../sync/saving.ts";
import { say } from "../i18n/strings.ts";

export interface PanelParts {
  readonly editor: Editor;
  readonly api: Api;
  readonly saving: Saving;
  readonly layout: Layout;
  readonly urls: LayoutUrls;
  readonly products: readonly Product[];
  readonly table: ActionTable;
  readonly actions: Actions;
  readonly into: Into;
  /** The id of who is looking. */
  readonly person: string;
}

export function mountPanels({ editor, api, saving, layout, urls, products: all, table, actions, into, person }: PanelParts): void {
  const products = new Products(editor, api, all);
  const pick = (use: (url: string) => void): void => openLibrary(api, (asset) => use(asset.url));
  const openCopy = (id: string): void => location.assign(location.pathname.replace(layout.id, id));

  const madeFor = new MadeFor(editor, all);

  table.letters = lettersAreOn(person);
  const presets = new OwnPresets(editor, api, part("own-presets"));
  table.add(...panelActions(), ...canvasSettings({ editor, actions, pick, goToField }));
  mountLayers(editor, actions, table, part("layers"));
  mountInspector({ editor, actions, table, pick }, part("inspector"));
  mountCanvasPanel(editor, actions, pick, part("canvas-panel"));
  mountGuides(editor, part("canvas-panel"));
  mountMadeFor(editor, madeFor, part("canvas-panel"));
  mountPresets(editor, actions, part("presets"));
  mountEmpty(editor, actions, part("empty"));
  mountFloatingBar(editor, table, part("floating-bar"));
  mountTabs();
  mountFindings(editor, products, urls.exportPage, part("findings"), part("findings-badge"));
  mountPreviewAs(editor, products, part("preview-as"), part("preview-menu"), part("draft-pill"));
  mountPeople(editor, part("people"), part("people-menu"));
  mountVersions(editor, api, saving, part("versions-button"), part("versions"));
  mountMenu(table, mainMenu(all.map(({ slug }) => slug)), part("more"), part("more-menu"), { onlyPossible: () => editor.readonly });
  mountSaveState(editor, saving, part("save-state"), part("conflict"), openCopy);
  mountPresence(editor, layout.id, person, part("presence"));
  mountOnAir({ editor, api, saving, products, layout: layout.id, runsOn: (slugs) => madeFor.runsOn(slugs) }, part("on-air"), part<HTMLDialogElement>("on-air-dialog"));
  mountPhone(editor, part("phone-note"), copyLink);
  sayRefusals(editor, () => products.look(null));
  editor.onRemind((text) => toast({ text }));
  roveToolbars();
  openHash();
  window.addEventListener("hashchange", openHash);
  void products.ask();

  function panelActions(): ReturnType<typeof action>[] {
    return [
      action({ id: "save", group: "file", title: () => say("saveNow"), keys: ["mod+s"], anywhere: true, edits: true, run: () => void saving.flush().then(() => saving.state.kind === "saved" && editor.announce(say("saved", { time: clockTime(saving.state.at ?? new Date()) }))) }),
      action({ id: "export-file", group: "file", title: () => say("exportFile"), anywhere: true, run: () => saveAsFile(editor) }),
      action({ id: "import-file", group: "file", title: () => say("importFile"), anywhere: true, edits: true, run: () => pickFileToImport(into) }),
      action({ id: "save-preset", group: "file", title: () => say("presetSaveMore"), anywhere: true, edits: true, run: () => void presets.save() }),
      action({ id: "import-presets", group: "file", title: () => say("presetImport"), anywhere: true, edits: true, run: () => presets.import() }),
      action({ id: "export-presets", group: "file", title: () => say("presetExport"), anywhere: true, run: () => presets.exportAll() }),
      action({ id: "copy-link", group: "file", title: () => say("copyLink"), anywhere: true, run: () => copyLink() }),
      action({ id: "duplicate-layout", group: "file", title: () => say("duplicateLayout"), anywhere: true, edits: true, run: () => void saving.keepMineAsCopy().then((made) => made && openCopy(made.id)) }),
      action({ id: "rename-layout", group: "file", title: () => say("renameLayout"), anywhere: true, edits: true, run: () => part<HTMLInputElement>("name").select() }),
      action({ id: "add-image-library", group: "tool", title: () => say("library"), edits: true, anywhere: true, run: () => openLibrary(api, (asset) => actions.addPictureAt(asset.url, asset.name.replace(/\.[^.]+$/, ""), asset.width, asset.height)) }),
      action({ id: "preview-draft", group: "view", title: () => say("backToDraft"), anywhere: true, enabled: () => products.looked !== null, run: () => products.look(null) }),
      ...all.map((product) => action({ id: `preview-${product.slug}`, group: "view", title: () => `${say("previewAs")} ${product.title}`, anywhere: true, run: () => {
        products.look(product.slug);
        chooseTab("findings");
      } })),
      ...[null, ...all].map((product) => action({ id: `made-for-${product?.slug ?? "running"}`, group: "object", title: () => `${say("madeFor")}: ${product?.title ?? say("madeForRunning")}`, edits: true, anywhere: true, run: () => madeFor.choose(product?.slug ?? null) })),
      action({ id: "help", group: "view", title: () => say("shortcuts"), keys: ["?"], anywhere: true, run: () => openShortcutSheet(table, person) }),
      action({ id: "command-search", group: "view", title: () => say("searchIt"), keys: ["mod+/", "mod+k"], anywhere: true, run: () => openCommandSearch(table) }),
      action({ id: "next-area", group: "view", title: () => say("nextArea"), keys: ["F6"], anywhere: true, run: () => editor.announce(goToArea(1)) }),
      action({ id: "previous-area", group: "view", title: () => say("previousArea"), keys: ["shift+F6"], anywhere: true, run: () => editor.announce(goToArea(-1)) }),
    ];
  }

  /** /edit/#<object id> opens with that object selected, as findings elsewhere link to it. */
  function openHash(): void {
    const id = decodeURIComponent(location.hash.slice(1));
    if (editor.document.objects.some((one) => one.id === id)) editor.select(new Set([id]));
  }

  function copyLink(): void {
    const address = new URL(location.pathname + location.search, location.href);
    address.searchParams.set("view", "1");
    void navigator.clipboard.writeText(address.href).then(() => toast({ text: say("linkCopied") }));
  }
}
