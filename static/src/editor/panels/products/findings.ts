/** What is to be said of the draft: of the product that is looked at, by level; else of all, with counts. */
import type { Finding } from "../../../api/client.ts";
import { fixAll, fixFor, type FixKind } from "../../commands/fix.ts";
import { titleOf, type Editor } from "../../state/editor.ts";
import { ANY, type Product, type Products } from "../../sync/products.ts";
import { say, type Key } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";
import { chooseTab } from "../../ui/tabs.ts";
import { LEVELS, MARKS, tile, verdictOf } from "./verdict.ts";

const HEADINGS: Record<Finding["level"], Key> = { error: "levelError", dropped: "levelDropped", changed: "levelChanged", note: "levelNote" };

export function mountFindings(editor: Editor, products: Products, exportPage: string, element: HTMLElement, badge: HTMLElement): void {
  const open = new Set<string>();

  function show(finding: Finding): void {
    const object = editor.document.objects.find((one) => one.id === finding.object_id);
    if (!object) {
      chooseTab("canvas");
      return;
    }
    editor.select(new Set([object.id]));
    editor.announce(finding.message);
  }

  function hover(id: string | null): void {
    const known = editor.document.objects.some((one) => one.id === id) ? id : null;
    if (editor.hovered === known) return;
    editor.hovered = known;
    editor.emit("view");
  }

  function mend(findings: readonly Finding[], slug: string, name: string): void {
    const drawn = products.of(slug)?.drawn ?? null;
    editor.apply(say("fixed", { name }), fixAll(findings, editor.document, drawn), { by: "panel" });
  }

  function item(finding: Finding, slug: string): HTMLElement {
    const object = editor.document.objects.find((one) => one.id === finding.object_id);
    const fix: FixKind | null = editor.readonly ? null : fixFor(finding, editor.document, products.of(slug)?.drawn ?? null);
    const name = object ? titleOf(object) : say("canvasThing");
    return h(
      "li", { class: `qe-finding is-${finding.level}`, onpointerenter: () => hover(finding.object_id), onpointerleave: () => hover(null), "data-level": finding.level, "data-code": finding.code, "data-finding-object": finding.object_id },
      h(
        "button", { type: "button", class: "qe-finding-words", onclick: () => show(finding), onfocus: () => hover(finding.object_id), onblur: () => hover(null) },
        h("span", { class: "qe-level", title: say(finding.level) }, h("span", { "aria-hidden": "true" }, MARKS[finding.level]), h("span", { class: "visually-hidden" }, say(finding.level))),
        h("span", {}, h("strong", {}, name), " ", finding.message),
      ),
      fix && h("button", { type: "button", class: "btn btn-sm qe-fix", "data-fix": fix, title: say(`fix-${fix}`), "aria-label": `${say("fix")} (${name}): ${say(`fix-${fix}`)}`, onclick: () => mend([finding], slug, name) }, say("fix")),
    );
  }

  function levels(findings: readonly Finding[], slug: string): HTMLElement[] {
    return LEVELS.flatMap((level) => {
      const some = findings.filter((one) => one.level === level);
      if (some.length === 0) return [];
      return [h("section", { class: "qe-level-group" }, h("h3", { class: "qe-title" }, `${say(HEADINGS[level])} · ${some.length}`), h("ul", { class: "qe-findings" }, ...some.map((one) => item(one, slug))))];
    });
  }

  function fixButton(findings: readonly Finding[], slug: string, name: string): HTMLElement | null {
    const drawn = products.of(slug)?.drawn ?? null;
    const some = findings.filter((one) => one.level !== "dropped" && fixFor(one, editor.document, drawn) !== null);
    if (editor.readonly || some.length < 2) return null;
    return h("button", { type: "button", class: "btn btn-sm", "data-testid": "fix-all", onclick: () => mend(some, slug, name) }, say("fixAll", { n: some.length }));
  }

  function ofOne(product: Product): HTMLElement[] {
    const answer = products.of(product.slug);
    const { words, level } = verdictOf(answer);
    const findings = ownFindings(answer?.findings);
    return [
      h("div", { class: "qe-looked", "data-product": product.slug, "data-state": level }, tile(product.vendor), h("div", {}, h("h2", { class: "qe-product-name" }, product.title), h("span", { class: `qe-verdict is-${level}` }, words))),
      h("div", { class: "qe-row" }, h("button", { type: "button", class: "btn btn-sm", "data-testid": "all-products", onclick: () => products.look(null) }, say("backToDraft")), fixButton(findings, product.slug, product.title)),
      answer && answer.drawn === null && answer.failure === null ? h("p", { class: "qe-hint" }, say("notDrawn")) : h("span", {}),
      ...(answer && findings.length === 0 ? [h("p", { class: "qe-hint" }, say("looksSame"))] : levels(findings, product.slug)),
      ...common(),
    ];
  }

  /** Without those that `common` lists. */
  function ownFindings(findings: readonly Finding[] = []): readonly Finding[] {
    const shared = new Set((products.of(ANY)?.findings ?? []).map(keyOf));
    return findings.filter((finding) => !shared.has(keyOf(finding)));
  }

  /** Said whatever the cloud. */
  function common(): HTMLElement[] {
    const findings = products.of(ANY)?.findings ?? [];
    if (findings.length === 0) return [];
    return [h("section", { class: "qe-level-group", "data-product": ANY }, h("h3", { class: "qe-title" }, `${say("everyProduct")} · ${findings.length}`), h("ul", { class: "qe-findings" }, ...findings.map((one) => item(one, ANY))))];
  }

  function folded(product: Product): HTMLElement {
    const answer = products.of(product.slug);
    const { words, level } = verdictOf(answer);
    const findings = ownFindings(answer?.findings).toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
    const details = h(
      "details", { class: "qe-product", "data-product": product.slug, "data-state": level, open: open.has(product.slug) },
      h("summary", {}, tile(product.vendor), h("span", { class: "qe-product-name" }, product.title), h("span", { class: `qe-verdict is-${level}` }, words)),
      h("div", { class: "qe-row" }, h("button", { type: "button", class: "btn btn-sm", "data-look": product.slug, onclick: () => products.look(product.slug) }, `${say("previewAs")} ${product.title}`)),
      findings.length > 0 && h("ul", { class: "qe-findings" }, ...findings.map((one) => item(one, product.slug))),
    );
    details.addEventListener("toggle", () => (details.open ? open.add(product.slug) : open.delete(product.slug)));
    return details;
  }

  /** Where the focus was, so that new answers do not take it away. */
  function focusMark(): string | null {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement) || !element.contains(active)) return null;
    const all = [...element.querySelectorAll<HTMLElement>("button, summary")];
    return String(all.indexOf(active));
  }

  /** Each once, however many products have it. */
  function countErrors(): number {
    return new Set(products.all.flatMap((one) => products.of(one.slug)?.findings ?? []).filter((one) => one.level === "error").map((one) => `${one.code} ${one.object_id ?? ""}`)).size;
  }

  function draw(): void {
    const isEmpty = editor.document.objects.length === 0;
    const mark = focusMark();
    const { scrollTop } = element;
    const { looked } = products;
    const link = h("a", { class: "qe-link", href: exportPage, "data-testid": "export-page" }, say("exportPage"));
    element.replaceChildren(...(isEmpty ? [h("p", { class: "qe-hint", "data-testid": "findings-empty" }, say("findingsEmpty"))] : looked ? ofOne(looked) : [...common(), ...products.all.map(folded)]), link);
    element.scrollTop = scrollTop;
    if (mark !== null) [...element.querySelectorAll<HTMLElement>("button, summary")][Number(mark)]?.focus();
    // Nothing is wrong with a canvas on which nobody has drawn yet.
    const errors = isEmpty ? 0 : countErrors();
    badge.textContent = errors > 0 ? String(errors) : "";
    badge.hidden = errors === 0;
  }

  products.onChange(draw);
  let wasEmpty = editor.document.objects.length === 0;
  editor.onChange((part) => {
    const empty = editor.document.objects.length === 0;
    if (part === "document" && empty !== wasEmpty) draw();
    wasEmpty = empty;
  });
  draw();
}

function keyOf({ code, object_id: id, message }: Finding): string {
  return `${code} ${id ?? ""} ${message}`;
}
