import { ApiError, type Api, type Layout } from "../api/client.ts";
import { toast } from "../behaviors/toasts.ts";
import { parseDocument } from "./document/parse.ts";
import type { LayoutDocument } from "./document/types.ts";
import type { Editor } from "./editor.ts";
import { say } from "./strings.ts";

const REST = 1000;
const LATEST = 10_000;
const RETRY = 5000;

export type SaveState =
  | { readonly kind: "saved"; readonly at: Date | null }
  | { readonly kind: "unsaved" | "saving" | "retrying" | "offline" | "readonly" }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "conflict"; readonly theirs: Layout };

interface Draft {
  readonly document: LayoutDocument;
  readonly name: string;
  readonly version: number;
}

/**
 * Saves a second after the last change, with the version it started from. A refused version becomes a choice, never a silent merge.
 * Until the server has confirmed, a copy of the draft is kept in this browser.
 */
export class Saving {
  version: number;
  state: SaveState;
  private readonly editor: Editor;
  private readonly api: Api;
  private readonly key: string;
  private readonly id: string;
  private saved: { readonly document: LayoutDocument; readonly name: string };
  private timer = 0;
  private dirtySince = 0;
  private running: Promise<void> | null = null;

  constructor(editor: Editor, api: Api, layout: Layout) {
    this.editor = editor;
    this.api = api;
    this.version = layout.version;
    this.id = layout.id;
    this.key = `quadbox-draft-${layout.id}`;
    this.saved = { document: editor.document, name: editor.name };
    this.state = editor.readonly ? { kind: "readonly" } : { kind: "saved", at: null };
    editor.onChange((part) => part === "document" && this.changed());
    document.addEventListener("visibilitychange", () => document.hidden && this.leave());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("online", () => void this.flush());
    window.addEventListener("beforeunload", (event) => {
      // The copy is kept in this browser; the question is for those who go on at another machine.
      if (this.dirty && (this.state.kind === "offline" || this.state.kind === "retrying")) event.preventDefault();
    });
    document.addEventListener("quadbox:layout.saved", (event) => void this.heard((event as CustomEvent<{ layout?: { id?: string; version?: number } }>).detail));
  }

  private get dirty(): boolean {
    return this.editor.document !== this.saved.document || this.editor.name !== this.saved.name;
  }

  /** Somebody saved. Who has changed nothing here sees theirs at once; who has is asked at the next save. */
  private async heard({ layout }: { layout?: { id?: string; version?: number } }): Promise<void> {
    if (layout?.id !== this.id || (layout.version ?? 0) <= this.version || this.dirty || this.running || this.editor.inGesture) return;
    let theirs: Layout;
    try {
      theirs = await this.api.load();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return;
    }
    if (this.dirty || this.running || theirs.version <= this.version) return;
    this.takeOver(theirs);
  }

  /** A draft that never reached the server, from a tab that was closed or crashed. */
  recover(): void {
    const kept = localStorage.getItem(this.key);
    if (!kept || this.editor.readonly) return;
    const draft = JSON.parse(kept) as Draft;
    if (JSON.stringify(draft.document) === JSON.stringify(this.editor.document)) {
      localStorage.removeItem(this.key);
      return;
    }
    // Saved against the version it was drawn on: if someone else went on since, the server says so.
    this.version = Math.min(this.version, draft.version);
    this.editor.apply(say("restoreDraft"), parseDocument(draft.document));
    if (draft.name) this.rename(draft.name);
    toast({ text: say("recovered"), action: { label: say("discard"), run: () => this.editor.undo() } });
  }

  rename(name: string): void {
    if (this.editor.readonly || !name.trim() || name.trim() === this.editor.name) return;
    this.editor.name = name.trim();
    this.editor.emit("document");
  }

  /** Saves now, if there is anything to save, and waits for it. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!this.dirty || this.editor.readonly || this.state.kind === "conflict") return;
    this.running = this.send().finally(() => (this.running = null));
    await this.running;
  }

  takeTheirs(): void {
    if (this.state.kind === "conflict") this.takeOver(this.state.theirs);
  }

  private takeOver(theirs: Layout): void {
    const document = parseDocument(theirs.document);
    this.version = theirs.version;
    this.state = this.editor.readonly ? { kind: "readonly" } : { kind: "saved", at: new Date() };
    this.editor.name = theirs.name;
    this.saved = { document, name: theirs.name };
    // Undoable: one's own draft is a Ctrl+Z away.
    if (this.editor.readonly) this.editor.replace(document);
    else this.editor.apply(say("takeTheirs"), document);
    this.saved = { document: this.editor.document, name: theirs.name };
    if (this.editor.readonly) this.editor.emit("saving");
    else this.confirm();
  }

  /** A new layout with this draft; null, and said so, when the server does not take it. */
  async keepMineAsCopy(): Promise<Layout | null> {
    try {
      const copy = await this.api.create(`${this.editor.name.slice(0, 100)} (${say("copySuffix")})`, this.editor.document);
      localStorage.removeItem(this.key);
      this.saved = { document: this.editor.document, name: this.editor.name };
      return copy;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast({ text: say("refused", { why: error.problems[0]?.message ?? error.message }), level: "error" });
      return null;
    }
  }

  async overwrite(): Promise<void> {
    if (this.state.kind !== "conflict") return;
    this.version = this.state.theirs.version;
    this.set({ kind: "unsaved" });
    this.saved = { document: this.saved.document, name: "" };
    await this.flush();
  }

  private changed(): void {
    if (!this.dirty || this.editor.readonly) return;
    const draft: Draft = { document: this.editor.document, name: this.editor.name, version: this.version };
    localStorage.setItem(this.key, JSON.stringify(draft));
    if (this.state.kind === "conflict") return;
    const now = Date.now();
    this.dirtySince ||= now;
    if (this.state.kind !== "saving") this.set({ kind: "unsaved" });
    this.later(Math.min(REST, Math.max(0, this.dirtySince + LATEST - now)));
  }

  private later(wait: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), wait);
  }

  private async send(): Promise<void> {
    const { document, name } = this.editor;
    this.set({ kind: "saving" });
    this.dirtySince = 0;
    try {
      const answer = await this.api.save({ document, version: this.version, name });
      this.version = answer.version;
      this.saved = { document, name };
      this.confirm();
      if (this.dirty) this.changed();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      await this.failed(error);
    }
  }

  private async failed(error: ApiError): Promise<void> {
    if (error.status === 412) {
      try {
        this.set({ kind: "conflict", theirs: await this.api.load() });
        return;
      } catch (second) {
        if (!(second instanceof ApiError)) throw second;
      }
    } else if (error.status >= 400 && error.status < 500 && error.status !== 429) {
      const [problem] = error.problems;
      this.set({ kind: "refused", why: problem ? `${problem.pointer}: ${problem.message}` : error.message });
      return;
    }
    this.set({ kind: error.status === 0 ? "offline" : "retrying" });
    this.later(RETRY);
  }

  private confirm(): void {
    if (!this.dirty) localStorage.removeItem(this.key);
    this.set({ kind: "saved", at: new Date() });
  }

  private leave(): void {
    if (!this.dirty || this.editor.readonly || this.running || this.state.kind === "conflict") return;
    // The answer may never be read; the kept draft covers that.
    void this.flush();
  }

  private set(state: SaveState): void {
    this.state = state;
    this.editor.emit("saving");
  }
}
