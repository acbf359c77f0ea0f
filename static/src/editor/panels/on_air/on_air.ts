/** The mark beside the name: what runs with this layout, and whether the draft differs from it. */
import { ApiError, type Task } from "../../../api/client.ts";
import { keptUp, mayPass } from "../../../live/single_flight.ts";
import type { LiveMessage } from "../../../live/messages.ts";
import { byVersion, looksAlike, type Aired } from "../../document/aired.ts";
import { besidePicture } from "../../document/editor_state.ts";
import { parseDocument } from "../../document/parse.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";
import { mountOnAirDialog } from "./on_air_dialog.ts";
import type { OnAirParts, OnAirTasks } from "./on_air_parts.ts";

const TOGETHER = 300;

/** The tasks that run with the layout, and the documents that they show. */
export class OnAir implements OnAirTasks {
  tasks: readonly Task[] = [];
  private readonly parts: OnAirParts;
  private readonly documents = new Map<number, Aired>();

  constructor(parts: OnAirParts) {
    this.parts = parts;
  }

  /** False where nobody answered, and somebody may later. */
  async load(): Promise<boolean> {
    const { api, layout } = this.parts;
    try {
      this.tasks = await api.tasks(layout);
      for (const [version] of byVersion(this.tasks)) if (!this.documents.has(version)) this.documents.set(version, await this.fetched(version));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (mayPass(error.status)) return false;
    }
    return true;
  }

  document(version: number): Aired {
    return this.documents.get(version) ?? null;
  }

  get scheduledOnly(): boolean {
    return this.tasks.every((task) => task.state === "scheduled");
  }

  /** Whether any cloud shows something else than what is drawn here. */
  get differs(): boolean {
    const { editor, saving } = this.parts;
    return byVersion(this.tasks).some(([version]) => {
      const aired = this.document(version);
      return aired ? !looksAlike(aired.document, editor.document) : version !== saving.version;
    });
  }

  private async fetched(version: number): Promise<Aired> {
    try {
      const { document, aids } = await this.parts.api.version(version);
      return { document: parseDocument(document), aids: besidePicture(aids) };
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
      return null;
    }
  }
}

export function mountOnAir(parts: OnAirParts, button: HTMLElement, dialog: HTMLDialogElement): void {
  const { editor } = parts;
  const onAir = new OnAir(parts);
  const load = keptUp(show);
  const shown = mountOnAirDialog(parts, onAir, dialog, load);

  async function show(): Promise<boolean> {
    if (!(await onAir.load())) return false;
    parts.runsOn(onAir.tasks.map((task) => task.product));
    mark();
    await shown.refresh();
    return true;
  }

  function mark(): void {
    const { tasks, differs } = onAir;
    const words = say(onAir.scheduledOnly ? "scheduledCount" : "onAirCount", { n: tasks.length });
    const now = `${words} ${differs}`;
    button.hidden = tasks.length === 0;
    if (button.dataset["shown"] === now) return;
    button.dataset["shown"] = now;
    button.classList.toggle("is-differing", differs);
    button.replaceChildren(h("span", { class: "qe-air-dot", "aria-hidden": "true" }), h("span", { class: "qe-air-words" }, words), h("span", { class: "qe-air-count", "aria-hidden": "true" }, String(tasks.length)), differs ? h("span", { class: "visually-hidden" }, say("differsOnAir")) : "");
    button.title = differs ? say("differsOnAir") : say("onAirTitle");
  }

  let timer = 0;
  function later(): void {
    clearTimeout(timer);
    timer = window.setTimeout(() => void load(), TOGETHER);
  }
  button.addEventListener("click", () => void shown.open());
  document.addEventListener("quadbox:task.changed", (event) => {
    const { task } = (event as CustomEvent<LiveMessage>).detail as unknown as { task?: { id?: string } };
    if (task?.id) later();
  });
  document.addEventListener("quadbox:resync", later);
  editor.onChange((part) => (part === "saving" || part === "document") && mark());
  mark();
  void load();
}
