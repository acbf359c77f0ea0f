import { ApiError, type Api, type Layout } from "../../api/client.ts";
import { toast } from "../../behaviors/toasts.ts";
import { keptUp, mayPass } from "../../live/single_flight.ts";
import { differences } from "../document/differences.ts";
import { parseDocument } from "../document/parse.ts";
import { problemWords } from "../state/document_location.ts";
import type { Editor } from "../state/editor.ts";
import { KeptDraft, type Drawn } from "./local_draft.ts";
import { ASKED_ON_LEAVING, LOST, OUTSTANDING, type Lost, type SaveState } from "./save_states.ts";
import { say } from "../i18n/strings.ts";

const REST = 1000;
const LATEST = 10_000;
const RETRY = 5000;

/** What the server tells of a save, a deletion, a return. */
interface Heard {
  readonly layout?: { readonly id?: string; readonly version?: number; readonly deleted?: boolean };
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
  private readonly kept: KeptDraft;
  private readonly id: string;
  private saved: Drawn;
  /** The draft that was found here, until somebody is heard to have saved: it may be that very draft, on its way all the time. */
  private recovered: Drawn | null = null;
  private timer = 0;
  private carry: (copy: Layout) => Promise<void> = async () => undefined;
  private readonly look = keptUp(() => this.fetched());
  private dirtySince = 0;
  private running: Promise<void> | null = null;

