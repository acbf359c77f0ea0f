import htmx from "htmx.org";
import { RESYNC, hears, idsIn, type LiveMessage } from "./messages.ts";

const REST = 120;
const waiting = new WeakMap<Element, number>();

/** Many messages in a burst make one request: the element asks again once it has been quiet for a moment. */
function askAgain(element: Element): void {
  const timer = waiting.get(element);
  if (timer !== undefined) clearTimeout(timer);
  waiting.set(
    element,
    window.setTimeout(() => {
      waiting.delete(element);
      if (element.isConnected) htmx.trigger(element, "live", {});
    }, REST),
  );
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
