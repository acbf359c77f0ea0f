/** Find a command by its words, and run it. */
import { keysOf, type Action, type ActionTable } from "../../actions/action.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";

const MOST = 12;

/** However somebody types a size: "2x2" finds "2 × 2". */
function plain(words: string): string {
  return words.toLowerCase().replaceAll("×", "x");
}

/** How well the words of an action fit what was typed: the whole of it at the beginning, anywhere, in parts; null where they do not. */
function fit(title: string, typed: string): number | null {
  const [words, tight] = [plain(title), plain(title).replaceAll(/\s+/g, "")];
  if (words.startsWith(typed)) return 0;
  if (words.includes(typed) || tight.includes(typed.replaceAll(/\s+/g, ""))) return 1;
  return typed.split(/\s+/).every((word) => words.includes(word)) ? 2 : null;
}

/** The actions whose words hold all that was typed, the best first. */
export function found(actions: readonly Action[], typed: string): Action[] {
  const wanted = plain(typed).trim();
  return actions
    .flatMap((one) => {
      const rank = one.listed ? fit(one.title(), wanted) : null;
      return rank === null ? [] : [{ one, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ one }) => one);
}

export function openCommandSearch(table: ActionTable): void {
  const dialog = h("dialog", { class: "qe-dialog qe-search", "aria-label": say("searchIt"), "data-testid": "command-search" });
  const list = h("ul", { role: "listbox", id: "command-list", class: "qe-commands", "aria-label": say("searchIt") });
  const input = h("input", { type: "text", role: "combobox", class: "form-control", placeholder: say("searchPlaceholder"), "aria-label": say("searchPlaceholder"), "aria-controls": "command-list", "aria-expanded": "true", autocomplete: "off" });
  let shown: Action[] = [];
  let at = 0;

  function run(one: Action | undefined): void {
    if (!one || !table.allows(one)) return;
    dialog.close();
    table.run(one.id);
  }

  function draw(): void {
    shown = found(table.all(), input.value);
    at = Math.max(0, Math.min(at, shown.length - 1));
    list.replaceChildren(
      ...shown.map((one, index) => {
        const [key] = keysOf(one);
        return h("li", { role: "option", id: `command-${one.id}`, "aria-selected": String(index === at), "aria-disabled": String(!table.allows(one)), onclick: () => run(one) }, h("span", {}, one.title()), key ? h("kbd", {}, key) : "");
      }),
    );
    if (shown.length === 0) list.replaceChildren(h("li", { role: "option", "aria-selected": "false", "aria-disabled": "true" }, say("noCommand")));
    const current = shown[at];
    input.setAttribute("aria-activedescendant", current ? `command-${current.id}` : "");
  }

  input.addEventListener("input", () => {
    at = 0;
    draw();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % Math.max(1, shown.length);
      draw();
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(shown[at]);
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(input, list);
  document.body.append(dialog);
  dialog.showModal();
  draw();
}