  constructor(editor: Editor, api: Api, layout: Layout) {
    this.editor = editor;
    this.api = api;
    this.version = layout.version;
    this.id = layout.id;
    this.kept = new KeptDraft(layout.id);
    this.saved = { document: editor.document, name: editor.name };
    this.state = editor.viewer ? { kind: "readonly" } : { kind: "saved", at: null };
    editor.onChange((part) => part === "document" && this.changed());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : void this.retry()));
    // Whoever signed in again in another window comes back to this one.
    window.addEventListener("focus", () => void this.retry());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("online", () => void this.flush());
    window.addEventListener("beforeunload", (event) => {
      // The copy is kept in this browser; the question is for those who go on at another machine.
      if (this.dirty && ASKED_ON_LEAVING.has(this.state.kind)) event.preventDefault();
    });
    document.addEventListener("quadbox:layout.saved", (event) => void this.heard((event as CustomEvent<Heard>).detail));
    document.addEventListener("quadbox:resync", () => void (this.lost ? this.retry() : this.look()));
  }

  private get dirty(): boolean {
    return this.editor.document !== this.saved.document || this.editor.name !== this.saved.name;
  }

  /**
   * Somebody saved. Who has changed nothing here sees theirs at once; who has is asked at the next save. It may be what stands
   * here, sent by another window of this browser, or by this page as it was left: then that much is saved.
   */
  private async heard({ layout }: Heard): Promise<void> {
    if (layout?.id !== this.id) return;
    if (layout.deleted) this.loseTo(404);
    else if (this.lost) await this.retry();
    if (!this.lost && (layout.version ?? 0) > this.version) await this.look();
  }

  /** Shows what the server holds, where nobody changed anything here. False where it is to be looked at later. */
  private async fetched(): Promise<boolean> {
    if (this.lost || this.isAsking) return true;
    const drawn = this.drawn;
    let theirs: Layout;
    try {
      theirs = await this.api.load();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return !mayPass(error.status);
    }
    if (this.isAsking || theirs.version <= this.version) return true;
    if (this.editor.inGesture) return false; // nothing changes under a hand
    if (this.editor.viewer || (!this.isOurs(theirs, drawn) && !this.dirty)) this.takeOver(theirs);
    return true;
  }

  /** The save that runs, or a person who is asked already, finds out what the server holds. */
  private get isAsking(): boolean {
    return this.running !== null || this.state.kind === "conflict";
  }

  private get drawn(): Drawn {
    return { document: this.editor.document, name: this.editor.name };
  }

  /** Whether what the server holds came from here: then that much is saved, and what was done since goes on from there. */
  private isOurs(theirs: Layout, drawn: Drawn): boolean {
    const ours = [drawn, this.recovered].find((one) => one !== null && isSame(theirs, one));
    this.recovered = null;
    if (!ours) return false;
    this.adopt(theirs.version, ours);
    return true;
  }

  /** The server holds this much of what was drawn here. */
  private adopt(version: number, drawn: Drawn): void {
    this.version = version;
    this.saved = drawn;
    this.confirm();
    if (this.dirty) this.changed();
  }

  /** A draft that never reached the server, from a tab that was closed or crashed. */
  recover(): void {
    const draft = this.editor.viewer ? null : this.kept.found(this.editor.document);
    if (!draft) return;
    // Saved against the version it was drawn on: if someone else went on since, the server says so.
    this.version = Math.min(this.version, draft.version);
    this.editor.apply(say("restoreDraft"), parseDocument(draft.document), { by: "server" });
    if (draft.name && draft.name !== this.editor.name) {
      this.editor.name = draft.name;
      this.editor.emit("document");
    }
    this.recovered = this.drawn;
    toast({ text: say("recovered"), action: { label: say("discard"), run: () => this.editor.undo() } });
  }

  get lost(): Lost | null {
    const { kind } = this.state;
    return kind === "signedOut" || kind === "gone" || kind === "forbidden" ? kind : null;
  }

  /** Nothing can be saved for now: what is drawn stays here, and is tried again when there is hope. */
  loseTo(status: number): boolean {
    const lost = LOST[status];
    if (lost === undefined) return false;
    if (this.editor.viewer && lost === "forbidden") return false;
    this.set({ kind: lost });
    return true;
  }

  /** Whether it can be saved again: asked when somebody comes back to this window. */
  async retry(): Promise<void> {
    if (!this.lost || this.running) return;
    try {
      const theirs = await this.api.load();
      if (this.editor.viewer) this.set({ kind: "readonly" });
      else if (this.dirty) {
        this.set({ kind: "unsaved" });
        await this.flush();
      } else if (theirs.version > this.version) this.takeOver(theirs);
      else this.set({ kind: "saved", at: new Date() });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.loseTo(error.status);
    }
  }

  /** Brings a deleted layout back, and saves what was drawn since. */
  async bringBack(): Promise<void> {
    try {
      await this.api.restore();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast({ text: say("notBack", { why: error.message }), level: "error" });
      return;
    }
    await this.retry();
  }

  rename(name: string): void {
    if (this.editor.readonly || !name.trim() || name.trim() === this.editor.name) return;
    this.editor.name = name.trim();
    this.editor.emit("document");
  }

  /** Saves now, if there is anything to save, and waits for it. */
  async flush(leaving = false): Promise<void> {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!this.dirty || this.editor.viewer || this.state.kind === "conflict") return;
    this.running = this.send(leaving).finally(() => (this.running = null));
    await this.running;
  }

  /** What else a copy of this layout is given. */
  onCopy(carry: (copy: Layout) => Promise<void>): void {
    this.carry = carry;
  }

  takeTheirs(): void {
    if (this.state.kind === "conflict") this.takeOver(this.state.theirs);
  }

  private takeOver(theirs: Layout): void {
    const document = parseDocument(theirs.document);
    this.version = theirs.version;
    this.state = this.editor.viewer ? { kind: "readonly" } : { kind: "saved", at: new Date() };
    this.editor.name = theirs.name;
    this.saved = { document, name: theirs.name };
    // Undoable: one's own draft is a Ctrl+Z away.
    if (this.editor.viewer) this.editor.replace(document);
    else this.editor.apply(say("takeTheirs"), document, { by: "server" });
    this.saved = { document: this.editor.document, name: theirs.name };
    if (this.editor.viewer) this.editor.emit("saving");
    else this.confirm();
  }

  /** A new layout with this draft; null, and said so, when the server does not take it. */
  async keepMineAsCopy(): Promise<Layout | null> {
    try {
      const copy = await this.api.create(`${this.editor.name.slice(0, 100)} (${say("copySuffix")})`, this.editor.document);
      await this.carry(copy);
      this.kept.forget();
      this.saved = this.drawn;
      return copy;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast({ text: say("refused", { why: error.problems[0] ? problemWords(this.editor.document, error.problems[0]) : error.message }), level: "error" });
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
    if (this.editor.viewer) return;
    if (!this.dirty) {
      // Undone to what the server holds: there is nothing left to send, nor to recover.
      if (OUTSTANDING.has(this.state.kind)) this.confirm();
      return;
    }
    this.kept.keep(this.drawn, this.version);
    if (this.state.kind === "conflict" || this.lost) return;
    const now = Date.now();
    this.dirtySince ||= now;
    if (this.state.kind !== "saving") this.set({ kind: "unsaved" });
    this.later(Math.min(REST, Math.max(0, this.dirtySince + LATEST - now)));
  }

  private later(wait: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), wait);
  }

  private async send(leaving: boolean): Promise<void> {
    const { drawn } = this;
    this.set({ kind: "saving" });
    this.dirtySince = 0;
    try {
      const answer = await this.api.save({ ...drawn, version: this.version }, leaving);
      this.recovered = null;
      this.adopt(answer.version, drawn);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      await this.failed(error);
    }
  }

  private async failed(error: ApiError): Promise<void> {
    if (error.status === 412) {
      try {
        const theirs = await this.api.load();
        // Another window of this browser may have found the same draft, and saved it first.
        if (!this.isOurs(theirs, this.drawn)) this.set({ kind: "conflict", theirs });
        return;
      } catch (second) {
        if (!(second instanceof ApiError)) throw second;
      }
    } else if (this.loseTo(error.status)) return;
    else if (!mayPass(error.status)) {
      const [problem] = error.problems;
      this.set({ kind: "refused", why: problem ? problemWords(this.editor.document, problem) : error.message });
      return;
    }
    this.set({ kind: error.status === 0 ? "offline" : "retrying" });
    this.later(RETRY);
  }

  private confirm(): void {
    if (!this.dirty) this.kept.forget();
    this.set({ kind: "saved", at: new Date() });
  }

  private leave(): void {
    if (!this.dirty || this.editor.viewer || this.running || this.lost || this.state.kind === "conflict") return;
    // The answer may never be read; the kept draft covers that.
    void this.flush(true);
  }

  private set(state: SaveState): void {
    this.state = state;
    this.editor.emit("saving");
  }
}

function isSame(theirs: Layout, { document, name }: Drawn): boolean {
  return name === theirs.name && differences(parseDocument(theirs.document), document).length === 0;
}
