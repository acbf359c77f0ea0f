/** Guides, groups and samples are kept in this browser: no product draws them, so they are no part of the document. */
import { NO_AIDS, type Aids } from "./document/aids.ts";
import type { Editor } from "./editor.ts";

interface Kept {
  readonly aids: Aids;
  readonly variables: Readonly<Record<string, string>>;
}

export function keepAids(editor: Editor, layout: string): void {
  const key = `quadbox-aids-${layout}`;
  const text = localStorage.getItem(key);
  if (text) {
    const kept = JSON.parse(text) as Partial<Kept>;
    editor.aids = { ...NO_AIDS, ...kept.aids };
    editor.variables = kept.variables ?? {};
  }
  let before = editor.aids;
  let samples = editor.variables;
  editor.onChange(() => {
    if (editor.inGesture || (before === editor.aids && samples === editor.variables)) return;
    before = editor.aids;
    samples = editor.variables;
    const there = new Set(editor.document.objects.map((object) => object.id));
    const groups = Object.fromEntries(Object.entries(editor.aids.groups).filter(([id]) => there.has(id)));
    const kept: Kept = { aids: { ...editor.aids, groups }, variables: samples };
    localStorage.setItem(key, JSON.stringify(kept));
  });
}
