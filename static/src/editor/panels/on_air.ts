/** Draft and on air: what runs with this layout, what applying the draft would change, and what each task's cloud said to it. */
import { ApiError, type Api, type Task } from "../../api/client.ts";
import type { LiveMessage } from "../../live/messages.ts";
import { parseDocument } from "../document/parse.ts";
import type { LayoutDocument } from "../document/types.ts";
import type { Editor } from "../editor.ts";
import type { Products } from "../products.ts";
import type { Saving } from "../saving.ts";
import { say } from "../strings.ts";
import { changeList, figure } from "./compare.ts";
import { h } from "./dom.ts";

type Outcome = { readonly kind: "sending" | "waiting" | "taken" } | { readonly kind: "refused"; readonly why: string };

export function mountOnAir(editor: Editor, api: Api, saving: Saving, products: Products, layoutId: string, button: HTMLElement, dialog: HTMLDialogElement): void {
  let tasks: readonly Task[] = [];
  const outcomes = new Map<string, Outcome>();

  async function load(): Promise<void> {
    try {
      tasks = await api.tasks(layoutId);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return; // asked again with the next news of a task
    }
    for (const task of tasks) if (outcomes.get(task.id)?.kind === "waiting") settle(task);
    mark();
    if (dialog.open) await fill();
  }

  function settle(task: Task): void {
    if (task.applied_version >= task.layout_version) outcomes.set(task.id, { kind: "taken" });
    else if (task.error) outcomes.set(task.id, { kind: "refused", why: task.error.detail ?? "" });
  }

  /** The oldest version that is on air: what the draft differs from. */
  function airVersion(): number {
    return Math.min(...tasks.map((task) => task.applied_version || task.layout_version));
  }

  function mark(): void {
    button.hidden = tasks.length === 0;
    const differs = tasks.length > 0 && (saving.state.kind !== "saved" || airVersion() !== saving.version);
    button.classList.toggle("is-differing", differs);
    button.replaceChildren(h("span", { class: "qe-air-dot", "aria-hidden": "true" }), say("onAirCount", { n: tasks.length }), differs ? h("span", { class: "visually-hidden" }, say("differsOnAir")) : "");
    button.title = differs ? say("differsOnAir") : say("onAirTitle");
  }

  async function fill(): Promise<void> {
    await saving.flush();
    const version = airVersion();
    const aired = await airedDocument(version);
    const waiting = tasks.filter((task) => task.applied_version !== saving.version);
    const plans = await Promise.all(waiting.map((task) => changesOf(task)));
    const sentences = [...new Set(plans.flatMap((plan) => plan.changes))];
    const close = (): void => dialog.close();
    dialog.replaceChildren(
      h("h2", { id: "on-air-title" }, say("onAirTitle")),
      h(
        "div", { class: "qe-sides" },
        figure({ label: say("draftPicture", { n: saving.version }), document: editor.document, frame: "draft" }),
        aired ? figure({ label: say("onAirPicture", { n: version }), document: aired, frame: "air" }) : "",
      ),
      h("h3", { class: "qe-title" }, say("willChange")),
      changeList(sentences, say("nothingChanges")),
      h("h3", { class: "qe-title" }, say("taskList")),
      h("ul", { class: "qe-tasks" }, ...tasks.map((task) => row(task, plans[waiting.indexOf(task)]?.refused ?? null))),
      h(
        "div", { class: "qe-row" },
        !editor.readonly && h("button", { type: "button", class: "btn btn-danger", "data-testid": "apply-all", disabled: waiting.length === 0 || saving.state.kind !== "saved", onclick: () => void applyTo(waiting) }, waiting.length === 1 ? say("applyOne") : say("apply", { n: waiting.length })),
        !editor.readonly && aired && version !== saving.version && h("button", { type: "button", class: "btn", "data-testid": "revert-on-air", onclick: () => revert(aired) }, say("revert")),
        h("button", { type: "button", class: "btn", onclick: close }, say("close")),
      ),
    );
  }

  async function airedDocument(version: number): Promise<LayoutDocument | null> {
    if (version === saving.version) return editor.document;
    try {
      return parseDocument(await api.versionDocument({ version, author: null, created_at: "" }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return null; // that version is no longer kept
    }
  }

  /** In words; or why the product takes no such change. */
  async function changesOf(task: Task): Promise<{ readonly changes: readonly string[]; readonly refused: string | null }> {
    try {
      const plan = await api.planChange(task.id, saving.version);
      const [broken] = plan.findings.filter((one) => one.level === "error");
      return { changes: plan.changes, refused: broken?.message ?? null };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { changes: [], refused: error.problems[0]?.message ?? error.message };
    }
  }

  function row(task: Task, refused: string | null): HTMLElement {
    const outcome = outcomes.get(task.id);
    const said = outcome ? outcomeWords(outcome) : refused ? say("notTaken", { why: refused }) : say("onAirPicture", { n: task.applied_version || task.layout_version });
    const title = products.all.find((one) => one.slug === task.product)?.title ?? task.product;
    return h(
      "li", { "data-task": task.id, "data-outcome": outcome?.kind ?? "" },
      h("div", { class: "qe-grow" }, h("strong", {}, task.name || task.room), h("small", {}, `${title} · ${task.room}`)),
      h("span", { class: `qe-outcome is-${outcome?.kind ?? (refused ? "refused" : "none")}`, role: "status" }, said),
      h("a", { class: "btn btn-sm", href: `/tasks/${task.id}/` }, say("openTask")),
    );
  }

  function outcomeWords(outcome: Outcome): string {
    if (outcome.kind === "refused") return `✕ ${say("notTaken", { why: outcome.why })}`;
    return outcome.kind === "taken" ? `✓ ${say("taken")}` : say(outcome.kind === "sending" ? "applying" : "waiting");
  }

  async function applyTo(some: readonly Task[]): Promise<void> {
    for (const task of some) outcomes.set(task.id, { kind: "sending" });
    await fill();
    await Promise.all(
      some.map(async (task) => {
        try {
          await api.applyLayout(task.id, saving.version);
          outcomes.set(task.id, { kind: "waiting" });
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          outcomes.set(task.id, { kind: "refused", why: error.problems[0]?.message ?? error.message });
        }
      }),
    );
    await load();
    const refused = [...outcomes.values()].filter((one) => one.kind === "refused").length;
    editor.announce(refused > 0 ? say("notTaken", { why: String(refused) }) : say("waiting"));
  }

  function revert(aired: LayoutDocument): void {
    editor.apply(say("reverted"), aired);
    dialog.close();
  }

  button.addEventListener("click", () => {
    outcomes.clear();
    dialog.showModal();
    void fill();
  });
  document.addEventListener("quadbox:task.changed", (event) => {
    const { task } = (event as CustomEvent<LiveMessage>).detail as unknown as { task?: { id?: string } };
    if (task?.id) later();
  });
  let timer = 0;
  function later(): void {
    clearTimeout(timer);
    timer = window.setTimeout(() => void load(), 300);
  }
  editor.onChange((part) => part === "saving" && mark());
  mark();
  void load();
}
