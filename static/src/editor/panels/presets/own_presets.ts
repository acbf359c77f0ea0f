/** The presets that the team keeps, as pictures below the built-in ones: put onto the layout, renamed, drawn anew, deleted, carried as a file. */
import { ApiError, type Api, type OwnPreset } from "../../../api/client.ts";
import { toast } from "../../../behaviors/toasts.ts";
import { keptUp, mayPass } from "../../../live/single_flight.ts";
import { shapeOf, sharesFor, sharesOf, type Shapes } from "../../commands/places.ts";
import { applyOwnPreset } from "../../commands/presets.ts";
import { isObject } from "../../document/schema.ts";
import { arrange } from "../../actions/arrange_regions.ts";
import type { Editor } from "../../state/editor.ts";
import { say } from "../../i18n/strings.ts";
import { askName } from "../../ui/ask.ts";
import { h } from "../../ui/dom.ts";
import { popover } from "../../ui/popover.ts";
import { presetPicture } from "./preset_picture.ts";
import { sentencesOf, showProblems } from "../products/problems.ts";
import { pickFile, saveJson } from "../versions/saved_file.ts";

const LONGEST_NAME = 60;
const FILE = "quadbox.presets/1";

export class OwnPresets {
  private readonly editor: Editor;
  private readonly api: Api;
  private readonly element: HTMLElement;
  private readonly load = keptUp(() => this.fetched());
  private presets: readonly OwnPreset[] = [];

  constructor(editor: Editor, api: Api, element: HTMLElement) {
    this.editor = editor;
    this.api = api;
    this.element = element;
    let shape = shapeOf(editor.document.canvas);
    let { fixed } = editor;
    editor.onChange((part) => {
      const now = shapeOf(editor.document.canvas);
      // Not at every news of a preview: an open menu would go.
      if ((part === "document" && now !== shape) || editor.fixed !== fixed) this.draw();
      shape = now;
      ({ fixed } = editor);
    });
    for (const kind of ["preset.changed", "resync"]) document.addEventListener(`quadbox:${kind}`, () => void this.load());
    this.draw();
    void this.load();
  }

  /** Saves the visible regions under a name. */
  async save(): Promise<void> {
    const { document } = this.editor;
    const shares = sharesOf(document);
    if (shares.length === 0) {
      toast({ text: say("presetEmpty"), level: "error" });
      return;
    }
    const name = await askName(say("presetName"), this.editor.name.slice(0, LONGEST_NAME), LONGEST_NAME, say("presetSave"));
    if (name === null) return;
    await this.tried(() => this.api.createPreset(name, { [shapeOf(document.canvas)]: shares }), () => say("presetSaved", { name }));
  }

  /** Presets from a file that `exportAll` or the menu of one wrote. */
  import(): void {
    pickFile("application/json,.json", (file) => void this.read(file));
  }

  exportAll(): void {
    if (this.presets.length > 0) saveJson(say("ownPresets"), fileOf(this.presets));
    else toast({ text: say("presetNone") });
  }

  private async read(file: File): Promise<void> {
    let value: unknown;
    try {
      value = JSON.parse(await file.text());
    } catch (error) {
      showProblems([say("notJson", { why: error instanceof Error ? error.message : "" })]);
      return;
    }
    const rows = isObject(value) && value["schema"] === FILE && Array.isArray(value["presets"]) ? (value["presets"] as unknown[]) : null;
    if (rows === null) {
      showProblems([say("presetNoFile")]);
      return;
    }
    const problems: string[] = [];
    let came = 0;
    for (const [index, row] of rows.entries()) {
      const { name, shapes } = isObject(row) ? row : {};
      try {
        await this.api.createPreset(name as string, shapes as Shapes);
        came += 1;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        problems.push(...sentencesOf(error).map((one) => `/presets/${index}${one.startsWith("/") ? "" : " — "}${one}`));
        if (error.problems.length === 0) break; // no answer, or full: the next would not fare better
      }
    }
    await this.load();
    if (came > 0) toast({ text: say("presetsCame", { n: came }) });
    if (problems.length > 0) showProblems(problems, say("presetsBad", { n: problems.length }));
  }

