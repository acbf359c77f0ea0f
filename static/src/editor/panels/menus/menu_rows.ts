/** Rows of actions with menus that fly out beside them: what every menu of the editor is made of. */
import { keysOf, tooltip, type Action, type ActionTable } from "../../actions/action.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";
import type { Entry, Submenu, Tiles } from "./menu_tree.ts";
import { partPicture } from "../layers/thumbnail.ts";

/** A pointer on its way into a menu crosses other rows. */
const PATIENCE = 180;
const AIR = 8;

export interface MenuOf {
  readonly table: ActionTable;
  /** Closes the whole menu, before an action runs. */
  readonly close: () => void;
  /** Leaves out what cannot be done now, instead of showing it pale. */
  readonly onlyPossible?: boolean;
}

/** A menu's inside; more rows may stand among them as they are. */
export function menuRows(entries: ReadonlyArray<Entry | HTMLElement>, menu: MenuOf): HTMLElement[] {
  const groups: HTMLElement[][] = [[]];
  for (const entry of entries) {
    if (entry === "") groups.push([]);
    else groups.at(-1)?.push(...(entry instanceof HTMLElement ? [entry] : rowsOf(entry, menu)));
  }
  return groups.filter((group) => group.length > 0).flatMap((group, place) => [...(place > 0 ? [h("hr", { role: "separator" })] : []), ...group]);
}

function rowsOf(entry: Entry, menu: MenuOf): HTMLElement[] {
  if (typeof entry === "string") return known([entry], menu).map((one) => row(one, menu));
  if ("tiles" in entry) {
    const some = known(entry.tiles, menu);
    return some.length === 0 ? [] : [tiles(entry, some, menu)];
  }
  const inside = menuRows(entry.entries, menu);
  return inside.length === 0 ? [] : [submenuRow(entry, menu)];
}

function known(ids: readonly string[], { table, onlyPossible }: MenuOf): Action[] {
  return ids.flatMap((id) => table.get(id) ?? []).filter((one) => !onlyPossible || table.allows(one));
}

/** Switches say whether they are on. */
function stateOf(one: Action): Readonly<Record<string, string>> {
  return one.pressed ? { role: "menuitemcheckbox", "aria-checked": String(one.pressed()) } : { role: "menuitem" };
}

function row(one: Action, { table, close }: MenuOf): HTMLElement {
  const [key] = keysOf(one);
  return h("button", { type: "button", ...stateOf(one), class: "qe-menu-row", tabindex: "-1", disabled: !table.allows(one), "data-menu": one.id, onclick: () => {
    close();
    table.run(one.id);
  } }, h("span", {}, one.title()), key ? h("kbd", {}, key) : "");
}

function tiles({ title }: Tiles, some: readonly Action[], { table, close }: MenuOf): HTMLElement {
  return h("div", { class: "qe-tiles", role: "group", "aria-label": say(title) }, ...some.map((one) =>
    h("button", { type: "button", role: "menuitem", class: "qe-tile", tabindex: "-1", title: tooltip(one), "aria-label": one.title(), disabled: !table.allows(one), "data-menu": one.id, onclick: () => {
      close();
      table.run(one.id);
    } }, partPicture(one.id)),
  ));
}

/** A row that opens what it holds: by a click, by hovering, by the arrow that points there. */
export function submenuRow({ title, entries }: Submenu | { readonly title: Submenu["title"]; readonly entries: ReadonlyArray<Entry | HTMLElement> }, menu: MenuOf): HTMLElement {
  const words = say(title);
  return h("button", { type: "button", role: "menuitem", class: "qe-menu-row", tabindex: "-1", "aria-haspopup": "menu", "aria-expanded": "false", "data-submenu": title, onclick: (event: MouseEvent) => {
    // A click by the keyboard has no place: there the focus goes in, too.
    const opened = openBeside(event.currentTarget as HTMLElement, words, () => menuRows(entries, menu));
    if (event.detail === 0) opened.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
  } }, h("span", {}, words), h("span", { class: "qe-more-mark", "aria-hidden": "true" }));
}

