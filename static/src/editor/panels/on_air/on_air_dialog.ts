/** Draft and on air side by side: what applying the draft would change, and what each task's cloud said to it. */
import { ApiError, type Task } from "../../../api/client.ts";
import { byVersion, looksAlike, shownVersion, type Aired } from "../../document/aired.ts";
import { say } from "../../i18n/strings.ts";
import { changeList, figure } from "../versions/compare.ts";
import { h } from "../../ui/dom.ts";
import type { OnAirParts, OnAirTasks } from "./on_air_parts.ts";

type Outcome = { readonly kind: "sending" | "waiting" | "taken" } | { readonly kind: "refused"; readonly why: string; readonly by: "us" | "cloud" };

interface Planned {
  readonly changes: readonly string[];
  /** Why the product takes no such change. */
  readonly refused: string | null;
}

export interface OnAirDialog {
  open(): Promise<void>;
  /** After news of a task. */
  refresh(): Promise<void>;
}

export function mountOnAirDialog({ editor, api, saving, products }: OnAirParts, onAir: OnAirTasks, dialog: HTMLDialogElement, load: () => Promise<void>): OnAirDialog {
  const outcomes = new Map<string, Outcome>();
  let filling = 0;

  async function open(): Promise<void> {
    outcomes.clear();
    dialog.replaceChildren(h("h2", { id: "on-air-title" }, say("onAirTitle")), h("p", { class: "qe-hint", role: "status" }, say("checking")));
    dialog.showModal();
    await fill();
  }

  async function refresh(): Promise<void> {
    for (const task of onAir.tasks) settle(task);
    if (dialog.open) await fill();
  }

  /** A cloud's no may be older than the wish: a later yes counts. */
  function settle(task: Task): void {
    const outcome = outcomes.get(task.id);
    if (!outcome || outcome.kind === "sending" || outcome.kind === "taken" || (outcome.kind === "refused" && outcome.by === "us")) return;
    if (task.applied_version === task.layout_version) outcomes.set(task.id, { kind: "taken" });
    else if (task.error) outcomes.set(task.id, { kind: "refused", why: task.error.detail ?? "", by: "cloud" });
  }

  /** The last filling that was asked for is shown, whichever answer comes first. */
  async function fill(): Promise<void> {
    const mine = (filling += 1);
    await saving.flush();
    const { tasks } = onAir;
    const waiting = tasks.filter((task) => shownVersion(task) !== saving.version);
    const plans = new Map(await Promise.all(waiting.map(async (task) => [task.id, await planOf(task)] as const)));
    if (mine !== filling || !dialog.open) return;
    const focused = document.activeElement instanceof HTMLElement && dialog.contains(document.activeElement) ? document.activeElement.dataset["testid"] : null;
    const versions = byVersion(tasks);
    const sentences = [...new Set([...plans.values()].flatMap((plan) => plan.changes))];
    const saved = saving.state.kind === "saved" || saving.state.kind === "readonly";
    dialog.replaceChildren(
      h("h2", { id: "on-air-title" }, say("onAirTitle")),
      h(
        "div", { class: "qe-sides" },
        figure({ label: say("draftPicture", { n: saving.version }), document: editor.document, frame: "draft" }),
        ...versions.map(([version, some]) => airedFigure(version, some, versions.length > 1)),
      ),
      h("h3", { class: "qe-title" }, say("willChange")),
      changeList(sentences, say(waiting.length === 0 ? "nothingChanges" : "nothingSeen")),
      h("h3", { class: "qe-title" }, say("taskList")),
      h("ul", { class: "qe-tasks" }, ...tasks.map((task) => row(task, plans.get(task.id)?.refused ?? null))),
      !saved && !editor.readonly ? h("p", { class: "qe-hint", role: "alert" }, say("applyNeedsSaved")) : "",
      h(
        "div", { class: "qe-row" },
        !editor.readonly && h("button", { type: "button", class: "btn btn-danger", "data-testid": "apply-all", disabled: waiting.length === 0 || !saved, onclick: () => void applyTo(waiting) }, waiting.length === 1 ? say("applyOne") : say("apply", { n: waiting.length })),
        h("button", { type: "button", class: "btn", "data-testid": "on-air-close", onclick: () => dialog.close() }, say("close")),
      ),
    );
    if (focused) dialog.querySelector<HTMLElement>(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
  }

  function airedFigure(version: number, some: readonly Task[], named: boolean): HTMLElement {
    const aired = onAir.document(version);
    const words = say(some.every((task) => task.state === "scheduled") ? "scheduledPicture" : "onAirPicture", { n: version });
    const label = named ? `${words} · ${some.map(nameOf).join(say("comma"))}` : words;
    const made = aired ? figure({ label, document: aired.document, frame: "air" }) : h("figure", { class: "qe-side is-air" }, h("p", { class: "qe-snapshot qe-hint" }, say("versionGone", { n: version })), h("figcaption", {}, label));
    made.dataset["airedVersion"] = String(version);
    if (aired && !editor.readonly && !looksAlike(aired.document, editor.document)) {
      made.append(h("button", { type: "button", class: "btn btn-sm", "data-testid": "revert-on-air", onclick: () => revert(aired) }, named ? say("revertTo", { n: version }) : say("revert")));
    }
    return made;
  }

  async function planOf(task: Task): Promise<Planned> {
    try {
      const plan = await api.planChange(task.id, saving.version);
      const [broken] = plan.findings.filter((one) => one.level === "error");
      return { changes: plan.changes, refused: broken?.message ?? null };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { changes: [], refused: error.problems[0]?.message ?? error.message };
    }
  }

  function nameOf(task: Task): string {
    return task.name || task.room;
  }

  function row(task: Task, refused: string | null): HTMLElement {
    const outcome = outcomes.get(task.id);
    const said = outcome ? outcomeWords(outcome) : refused ? say("notTaken", { why: refused }) : say(task.state === "scheduled" ? "scheduledPicture" : "onAirPicture", { n: shownVersion(task) });
    const title = products.all.find((one) => one.slug === task.product)?.title ?? task.product;
    return h(
      "li", { "data-task": task.id, "data-outcome": outcome?.kind ?? "" },
      h("div", { class: "qe-grow" }, h("strong", {}, nameOf(task)), h("small", {}, `${title} · ${task.room}`)),
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
          outcomes.set(task.id, { kind: "refused", why: error.problems[0]?.message ?? error.message, by: "us" });
        }
      }),
    );
    await load();
    const refused = [...outcomes.values()].filter((one) => one.kind === "refused").length;
    editor.announce(refused > 0 ? say("notTakenBy", { n: refused }) : say("waiting"));
  }

  function revert(aired: NonNullable<Aired>): void {
    editor.apply(say("reverted"), aired.document, { aids: aired.aids, by: "panel" });
    dialog.close();
  }

  return { open, refresh };
}
