/** What every product makes of the draft: asked a moment after each change, late answers to old questions thrown away. */
import { ApiError, type Api, type Finding, type Outlook } from "../../api/client.ts";
import type { Editor } from "../state/editor.ts";
import type { ProductLimits } from "../geometry/limits.ts";

export interface Product {
  readonly slug: string;
  readonly title: string;
  readonly vendor: string;
  readonly limits: ProductLimits;
}

/** `failure`: nobody could be asked, and why. */
export type Answer = (Outlook & { readonly failure: null }) | { readonly findings: readonly Finding[]; readonly drawn: null; readonly failure: string };

/** Not a product: what is to be said whatever the cloud. */
export const ANY = "any";
const REST = 400;
const TOGETHER = 2;

export class Products {
  readonly all: readonly Product[];
  private readonly editor: Editor;
  private readonly api: Api;
  private readonly answers = new Map<string, Answer>();
  private readonly listeners = new Set<() => void>();
  private apps: Promise<ReadonlyMap<string, string>> | null = null;
  private asking = new AbortController();
  private timer = 0;
  /** The product that is looked at is asked first. */
  private wanted: string | null = null;

  constructor(editor: Editor, api: Api, all: readonly Product[]) {
    this.editor = editor;
    this.api = api;
    this.all = all;
    editor.onChange((part) => {
      if (part !== "document") return;
      // What is under way answers to a layout that is no more.
      this.asking.abort();
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(), REST);
    });
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  of(slug: string): Answer | undefined {
    return this.answers.get(slug);
  }

  /** Shows the canvas as this product draws it; null is the draft. */
  look(slug: string | null): void {
    this.wanted = slug;
    this.show();
    this.tell();
  }

  get looked(): Product | null {
    return this.all.find((one) => one.slug === this.wanted) ?? null;
  }

  async ask(): Promise<void> {
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const waiting = [ANY, ...this.all.map((one) => one.slug)].toSorted((a, b) => Number(b === this.wanted) - Number(a === this.wanted));
    const one = async (): Promise<void> => {
      for (let slug = waiting.shift(); slug !== undefined && !signal.aborted; slug = waiting.shift()) await this.askOne(slug, signal);
    };
    await Promise.all(Array.from({ length: TOGETHER }, one));
  }

  private async askOne(slug: string, signal: AbortSignal): Promise<void> {
    const { document } = this.editor;
    let answer: Answer;
    try {
      if (slug === ANY) answer = { ...(await this.api.check(document, signal)), drawn: null, failure: null };
      else {
        const app = (await this.knownApps()).get(this.all.find((one) => one.slug === slug)?.vendor ?? "");
        const { findings, drawn } = await this.api.findings(slug, document, { app, variables: this.editor.variables }, signal);
        // A sample app says nothing about the team's own.
        answer = { findings: app ? findings : findings.filter(isOfDocument), drawn, failure: null };
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      const findings = error.problems.map(({ pointer, code, message }) => this.fromProblem(pointer, code, message));
      answer = { findings, drawn: null, failure: findings.length > 0 ? "" : error.message };
      if (findings.length > 0) answer = { findings, drawn: null, failure: null };
    }
    if (signal.aborted) return;
    this.answers.set(slug, answer);
    if (slug === this.wanted) this.show();
    this.tell();
  }

  /** Asked once; where nobody answers, a sample serves, and the next question tries again. */
  private async knownApps(): Promise<ReadonlyMap<string, string>> {
    this.apps ??= this.api.apps();
    try {
      return await this.apps;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.apps = null;
      return new Map();
    }
  }

  /** A refused document names its objects by pointer: /objects/3/width. */
  private fromProblem(pointer: string, code: string, message: string): Finding {
    const [, index, field] = /^\/(?:document\/)?objects\/(\d+)(?:\/(\w+))?/.exec(pointer) ?? [];
    return { level: "error", code, message, field: field ?? null, object_id: index === undefined ? null : (this.editor.document.objects[Number(index)]?.id ?? null) };
  }

  private show(): void {
    const drawn = this.wanted === null ? null : (this.answers.get(this.wanted)?.drawn ?? null);
    if (this.wanted !== null && drawn === null && !this.answers.has(this.wanted)) return;
    this.editor.showPreview(this.wanted !== null && drawn ? { product: this.wanted, drawn } : null);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Of the layout itself, not of the app, the room or the output. */
function isOfDocument({ object_id, field }: Finding): boolean {
  return object_id !== null || (field ?? "").startsWith("canvas");
}
