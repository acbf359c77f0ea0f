/** The team's pictures: used again, or new ones by button, drop or paste. */
import { ApiError, pictureAddress, type Api, type Asset } from "../../api/client.ts";
import { toast } from "../../behaviors/toasts.ts";
import { say } from "../strings.ts";
import { h } from "./dom.ts";

export type Use = (asset: Asset) => void;

/** Opens over the page; the picture that is picked goes to `use`. */
export function openLibrary(api: Api, use: Use): void {
  const grid = h("ul", { class: "qe-library", "data-testid": "library" });
  const more = h("button", { type: "button", class: "btn btn-sm", hidden: true }, say("more"));
  const input = h("input", { type: "file", accept: "image/png,image/jpeg,image/webp,image/gif", hidden: true, "data-testid": "library-file" });
  const dialog = h("dialog", { class: "qe-dialog qe-library-dialog", "aria-labelledby": "library-title", "data-testid": "library-dialog" });
  let next: string | null = null;
  const known = new Set<string>();

  function pick(asset: Asset): void {
    dialog.close();
    use(asset);
  }

  function add(asset: Asset, first = false): void {
    if (known.has(asset.id)) return;
    known.add(asset.id);
    const name = asset.name || `${asset.width} × ${asset.height}`;
    const item = h("li", {}, h("button", { type: "button", class: "qe-picture", "data-asset": asset.url, title: `${name} · ${asset.width} × ${asset.height}`, "aria-label": say("libraryUse", { name }), onclick: () => pick(asset) }, h("img", { src: pictureAddress(asset.url), alt: "", loading: "lazy" }), h("span", {}, name)));
    if (first) grid.prepend(item);
    else grid.append(item);
    grid.querySelector(".qe-hint")?.remove();
  }

  async function load(): Promise<void> {
    try {
      const page = await api.assets(next);
      for (const asset of page.results) add(asset);
      next = page.next;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast({ text: say("notChecked", { why: error.message }), level: "error" });
    }
    more.hidden = next === null;
    if (known.size === 0) grid.replaceChildren(h("li", { class: "qe-hint" }, say("libraryEmpty")));
  }

  async function upload(files: readonly File[]): Promise<void> {
    for (const file of files) {
      try {
        const asset = await api.upload(file);
        add(asset, true);
        if (files.length === 1) pick(asset);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        toast({ text: say("uploadFailed", { why: error.problems[0]?.message ?? error.message }), level: "error" });
      }
    }
  }

  const pictures = (list: FileList | undefined): File[] => [...(list ?? [])].filter((one) => one.type.startsWith("image/"));
  input.addEventListener("change", () => void upload(pictures(input.files ?? undefined)));
  more.addEventListener("click", () => void load());
  dialog.addEventListener("dragover", (event) => event.preventDefault());
  dialog.addEventListener("drop", (event) => {
    event.preventDefault();
    void upload(pictures(event.dataTransfer?.files));
  });
  dialog.addEventListener("paste", (event) => {
    event.stopPropagation();
    void upload(pictures(event.clipboardData?.files));
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(
    h("h2", { id: "library-title" }, say("library")),
    h("p", { class: "qe-hint" }, say("libraryHint")),
    grid, input,
    h("div", { class: "qe-row" }, h("button", { type: "button", class: "btn btn-primary", onclick: () => input.click() }, say("upload")), more, h("button", { type: "button", class: "btn", onclick: () => dialog.close() }, say("close"))),
  );
  document.body.append(dialog);
  dialog.showModal();
  void load();
}