function openBeside(opener: HTMLElement, words: string, inside: () => HTMLElement[]): HTMLElement {
  const there = opener.nextElementSibling;
  if (there instanceof HTMLElement && there.classList.contains("qe-flyout")) return there;
  shutBeside(opener.parentElement);
  const flyout = h("div", { class: "qe-flyout", role: "menu", "aria-label": words }, ...inside());
  opener.after(flyout);
  opener.setAttribute("aria-expanded", "true");
  const from = opener.getBoundingClientRect();
  const rightward = getComputedStyle(opener).direction !== "rtl";
  const [after, before] = [from.right - 2, from.left - flyout.offsetWidth + 2];
  const wanted = rightward ? (after + flyout.offsetWidth <= innerWidth - AIR ? after : before) : before >= AIR ? before : after;
  flyout.style.left = `${Math.max(AIR, Math.min(innerWidth - flyout.offsetWidth - AIR, wanted))}px`;
  flyout.style.top = `${Math.max(AIR, Math.min(innerHeight - flyout.offsetHeight - AIR, from.top - 6))}px`;
  return flyout;
}

function shutBeside(menu: Element | null): void {
  for (const one of menu?.querySelectorAll(":scope > .qe-flyout") ?? []) one.remove();
  for (const one of menu?.querySelectorAll(':scope > [aria-expanded="true"]') ?? []) one.setAttribute("aria-expanded", "false");
}

const menuOf = (element: Element): HTMLElement | null => element.closest<HTMLElement>('[role="menu"]');
/** The rows of one menu, not of those that fly out of it. */
const rowsIn = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>("button:not(:disabled)")].filter((one) => menuOf(one) === menu);

/** Arrows, Home, End, a first letter, and hovering, for a menu and all that flies out of it. Esc and Tab close the innermost. */
export function listenToMenu(root: HTMLElement, close: () => void): void {
  let patience = 0;
  root.addEventListener("keydown", (event) => {
    const menu = event.target instanceof Element ? menuOf(event.target) : null;
    if (!menu) return;
    event.stopPropagation();
    const rows = rowsIn(menu);
    const active = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const at = active ? rows.indexOf(active) : -1;
    const rightward = getComputedStyle(root).direction !== "rtl";
    const sideways = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const isTile = active?.classList.contains("qe-tile") ?? false;
    const go = (to: number): void => rows[(to + rows.length) % rows.length]?.focus();
    if (event.key === "ArrowDown") go(at + 1);
    else if (event.key === "ArrowUp") go(at < 0 ? -1 : at - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(-1);
    else if (isTile && sideways !== 0) go(at + (rightward ? sideways : -sideways));
    else if (sideways === (rightward ? 1 : -1) && active?.getAttribute("aria-haspopup")) active.click();
    else if ((event.key === "Escape" || sideways === (rightward ? -1 : 1)) && menu !== root) leave(menu);
    else if (event.key === "Escape" || event.key === "Tab") close();
    else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const begins = (one: HTMLElement): boolean => (one.textContent ?? "").trim().toLowerCase().startsWith(event.key.toLowerCase());
      [...rows.slice(at + 1), ...rows.slice(0, at + 1)].find(begins)?.focus();
    } else return;
    event.preventDefault();
  });
  root.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || !(event.target instanceof Element)) return;
    const over = event.target.closest<HTMLElement>(".qe-menu-row");
    const menu = menuOf(event.target);
    clearTimeout(patience);
    if (!over || !menu || over.getAttribute("aria-expanded") === "true") return;
    patience = window.setTimeout(() => {
      if (!over.isConnected) return;
      if (over.getAttribute("aria-haspopup")) over.dispatchEvent(new MouseEvent("click", { bubbles: false, detail: 1 }));
      else shutBeside(menu);
    }, PATIENCE);
  });
}

/** Out of a menu that flew out, back to the row that holds it. */
function leave(menu: HTMLElement): void {
  const opener = menu.previousElementSibling;
  shutBeside(menu.parentElement);
  if (opener instanceof HTMLElement) opener.focus();
}