  private async fetched(): Promise<boolean> {
    try {
      this.presets = (await this.api.presets()).toSorted((a, b) => a.name.localeCompare(b.name));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return !mayPass(error.status); // what is shown stays
    }
    this.draw();
    return true;
  }

  /** False where the server said no, and why was told. */
  private async tried(run: () => Promise<unknown>, said: () => string, undo?: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast({ text: say("presetRefused", { why: error.problems[0]?.message ?? error.message }), level: "error" });
      return;
    }
    await this.load();
    toast(undo ? { text: said(), action: { label: say("undo"), run: () => void this.tried(undo, () => say("presetBack")) } } : { text: said() });
  }

  private apply({ name, shapes }: OwnPreset): void {
    arrange(this.editor, name, applyOwnPreset(this.editor.document, shapes));
  }

  private async rename({ id, name }: OwnPreset): Promise<void> {
    const next = await askName(say("presetRename", { name }), name, LONGEST_NAME, say("renameIt"));
    if (next !== null && next !== name) await this.tried(() => this.api.changePreset(id, { name: next }), () => say("presetRenamed", { name: next }), () => this.api.changePreset(id, { name }));
  }

  /** The places for the shape of the present canvas; those for others stay. */
  private async redraw({ id, name, shapes }: OwnPreset): Promise<void> {
    const { document } = this.editor;
    const shares = sharesOf(document);
    if (shares.length === 0) toast({ text: say("presetEmpty"), level: "error" });
    else await this.tried(() => this.api.changePreset(id, { shapes: { ...shapes, [shapeOf(document.canvas)]: shares } }), () => say("presetRedrawn", { name }), () => this.api.changePreset(id, { shapes }));
  }

  private async remove({ id, name, shapes }: OwnPreset): Promise<void> {
    await this.tried(() => this.api.deletePreset(id), () => say("deleted", { name }), () => this.api.createPreset(name, shapes));
  }

  private draw(): void {
    const open = this.element.querySelector('[aria-expanded="true"]')?.closest<HTMLElement>("[data-own-preset]")?.dataset["ownPreset"];
    const rows = this.presets.map((preset) => this.item(preset));
    this.element.hidden = rows.length === 0;
    this.element.replaceChildren(h("h3", { class: "qe-title" }, say("ownPresets")), h("ul", { class: "qe-presets qe-own-presets" }, ...rows));
    // News from elsewhere takes no menu away from whoever has it open.
    if (open) this.element.querySelector<HTMLElement>(`[data-own-preset="${CSS.escape(open)}"] .qe-preset-more`)?.click();
  }

  private item(preset: OwnPreset): HTMLElement {
    const { name } = preset;
    const { canvas } = this.editor.document;
    const panel = h("div", { class: "qe-popover is-menu", role: "menu", "aria-label": say("presetMore", { name }), hidden: true });
    const more = h("button", { type: "button", class: "qe-tool qe-preset-more", "aria-haspopup": "menu", title: say("presetMore", { name }), "aria-label": say("presetMore", { name }) }, h("span", { "aria-hidden": "true" }, "⋯"));
    const menu = popover(more, panel, () => panel.querySelector("button")?.focus());
    const entry = (id: string, words: string, run: () => unknown): HTMLElement =>
      h("button", { type: "button", role: "menuitem", class: "qe-menu-row", "data-preset-do": id, onclick: () => {
        menu.close();
        void run();
      } }, words);
    panel.append(
      entry("apply", say("presetApply"), () => this.apply(preset)),
      entry("redraw", say("presetRedraw"), () => this.redraw(preset)),
      entry("rename", say("renameMore"), () => this.rename(preset)),
      entry("export", say("exportFile"), () => saveJson(name, fileOf([preset]))),
      entry("delete", say("deleteIt"), () => this.remove(preset)),
    );
    return h(
      "li", { class: "qe-own-preset", "data-own-preset": preset.id },
      h("button", { type: "button", class: "qe-preset", title: name, disabled: this.editor.fixed, onclick: () => this.apply(preset) }, presetPicture(canvas, sharesFor(preset.shapes, shapeOf(canvas))), h("span", {}, name)),
      more, panel,
    );
  }
}

function fileOf(presets: readonly OwnPreset[]): object {
  return { schema: FILE, presets: presets.map(({ name, shapes }) => ({ name, shapes })) };
}
