/** The `?` sheet: every action that has a key, by group, made from the actions themselves. */
import { keysOf, keyWords, type ActionGroup, type ActionTable } from "../../actions/action.ts";
import { say, type Key } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";

const GROUPS: ReadonlyArray<readonly [ActionGroup, Key]> = [["tool", "groupTool"], ["edit", "groupEdit"], ["select", "groupSelect"], ["object", "groupObject"], ["arrange", "groupArrange"], ["order", "groupOrder"], ["view", "groupView"], ["file", "groupFile"]];
/** What the table has one action per key for, in one line. */
const LINES: Partial<Record<ActionGroup, ReadonlyArray<readonly [readonly string[], Key]>>> = {
  select: [[["Tab", "Shift+Tab"], "tabLine"]],
  arrange: [[["← ↑ → ↓"], "nudgeLine"], [[`${keyWords("mod+x").slice(0, -1)}← ↑ → ↓`], "growLine"]],
  object: [[["1 … 9, 0"], "digitsLine"]],
  view: [[["Space"], "spaceLine"]],
};
/** Each person has a switch of their own in this browser. */
const switchOf = (person: string): string => `quadbox-letters-${person}`;

export function lettersAreOn(person: string): boolean {
  return localStorage.getItem(switchOf(person)) !== "off";
}

export function openShortcutSheet(table: ActionTable, person: string): void {
  const dialog = h("dialog", { class: "qe-dialog qe-sheet", "aria-labelledby": "sheet-title", "data-testid": "help-dialog" });
  const letters = h("input", { type: "checkbox", class: "form-check-input", "data-testid": "single-letters" });
  letters.checked = table.letters;
  letters.addEventListener("change", () => {
    table.letters = letters.checked;
    if (letters.checked) localStorage.removeItem(switchOf(person));
    else localStorage.setItem(switchOf(person), "off");
  });
  dialog.append(
    h("h2", { id: "sheet-title" }, say("shortcuts")),
    h(
      "div", { class: "qe-sheet-groups", tabindex: "0", role: "region", "aria-labelledby": "sheet-title" },
      h("div", {}, ...GROUPS.map(([group, title]) => {
        const rows = table.all().filter((one) => one.group === group && one.listed && one.sheet && keysOf(one).length > 0).map((one) => [keysOf(one).slice(0, 2), one.title()] as const);
        const lines = (LINES[group] ?? []).map(([keys, words]) => [keys, say(words)] as const);
        const all = [...rows, ...lines];
        return all.length === 0 ? "" : h("section", {}, h("h3", { class: "qe-title" }, say(title)), h("dl", { class: "qe-keys" }, ...all.flatMap(([keys, words]) => [h("dt", {}, ...keys.map((key) => h("kbd", {}, key))), h("dd", {}, words)])));
      })),
    ),
    h("div", { class: "qe-row" }, h("label", { class: "form-check qe-grow" }, letters, h("span", { class: "form-check-label" }, say("singleLetters"))), h("button", { type: "button", class: "btn", onclick: () => dialog.close() }, say("close"))),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
