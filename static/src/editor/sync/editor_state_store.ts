/** Guides, groups, samples and the product it is made for are kept beside the layout, for everybody who edits it: no product draws them, so they are no part of the document. */
import { ApiError, type Api, type KeptAids, type Layout } from "../../api/client.ts";
import { toast } from "../../behaviors/toasts.ts";
import { keptUp, mayPass } from "../../live/single_flight.ts";
import { besidePicture, type Aids } from "../document/editor_state.ts";
import { alike, merged, NOTHING_BESIDE, ofObjects, withUnknown, type Beside, type Settings } from "../document/merge_editor_state.ts";
import type { Editor } from "../state/editor.ts";
import type { Saving } from "./saving.ts";
import { say } from "../i18n/strings.ts";

const REST = 1000;
const RETRY = 5000;

/** In this browser, until the server has confirmed it. */
interface Kept {
  readonly aids: Aids;
  readonly variables: Beside["variables"];
  /** Missing in what an older version of the editor kept. */
  readonly made_for?: string;
  /** What the server had when these were changed; missing in what an older version of the editor kept. */
  readonly base?: Beside;
}

/**
 * Saves a second after the last change, once the document itself is saved: a group of new objects needs the objects.
 * What others change meanwhile is put together with one's own, not asked about: none of it is in the picture.
 */
export class AidsStore {
  private readonly editor: Editor;
  private readonly api: Api;
  private readonly saving: Saving;
  private readonly layout: string;
  private readonly key: string;
  private base: Beside;
  private revision: number;
  private before: Settings & { readonly aids: Aids };
  private readonly takeIn = keptUp(() => this.fetched());
  private running: Promise<void> | null = null;
  private timer = 0;

  constructor(editor: Editor, api: Api, saving: Saving, layout: string, first: KeptAids) {
    this.editor = editor;
    this.api = api;
    this.saving = saving;
    this.layout = layout;
    this.key = `quadbox-aids-${layout}`;
    [this.base, this.revision] = read(first);
    this.put(this.recovered());
    this.before = this.present;
    if (!editor.viewer && this.dirty) this.later(REST);
    editor.onChange((part) => {
      this.changed();
      // What the server drops with a deleted object is dropped here, too.
      if (part === "saving" && saving.state.kind === "saved") {
        this.base = ofObjects(this.base, editor.document);
        if (this.dirty && !editor.viewer) this.later(REST);
      }
    });
    saving.onCopy((copy) => this.carryTo(copy));
    document.addEventListener("visibilitychange", () => document.hidden && void this.flush());
    window.addEventListener("online", () => void this.flush());
    document.addEventListener("quadbox:aids.changed", (event) => void this.heard((event as CustomEvent<{ layout_id?: string; revision?: number }>).detail));
    document.addEventListener("quadbox:resync", () => void this.heard({ layout_id: layout, revision: Infinity }));
  }

  /** Saves now, if there is anything to save and the document is saved. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (this.editor.viewer || !this.dirty || this.saving.state.kind !== "saved" || this.editor.inGesture) return;
    this.running = this.send().finally(() => (this.running = null));
    await this.running;
  }

  private get present(): AidsStore["before"] {
    return { aids: this.editor.aids, variables: this.editor.variables, made_for: this.editor.madeFor };
  }

  private get mine(): Beside {
    const { aids, ...settings } = this.present;
    return { ...aids, ...settings };
  }

  private get dirty(): boolean {
    return !alike(withUnknown(this.mine, this.base, this.editor.document), withUnknown(this.base, this.base, this.editor.document));
  }

  private recovered(): Beside {
    const text = localStorage.getItem(this.key);
    if (!text || this.editor.viewer) return this.base;
    const kept = JSON.parse(text) as Kept;
    return merged({ ...NOTHING_BESIDE, ...kept.base }, { ...NOTHING_BESIDE, ...kept.aids, variables: kept.variables ?? {}, made_for: kept.made_for ?? kept.base?.made_for ?? "" }, this.base);
  }

  private put({ variables, made_for, ...aids }: Beside): void {
    this.editor.aids = aids;
    this.editor.variables = variables;
    this.editor.madeFor = made_for;
  }

  private changed(): void {
    const { editor, before } = this;
    if (editor.viewer || editor.inGesture || (before.aids === editor.aids && before.variables === editor.variables && before.made_for === editor.madeFor)) return;
    this.before = this.present;
    if (!this.dirty) localStorage.removeItem(this.key);
    else {
      this.keep();
      this.later(REST);
    }
  }

  private keep(): void {
    const kept: Kept = { ...this.present, base: this.base };
    localStorage.setItem(this.key, JSON.stringify(kept));
  }

  private later(wait: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), wait);
  }

  private async send(): Promise<void> {
    const sent = withUnknown(this.mine, this.base, this.editor.document);
    try {
      [this.base, this.revision] = read(await this.api.saveAids({ ...sent, revision: this.revision }));
      if (this.dirty) this.changedMeanwhile();
      else localStorage.removeItem(this.key);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 412) await this.takeIn();
      else if (error.status === 400) toast({ text: say("aidsRefused", { why: error.problems[0]?.message ?? error.message }), level: "error" });
      else if (mayPass(error.status)) this.later(RETRY);
      else this.saving.loseTo(error.status); // the copy stays in this browser
    }
  }

  private changedMeanwhile(): void {
    this.keep();
    this.later(REST);
  }

  private async heard({ layout_id, revision }: { layout_id?: string; revision?: number }): Promise<void> {
    if (layout_id !== this.layout) return;
    while (this.running) await this.running;
    if ((revision ?? 0) > this.revision) await this.takeIn();
  }

  /** Puts what the server has together with what was changed here, and saves what that makes. */
  private async fetched(): Promise<boolean> {
    let theirs: Beside;
    let revision: number;
    try {
      [theirs, revision] = read(await this.api.loadAids());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return !mayPass(error.status);
    }
    if (revision <= this.revision) return true; // one's own save came first
    const { base } = this;
    const { variables, made_for } = merged(base, this.mine, theirs);
    this.base = theirs;
    this.revision = revision;
    this.editor.bring(({ ...aids }) => besidePicture(merged(base, { ...NOTHING_BESIDE, ...aids }, theirs)), { variables, made_for });
    this.before = this.present;
    if (this.editor.viewer) return true;
    if (this.dirty) this.changedMeanwhile();
    else localStorage.removeItem(this.key);
    return true;
  }

  private async carryTo(copy: Layout): Promise<void> {
    const mine = ofObjects(this.mine, this.editor.document);
    if (alike(mine, NOTHING_BESIDE)) return;
    try {
      await this.api.saveAids({ ...mine, revision: 0 }, copy.id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast({ text: say("aidsRefused", { why: error.problems[0]?.message ?? error.message }), level: "error" });
    }
  }
}

function read({ revision, ...beside }: KeptAids): [Beside, number] {
  return [beside, revision];
}
