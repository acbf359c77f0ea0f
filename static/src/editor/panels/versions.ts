import { ApiError, type Api, type Version } from "../../api/client.ts";
import { toast } from "../../behaviors/toasts.ts";
import { parseDocument } from "../document/parse.ts";
import type { Editor } from "../editor.ts";
import type { Saving } from "../saving.ts";
import { say } from "../strings.ts";
import { h } from "./dom.ts";

/** The list is fetched when its button opens it. Restoring is a change like any other: it can be undone, and makes a new version. */
export function mountVersions(editor: Editor, api: Api, saving: Saving, button: HTMLElement, panel: HTMLElement): void {
  async function fill(): Promise<void> {
    panel.replaceChildren(h("p", { class: "qe-hint" }, "…"));
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
    const { author } = version;
    const who = typeof author === "string" ? author : (author?.name ?? author?.username ?? "");
    const now = version.version === saving.version;
    return h(
      "li", { "data-version": version.version },
      h("div", {}, h("strong", {}, say("version", { n: version.version })), h("small", {}, `${who} · ${new Date(version.created_at).toLocaleString(document.documentElement.lang || "en")}`)),
      now ? h("span", { class: "badge" }, say("current")) : h("button", { type: "button", class: "btn btn-sm", disabled: editor.readonly, onclick: () => void restore(version) }, say("restoreButton")),
    );
  }

  async function restore(version: Version): Promise<void> {
    try {
      editor.apply(say("restore", { n: version.version }), parseDocument(await api.versionDocument(version)));
      close();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast({ text: say("notChecked", { why: error.message }), level: "error" });
    }
  }

  function close(): void {
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }

  button.addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    button.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) void fill();
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !panel.contains(event.target) && !button.contains(event.target)) close();
  });
  button.parentElement?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    close();
    button.focus();
  });
}
