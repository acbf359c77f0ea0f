import { csrfToken } from "../api/csrf.ts";
import { wordsOf } from "./rest_forms.ts";
import { chooseTheme } from "./theme.ts";
import { toast } from "./toasts.ts";

/** What /search/ answers, as apps/core/search.py says it. */
export interface Hit {
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly url: string;
  readonly action: string;
}
interface Group {
  readonly title: string;
  readonly hits: readonly Hit[];
}

const REST = 80; // ms of quiet before a question is asked

/** The place `step` further in a ring of `count`; -1 means none. */
export function nextPlace(place: number, step: number, count: number): number {
  if (count === 0) return -1;
  if (place < 0) return step > 0 ? 0 : count - 1;
  return (place + step + count) % count;
}

/** Ctrl+K, ⌘K and `[data-finder-open]` open the command search: a dialog with a combobox over one list of hits. */
export function mountFinder(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog[data-finder]");
  const input = dialog?.querySelector<HTMLInputElement>("[role=combobox]");
  const list = dialog?.querySelector<HTMLElement>("[role=listbox]");
  if (!dialog || !input || !list) return;
  new Finder(dialog, input, list).listen();
}

class Finder {
  private hits: Hit[] = [];
  private place = -1;
  private timer = 0;
  private asked: AbortController | null = null;

  private readonly dialog: HTMLDialogElement;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;

  constructor(dialog: HTMLDialogElement, input: HTMLInputElement, list: HTMLElement) {
    this.dialog = dialog;
    this.input = input;
    this.list = list;
  }

  listen(): void {
    const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
    for (const keys of document.querySelectorAll("[data-keys]")) keys.textContent = isMac ? "⌘ K" : "Ctrl K";
    // On the window, so that a page with a command search of its own is asked first.
    window.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      if (this.dialog.open) this.dialog.close();
      else this.open();
    });
    document.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-finder-open]")) this.open();
    });
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(), REST);
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close(); // the backdrop
    });
    this.list.addEventListener("mousemove", (event) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (option) this.choose(Number(option.dataset["place"]));
    });
    this.list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (option) this.run(this.hits[Number(option.dataset["place"])], event.ctrlKey || event.metaKey);
    });
    this.dialog.querySelector<HTMLInputElement>("[data-finder-file]")?.addEventListener("change", (event) => void this.upload(event.target as HTMLInputElement));
  }

  private open(): void {
    this.input.value = "";
    this.dialog.showModal();
    this.input.focus();
    void this.ask();
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return; // Enter and the arrows belong to the input method
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.choose(nextPlace(this.place, step, this.hits.length), true);
    } else if (event.key === "Home" || event.key === "End") {
      if (this.input.value) return; // the cursor's own keys
      event.preventDefault();
      this.choose(event.key === "Home" ? 0 : this.hits.length - 1, true);
    } else if (event.key === "Enter") {
      event.preventDefault();
      void this.enter(event.ctrlKey || event.metaKey);
    }
  }

  /** Enter means what was typed, also when the answer to it is still on its way. */
  private async enter(inNewTab: boolean): Promise<void> {
    if (this.timer || this.asked) await this.ask();
    this.run(this.hits[this.place], inNewTab);
  }

  private async ask(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = 0;
    this.asked?.abort();
    const mine = new AbortController();
    this.asked = mine;
    const url = `${this.list.dataset["url"] ?? ""}?q=${encodeURIComponent(this.input.value)}`;
    try {
      const answer = await fetch(url, { signal: mine.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { groups } = (await answer.json()) as { groups: Group[] };
      this.show(groups);
    } catch {
      if (mine.signal.aborted) return;
      this.show([], this.dialog.dataset["broken"]);
    }
    if (this.asked === mine) this.asked = null;
  }

  private show(groups: readonly Group[], empty = this.dialog.dataset["none"]): void {
    this.hits = groups.flatMap(({ hits }) => hits);
    let place = 0;
    const parts = groups.map(({ title, hits }, number) => {
      const group = element("div", { role: "group", "aria-labelledby": `finder-group-${number}` });
      const heading = element("div", { class: "qb-finder-title", id: `finder-group-${number}` }, title);
      group.append(heading, ...hits.map((hit) => this.option(hit, place++)));
      return group;
    });
    if (!parts.length) parts.push(element("p", { class: "qb-finder-none" }, empty));
    this.list.replaceChildren(...parts);
    this.list.scrollTop = 0;
    this.place = -1;
    this.choose(this.hits.length ? 0 : -1);
    const count = this.dialog.querySelector<HTMLElement>("[data-finder-count]");
    const words = this.hits.length === 1 ? count?.dataset["one"] : count?.dataset["many"];
    if (count) count.textContent = this.hits.length ? (words ?? "").replace("{n}", String(this.hits.length)) : (empty ?? "");
  }

  private option(hit: Hit, place: number): HTMLElement {
    const made = element("div", { class: "qb-finder-hit", role: "option", id: `finder-hit-${place}`, "aria-selected": "false" });
    made.dataset["place"] = String(place);
    const icon = this.dialog.querySelector<HTMLTemplateElement>(`template[data-icon="${CSS.escape(hit.kind)}"]`);
    if (icon) made.append(icon.content.cloneNode(true));
    made.append(element("span", {}, hit.title));
    if (hit.detail) made.append(element("small", {}, hit.detail));
    return made;
  }

  private choose(place: number, scroll = false): void {
    this.list.querySelector(`#finder-hit-${this.place}`)?.setAttribute("aria-selected", "false");
    this.place = place;
    const option = this.list.querySelector(`#finder-hit-${place}`);
    option?.setAttribute("aria-selected", "true");
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    if (scroll) option?.scrollIntoView({ block: "nearest" });
  }

  private run(hit: Hit | undefined, inNewTab: boolean): void {
    if (!hit) return;
    if (hit.url && inNewTab) {
      window.open(hit.url, "_blank", "noopener");
      return;
    }
    if (hit.action === "upload") {
      this.dialog.querySelector<HTMLInputElement>("[data-finder-file]")?.click();
      return;
    }
    this.dialog.close();
    if (hit.url) location.assign(hit.url);
    const [verb, value = ""] = hit.action.split(":");
    if (verb === "theme" && (value === "light" || value === "dark" || value === "auto")) chooseTheme(value);
    if (verb === "language") void speak(value);
  }

  private async upload(field: HTMLInputElement): Promise<void> {
    const file = field.files?.[0];
    field.value = "";
    if (!file) return;
    this.dialog.close();
    const body = new FormData();
    body.append("file", file);
    try {
      const answer = await fetch("/api/v1/assets/", { method: "POST", headers: { "X-CSRFToken": csrfToken() }, body });
      if (answer.ok) toast({ text: this.dialog.dataset["uploaded"] ?? "" });
      else toast({ text: wordsOf((await answer.json().catch(() => ({}))) as object, answer.status), level: "error" });
    } catch (error) {
      toast({ text: String(error), level: "error" });
    }
  }
}

async function speak(language: string): Promise<void> {
  const body = new URLSearchParams({ language, next: location.pathname });
  await fetch("/i18n/setlang/", { method: "POST", headers: { "X-CSRFToken": csrfToken() }, body });
  location.reload();
}

function element(name: string, attributes: Record<string, string>, text?: string): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}
