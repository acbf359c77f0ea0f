import htmx from "htmx.org";
import { RESYNC, hears, idsIn, type LiveMessage } from "./messages.ts";

const REST = 120; // ms of quiet
const PATIENCE = 1000; // ms at most, where it is never quiet

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
  const timer = window.setTimeout(
    () => {
      waiting.delete(element);
      if (element.isConnected) htmx.trigger(element, "live", {});
    },
    Math.max(0, Math.min(REST, since + PATIENCE - now)),
  );
  waiting.set(element, { timer, since });
}

/** Elements with `data-live="task.changed …"` (and, if set, the row in `data-live-id`) get the htmx trigger `live`. */
export function refreshListeners(message: LiveMessage): void {
  const everything = message.kind === RESYNC;
  const ids = idsIn(message);
  for (const element of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const row = element.dataset["liveId"];
    if (everything || (hears(element.dataset["live"] ?? "", message.kind) && (!row || ids.includes(row)))) askAgain(element);
  }
}
