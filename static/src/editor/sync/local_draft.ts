/** The draft as this browser keeps it, until the server has confirmed it. */
import type { LayoutDocument } from "../document/types.ts";

/** What is saved. */
export interface Drawn {
  readonly document: LayoutDocument;
  readonly name: string;
}

interface Draft extends Drawn {
  /** The version it was drawn on. */
  readonly version: number;
}

export class KeptDraft {
  private readonly key: string;

  constructor(layout: string) {
    this.key = `quadbox-draft-${layout}`;
  }

  keep(drawn: Drawn, version: number): void {
    const draft: Draft = { ...drawn, version };
    localStorage.setItem(this.key, JSON.stringify(draft));
  }

  forget(): void {
    localStorage.removeItem(this.key);
  }

  /** One that never reached the server, from a tab that was closed or crashed; null, and forgotten, if it is what the server holds. */
  found(held: LayoutDocument): Draft | null {
    const text = localStorage.getItem(this.key);
    if (!text) return null;
    const draft = JSON.parse(text) as Draft;
    if (JSON.stringify(draft.document) !== JSON.stringify(held)) return draft;
    this.forget();
    return null;
  }
}
