/** Who else has this layout open: a dot with initials each, names in words. */
import { readMessage, type LiveMessage } from "../../../live/messages.ts";
import type { Editor } from "../../state/editor.ts";
import { Company, type Person } from "../../sync/presence.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";

/** Three times within the silence after which one is taken for gone. */
const AGAIN = 15_000;
const SHOWN = 4;

export function mountPresence(editor: Editor, layoutId: string, self: string, element: HTMLElement): void {
  const company = new Company(layoutId);

  function tell(kind: "presence.enter" | "presence.leave"): void {
    document.dispatchEvent(new CustomEvent("quadbox:say", { detail: { kind, layout_id: layoutId } }));
  }

  function nameOf({ id, name, editing }: Person): string {
    const who = id === self ? say("youElsewhere") : name;
    return editing ? who : `${who} (${say("looksOn")})`;
  }

  function draw(): void {
    const people = company.people(Date.now());
    const names = people.map(nameOf).join(", ");
    if (element.dataset["names"] === names) return;
    element.dataset["names"] = names;
    element.hidden = people.length === 0;
    element.title = names ? say("hereToo", { names }) : "";
    element.replaceChildren(
      ...people.slice(0, SHOWN).map((one) => h("span", { class: `qe-person${one.editing ? "" : " is-looking"}`, "data-person": one.name, "aria-hidden": "true" }, initials(one.name))),
      people.length > SHOWN ? h("span", { class: "qe-person", "aria-hidden": "true" }, `+${people.length - SHOWN}`) : "",
      h("span", { class: people.length === 1 ? "qe-person-name" : "visually-hidden" }, people.length === 1 ? names : say("hereToo", { names })),
    );
  }

  function hear(message: LiveMessage | null): void {
    if (!message || !message.kind.startsWith("presence.")) return;
    const came = company.hear(message, Date.now());
    if (came) editor.announce(say("alsoHere", { name: nameOf(came) }));
    draw();
  }

  document.addEventListener("quadbox:message", (event) => hear(readMessage(JSON.stringify((event as CustomEvent<unknown>).detail))));
  document.addEventListener("quadbox:connection", (event) => {
    if ((event as CustomEvent<string>).detail === "open") tell("presence.enter");
  });
  if (document.body.dataset["connection"] === "open") tell("presence.enter");
  setInterval(() => {
    tell("presence.enter");
    draw();
  }, AGAIN);
  window.addEventListener("pagehide", () => tell("presence.leave"));
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = /^[一-鿿]/.test(name) ? name.slice(-2) : words.slice(0, 2).map((word) => [...word][0] ?? "").join("");
  return letters.toUpperCase();
}
