/** Aligning, distributing and ordering as pictures, and a menu with everything else that arranges. Made once: what is chosen only changes what may be pressed. */
import { tooltip, type ActionTable } from "../../actions/action.ts";
import type { Editor } from "../../state/editor.ts";
import { say } from "../../i18n/strings.ts";
import { h, iconButton } from "../../ui/dom.ts";
import type { Field } from "./fields.ts";
import { mountMenu } from "../menus/menu.ts";
import { ARRANGE_MORE } from "../menus/menu_tree.ts";

const PICTURES: ReadonlyArray<readonly [icon: string, id: string]> = [
  ["alignLeft", "align-left"], ["alignCenter", "align-center"], ["alignRight", "align-right"], ["alignTop", "align-top"], ["alignMiddle", "align-middle"], ["alignBottom", "align-bottom"],
  ["spreadX", "distribute-x"], ["spreadY", "distribute-y"], ["front", "order-front"], ["forward", "order-forward"], ["backward", "order-backward"], ["back", "order-back"],
];
const AIR = 8;

export function arrangeBar(editor: Editor, table: ActionTable): Field {
  const buttons = PICTURES.flatMap(([icon, id]) => {
    const one = table.get(id);
    return one ? [{ one, button: iconButton(icon, one.title(), () => table.run(id), { "data-do-here": id, title: tooltip(one) }) }] : [];
  });
  const more = h("button", { type: "button", class: "qe-chip qe-arrange-more", "data-testid": "arrange-more", "aria-haspopup": "menu", title: say("arrangeMore") }, say("arrange"), h("span", { class: "qe-more-mark is-down", "aria-hidden": "true" }));
  // The panel beside cuts off what reaches over its edge: the menu stands on the page itself.
  const panel = h("div", { class: "qe-popover is-menu is-loose", role: "menu", "aria-label": say("arrangeMore"), "data-testid": "arrange-menu", hidden: true });
  document.querySelector(".qe")?.append(panel);
  mountMenu(table, ARRANGE_MORE, more, panel, { place: () => {
    const at = more.getBoundingClientRect();
    panel.style.left = `${Math.max(AIR, Math.min(innerWidth - panel.offsetWidth - AIR, at.right - panel.offsetWidth))}px`;
    panel.style.top = `${Math.max(AIR, Math.min(innerHeight - panel.offsetHeight - AIR, at.bottom + 4))}px`;
  } });
  const element = h("div", { class: "qe-arrange" }, h("div", { class: "qe-arrange-head" }, more), h("div", { class: "qe-tools", role: "group", "aria-label": say("arrange") }, ...buttons.map(({ button }) => button)));
  return {
    element,
    refresh: () => {
      const idle = editor.fixed || editor.chosen.every((object) => object.locked);
      for (const { one, button } of buttons) if (button.disabled !== (idle || !table.allows(one))) button.disabled = idle || !table.allows(one);
      more.disabled = idle;
    },
  };
}
