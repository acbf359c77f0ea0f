/** The team's pictures: used again, found by name, renamed, deleted, or new ones by button, drop or paste. */
import { ApiError, pictureAddress, type Api, type Asset } from "../../../api/client.ts";
import { toast } from "../../../behaviors/toasts.ts";
import { say } from "../../i18n/strings.ts";
import { askName } from "../../ui/ask.ts";
import { h } from "../../ui/dom.ts";
import { popover } from "../../ui/popover.ts";

export type Use = (asset: Asset) => void;

const LONGEST_NAME = 200;
const REST = 250;

/** Opens over the page; the picture that is picked goes to `use`. */
export function openLibrary(api: Api, use: Use): void {
  const grid = h("ul", { class: "qe-library", "data-testid": "library" });
  const said = h("p", { class: "qe-library-said", role: "alert", "data-testid": "library-said", hidden: true });
  const more = h("button", { type: "button", class: "btn btn-sm", hidden: true }, say("more"));
  const search = h("input", { type: "search", class: "form-control form-control-sm", placeholder: say("librarySearch"), "aria-label": say("librarySearch"), "data-testid": "library-search" });
  const input = h("input", { type: "file", accept: "image/png,image/jpeg,image/webp,image/gif", multiple: true, hidden: true, "data-testid": "library-file" });
  const dialog = h("dialog", { class: "qe-dialog qe-library-dialog", "aria-labelledby": "library-title", "data-testid": "library-dialog" });
  let next: string | null = null;
  let asked = 0;
  const known = new Set<string>();

  function tell(sentence: string | null): void {
    said.hidden = sentence === null;
    said.textContent = sentence ?? "";
  }

  function pick(asset: Asset): void {
    dialog.close();
    use(asset);
  }

  function add(asset: Asset, first = false): void {
    if (known.has(asset.id)) {
      // The same picture again: there it is.
      grid.querySelector<HTMLElement>(`[data-asset="${CSS.escape(asset.url)}"]`)?.focus();
      return;
    }
    known.add(asset.id);
    const item = itemOf(asset);
    if (first) grid.prepend(item);
    else grid.append(item);
    grid.querySelector(".qe-hint")?.remove();
  }

  function itemOf(asset: Asset): HTMLElement {
    const name = nameOf(asset);
    const item = h("li", { class: "qe-library-item" });
    const picture = h("img", { src: pictureAddress(asset.url), alt: "", loading: "lazy" });
    const words = h("span", {}, name);
    picture.addEventListener("error", () => picture.replaceWith(h("span", { class: "qe-picture-missing" }, say("pictureMissing"))));
    const panel = h("div", { class: "qe-popover is-menu", role: "menu", "aria-label": say("pictureMore", { name }), hidden: true });
    const button = h("button", { type: "button", class: "qe-tool qe-preset-more", "aria-haspopup": "menu", title: say("pictureMore", { name }), "aria-label": say("pictureMore", { name }) }, h("span", { "aria-hidden": "true" }, "⋯"));
    const menu = popover(button, panel, () => panel.querySelector("button")?.focus());
    const entry = (id: string, title: string, run: () => unknown): HTMLElement =>
      h("button", { type: "button", role: "menuitem", class: "qe-menu-row", "data-picture-do": id, onclick: () => {
        menu.close();
        void run();
      } }, title);
    panel.append(entry("rename", say("renameMore"), () => rename(asset, item)), entry("delete", say("deleteMore"), () => askDelete(asset, item)));
    item.append(h("button", { type: "button", class: "qe-picture", "data-asset": asset.url, title: `${name} · ${asset.width} × ${asset.height}`, "aria-label": say("libraryUse", { name }), onclick: () => pick(asset) }, picture, words), button, panel);
    return item;
  }

  async function rename(asset: Asset, item: HTMLElement): Promise<void> {
    const name = await askName(say("pictureRename", { name: nameOf(asset) }), asset.name, LONGEST_NAME, say("renameIt"));
    if (name === null || name === asset.name) return;
    await tried(async () => item.replaceWith(itemOf(await api.renamePicture(asset, name))), "pictureRefused");
  }

  /** Gone is gone: asked once, in place. */
  function askDelete(asset: Asset, item: HTMLElement): void {
    const name = nameOf(asset);
    const yes = h("button", { type: "button", class: "btn btn-sm btn-danger", "data-testid": "picture-delete-yes", onclick: () => void remove(asset, item) }, say("deleteIt"));
    item.append(h("div", { class: "qe-library-ask", role: "group", "aria-label": say("pictureDelete", { name }) }, h("span", {}, say("pictureDelete", { name })), h("div", { class: "qe-row" }, yes, h("button", { type: "button", class: "btn btn-sm", onclick: () => item.querySelector(".qe-library-ask")?.remove() }, say("cancel")))));
    yes.focus();
  }

  async function remove(asset: Asset, item: HTMLElement): Promise<void> {
    item.querySelector(".qe-library-ask")?.remove();
    await tried(async () => {
      await api.deletePicture(asset);
      item.remove();
      known.delete(asset.id);
      if (known.size === 0) showEmpty();
      toast({ text: say("deleted", { name: nameOf(asset) }) });
    }, "pictureRefused");
  }

  async function tried(run: () => Promise<void>, refusal: "pictureRefused" | "uploadFailed"): Promise<void> {
    tell(null);
    try {
      await run();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      tell(say(refusal, { why: error.problems[0]?.message ?? error.message }));
    }
  }

  function showEmpty(): void {
    grid.replaceChildren(h("li", { class: "qe-hint" }, say(search.value.trim() ? "libraryNothing" : "libraryEmpty")));
  }

  async function load(): Promise<void> {
    const mine = (asked += 1);
    try {
      const page = await api.assets(next, search.value.trim());
      if (mine !== asked) return;
      for (const asset of page.results) add(asset);
      next = page.next;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      tell(say("notChecked", { why: error.message }));
    }
    more.hidden = next === null;
    if (known.size === 0) showEmpty();
  }

  async function upload(files: readonly File[]): Promise<void> {
    for (const file of files) {
      await tried(async () => {
        const asset = await api.upload(file);
        if (files.length === 1) pick(asset);
        else add(asset, true);
      }, "uploadFailed");
    }
  }

  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      next = null;
      known.clear();
      grid.replaceChildren();
      void load();
    }, REST);
  });
  input.addEventListener("change", () => void upload([...(input.files ?? [])]));
  more.addEventListener("click", () => void load());
  dialog.addEventListener("dragover", (event) => event.preventDefault());
  dialog.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    void upload([...(event.dataTransfer?.files ?? [])]);
  });
  dialog.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return; // words for the search
    event.stopPropagation();
    event.preventDefault();
    void upload(files);
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(
    h("h2", { id: "library-title" }, say("library")),
    h("p", { class: "qe-hint" }, say("libraryHint")),
    search, said, grid, input,
    h("div", { class: "qe-row" }, h("button", { type: "button", class: "btn btn-primary", onclick: () => input.click() }, say("upload")), more, h("button", { type: "button", class: "btn", onclick: () => dialog.close() }, say("close"))),
  );
  document.body.append(dialog);
  dialog.showModal();
  void load();
}

function nameOf(asset: Asset): string {
  return asset.name || `${asset.width} × ${asset.height}`;
}
