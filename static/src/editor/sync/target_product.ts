/** For which products a layout is made: hands are held to what those can draw. */
import type { Editor } from "../state/editor.ts";
import { limitsOf } from "../geometry/limits.ts";
import type { Product } from "./products.ts";

export class MadeFor {
  readonly all: readonly Product[];
  private readonly editor: Editor;
  private readonly listeners = new Set<() => void>();
  private running: readonly string[] = [];

  constructor(editor: Editor, all: readonly Product[]) {
    this.editor = editor;
    this.all = all;
    // A canvas of another size is shrunk otherwise; somebody else may choose another product.
    editor.onChange((part) => (part === "document" || part === "preview") && this.hold());
    this.hold();
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** The product that somebody chose; null: those on which it runs now. */
  get choice(): string | null {
    return this.all.find((one) => one.slug === this.editor.madeFor)?.slug ?? null;
  }

  get products(): readonly Product[] {
    return this.all.filter((one) => (this.choice === null ? this.running.includes(one.slug) : one.slug === this.choice));
  }

  choose(slug: string | null): void {
    this.editor.set({ made_for: slug ?? "" });
  }

  /** What it runs on now. */
  runsOn(slugs: readonly string[]): void {
    this.running = slugs;
    this.hold();
  }

  private hold(): void {
    this.editor.limits = limitsOf(this.products.map((one) => one.limits), this.editor.document.canvas);
    for (const listener of this.listeners) listener();
  }
}
