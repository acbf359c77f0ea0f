/** Parts of a page that ask the server again when they hear that something changed: `data-live`, by the htmx trigger `live`. */
import htmx from "htmx.org";
import { mayPass } from "./single_flight.ts";
import { RESYNC, hears, idsIn, type LiveMessage } from "./messages.ts";
import { waitBefore } from "./socket.ts";

const REST = 120; // ms of quiet
const PATIENCE = 1000; // ms at most, where it is never quiet
const REMEMBERED = 300; // messages; a part that was on its way for longer than these asks again in any case

interface Waiting {
  readonly timer: number;
  readonly since: number;
}
const waiting = new WeakMap<Element, Waiting>();

/** Many messages in a burst make one request: the element asks again once it has been quiet for a moment, or after a second. */
function askAgain(element: Element): void {
  const now = performance.now();
  const before = waiting.get(element);
  if (before) clearTimeout(before.timer);
  const since = before?.since ?? now;
  const timer = window.setTimeout(() => ask(element), Math.max(0, Math.min(REST, since + PATIENCE - now)));
  waiting.set(element, { timer, since });
}

function ask(element: Element): void {
  waiting.delete(element);
  if (element.isConnected) htmx.trigger(element, "live", {});
}

/** Elements with `data-live="task.changed …"` hear these kinds and, with `data-live-id`, only of this row. */
function isFor(element: HTMLElement, message: LiveMessage): boolean {
  if (message.kind === RESYNC) return true;
  const row = element.dataset["liveId"];
  return hears(element.dataset["live"] ?? "", message.kind) && (!row || idsIn(message).includes(row));
}

const parts = (): Iterable<HTMLElement> => document.querySelectorAll<HTMLElement>("[data-live]");
const heard: { readonly message: LiveMessage; readonly at: number }[] = [];

export function refreshListeners(message: LiveMessage): void {
  heard.push({ message, at: performance.now() });
  if (heard.length > REMEMBERED) heard.shift();
  for (const element of parts()) if (isFor(element, message)) askAgain(element);
}

type Asked = CustomEvent<{ elt: HTMLElement; xhr: XMLHttpRequest; successful?: boolean; requestConfig: { triggeringEvent?: Event } }>;

/** What came into the page with an answer may be older than news that arrived while the answer was on its way. */
function catchUpWithAnswers(): void {
  const known = new WeakSet<Element>(parts());
  const sent = new WeakMap<XMLHttpRequest, number>();
  document.addEventListener("htmx:beforeSend", (event) => sent.set((event as Asked).detail.xhr, performance.now()));
  document.addEventListener("htmx:afterSettle", (event) => {
    const since = sent.get((event as Asked).detail.xhr) ?? 0;
    const forgotten = heard.length === REMEMBERED && (heard[0]?.at ?? 0) > since;
    for (const element of parts()) {
      if (known.has(element)) continue;
      known.add(element);
      if (forgotten || heard.some(({ message, at }) => at >= since && isFor(element, message))) askAgain(element);
    }
  });
}

/** The news is not told twice: where the answer to it failed, it is asked for until it comes. */
function askUntilAnswered(): void {
  const failures = new WeakMap<Element, number>();
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, successful, requestConfig } = (event as Asked).detail;
    if (requestConfig.triggeringEvent?.type !== "live") return;
    if (successful || !mayPass(xhr.status)) {
      failures.delete(elt);
      return;
    }
    const count = failures.get(elt) ?? 0;
    failures.set(elt, count + 1);
    setTimeout(() => ask(elt), waitBefore(count, Math.random()));
  });
}

export function keepLiveParts(): void {
  catchUpWithAnswers();
  askUntilAnswered();
}
