/** The kept versions: who, when, a picture; compared with the draft, or restored. */
import { ApiError, type Api, type Version } from "../../../api/client.ts";
import { toast } from "../../../behaviors/toasts.ts";
import { besidePicture, type Aids } from "../../document/editor_state.ts";
import { parseDocument } from "../../document/parse.ts";
import type { LayoutDocument } from "../../document/types.ts";
import type { Editor } from "../../state/editor.ts";
import type { Saving } from "../../sync/saving.ts";
import { say } from "../../i18n/strings.ts";
import { openCompare } from "./compare.ts";
import { h } from "../../ui/dom.ts";
import { popover } from "../../ui/popover.ts";

const THUMBNAIL = 192;

interface Content {
  readonly document: LayoutDocument;
  /** Its objects are grouped as they were. */
  readonly aids: Aids;
}

/** Fetched when its button opens it. Restoring is a change like any other: it can be undone, and makes a new version. */
export function mountVersions(editor: Editor, api: Api, saving: Saving, button: HTMLElement, panel: HTMLElement): void {
  const menu = popover(button, panel, () => void fill());

  async function fill(): Promise<void> {
    if (panel.childElementCount === 0) panel.replaceChildren(h("p", { class: "qe-hint" }, "…"));
    try {
      await saving.flush();
      const { results } = await api.versions();
      panel.replaceChildren(results.length === 0 ? h("p", { class: "qe-hint" }, say("noVersions")) : h("ul", { class: "qe-versions" }, ...results.map(row)));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      panel.replaceChildren(h("p", { class: "qe-hint" }, say("notChecked", { why: error.message })));
    }
  }

  function row(version: Version): HTMLElement {
    const when = new Date(version.created_at).toLocaleString(document.documentElement.lang || "en", { dateStyle: "medium", timeStyle: "short" });
    const now = version.version === saving.version;
    const restoreIt = h("button", { type: "button", class: "btn btn-sm", disabled: editor.readonly, onclick: () => void restore(version) }, say("restoreButton"));
    return h(
      "li", { "data-version": version.version },
      h("img", { src: api.pictureOf(version.version, THUMBNAIL), alt: "", loading: "lazy", width: 96, height: 54 }),
      h("div", { class: "qe-grow" }, h("strong", {}, say("version", { n: version.version })), h("small", {}, nameOf(version)), h("small", {}, h("time", { datetime: version.created_at }, when))),
      now ? h("span", { class: "badge" }, say("current")) : h("div", { class: "qe-row" }, h("button", { type: "button", class: "btn btn-sm", "data-compare": version.version, onclick: () => void compare(version) }, say("compare")), restoreIt),
    );
  }

  async function contentOf({ version }: Version): Promise<Content | null> {
    try {
      const { document, aids } = await api.version(version);
      return { document: parseDocument(document), aids: besidePicture(aids) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast({ text: say("notChecked", { why: error.message }), level: "error" });
      return null;
    }
  }

  async function compare(version: Version): Promise<void> {
    const old = await contentOf(version);
    if (!old) return;
    menu.close();
    const sides = [{ label: say("ofVersion", { n: version.version }), document: old.document }, { label: say("draft"), document: editor.document, frame: "draft" }] as const;
    openCompare(say("compareTitle", { n: version.version }), sides[0], sides[1], (close) =>
      editor.readonly ? [] : [h("button", { type: "button", class: "btn btn-primary", "data-testid": "compare-restore", onclick: () => put(version, old, close) }, say("restoreButton"))],
    );
  }

  async function restore(version: Version): Promise<void> {
    const old = await contentOf(version);
    if (old) put(version, old, menu.close);
  }

  function put(version: Version, { document, aids }: Content, close: () => void): void {
    editor.apply(say("restore", { n: version.version }), document, { aids, by: "panel" });
    close();
    toast({ text: say("restored", { n: version.version }), action: { label: say("undo"), run: () => editor.undo() } });
  }
}

function nameOf({ author }: Version): string {
  return (typeof author === "string" ? author : (author?.name ?? author?.username)) || say("someone");
}
