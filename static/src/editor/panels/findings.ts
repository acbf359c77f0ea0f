/** What each product makes of the layout, asked again a moment after every change. */
import { ApiError, type Api, type Finding } from "../../api/client.ts";
import type { Editor } from "../editor.ts";
import { say } from "../strings.ts";
import { h } from "./dom.ts";

export interface Product {
  readonly slug: string;
  readonly title: string;
  readonly vendor: string;
}

type Answer = { readonly findings: readonly Finding[] } | { readonly failure: string };

const REST = 500;
const MARKS: Record<Finding["level"], string> = { error: "✕", changed: "≈", dropped: "∅", note: "i" };
const ORDER: readonly Finding["level"][] = ["error", "dropped", "changed", "note"];

export function mountFindings(editor: Editor, api: Api, products: readonly Product[], element: HTMLElement, badge: HTMLElement): void {
  const answers = new Map<string, Answer>();
  const open = new Set<string>();
  let timer = 0;
  let asking = new AbortController();

  async function ask(): Promise<void> {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const { document } = editor;
    await Promise.all(
      products.map(async ({ slug }) => {
        let answer: Answer;
        try {
          answer = await api.findings(slug, document, signal);
        } catch (error) {
          if (signal.aborted) return;
          if (!(error instanceof ApiError)) throw error;
          answer = error.problems.length > 0 ? { findings: error.problems.map((problem) => fromProblem(problem.pointer, problem.code, problem.message)) } : { failure: error.message };
        }
        if (signal.aborted) return;
        answers.set(slug, answer);
        draw();
      }),
    );
  }

  /** A refused document names its objects by pointer: /objects/3/width. */
  function fromProblem(pointer: string, code: string, message: string): Finding {
    const [, index, field] = /^\/(?:document\/)?objects\/(\d+)(?:\/(\w+))?/.exec(pointer) ?? [];
    return { level: "error", code, message, field: field ?? null, object_id: index === undefined ? null : (editor.document.objects[Number(index)]?.id ?? null) };
  }

  function item(finding: Finding): HTMLElement {
    const object = editor.document.objects.find((one) => one.id === finding.object_id);
    const show = (): void => {
      if (!object) return;
      editor.select(new Set([object.id]));
      const field = finding.field?.split(".").at(-1)?.split("/").at(-1);
      document.querySelector<HTMLElement>('[data-tab="object"]')?.click();
      if (field) document.querySelector<HTMLElement>(`[data-part="inspector"] [data-field="${CSS.escape(field)}"]`)?.focus();
    };
    return h(
      "li", {},
      h(
        object ? "button" : "div",
        { class: `qe-finding is-${finding.level}`, type: object ? "button" : null, "data-level": finding.level, "data-code": finding.code, "data-finding-object": finding.object_id, onclick: show },
        h("span", { class: "qe-level" }, h("span", { "aria-hidden": "true" }, MARKS[finding.level]), ` ${say(finding.level)}`),
        h("span", {}, finding.message, object ? h("small", {}, object.name || object.id) : null),
      ),
    );
  }

  function summary(answer: Answer | undefined): { words: string; level: string } {
    if (!answer) return { words: say("checking"), level: "wait" };
    if ("failure" in answer) return { words: say("notChecked", { why: answer.failure }), level: "wait" };
    const count = (...levels: Finding["level"][]): number => answer.findings.filter((finding) => levels.includes(finding.level)).length;
    const [errors, changes, notes] = [count("error"), count("changed", "dropped"), count("note")];
    if (errors > 0) return { words: `✕ ${say("errors", { n: errors })}`, level: "error" };
    if (changes > 0) return { words: `≈ ${say("differs", { n: changes })}`, level: "changed" };
    return { words: `✓ ${say("fits")}${notes > 0 ? ` · ${say("notes", { n: notes })}` : ""}`, level: "fits" };
  }

  function draw(): void {
    const focused = document.activeElement instanceof HTMLElement && element.contains(document.activeElement) ? document.activeElement.closest<HTMLElement>("[data-product]")?.dataset["product"] : null;
    element.replaceChildren(
      ...products.map((product) => {
        const answer = answers.get(product.slug);
        const { words, level } = summary(answer);
        const findings = answer && "findings" in answer ? answer.findings.toSorted((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level)) : [];
        const details = h(
          "details",
          { class: "qe-product", "data-product": product.slug, "data-state": level, open: open.has(product.slug) },
          h("summary", {}, h("span", { class: `vendor-tile vendor-${product.vendor}`, "aria-hidden": "true" }, product.vendor.slice(0, 2)), h("span", { class: "qe-product-name" }, product.title), h("span", { class: `qe-verdict is-${level}` }, words)),
          findings.length > 0 && h("ul", {}, ...findings.map(item)),
        );
        details.addEventListener("toggle", () => (details.open ? open.add(product.slug) : open.delete(product.slug)));
        return details;
      }),
    );
    if (focused) element.querySelector<HTMLElement>(`[data-product="${focused}"] summary`)?.focus();
    const errors = [...answers.values()].flatMap((answer) => ("findings" in answer ? answer.findings : [])).filter((finding) => finding.level === "error").length;
    badge.textContent = errors > 0 ? String(errors) : "";
    badge.hidden = errors === 0;
  }

  editor.onChange((part) => {
    if (part !== "document") return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), REST);
  });
  draw();
  void ask();
}
