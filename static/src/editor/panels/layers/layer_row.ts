/** One row of the layer list: a row of a tree with its name, its eye and its lock. */
import { idsOf, type LayerRow } from "../../document/layer_rows.ts";
import type { LayoutObject } from "../../document/types.ts";
import { titleOf, titleOfGroup, type Editor } from "../../state/editor.ts";
import { spokenRow } from "../../a11y/describe.ts";
import { say } from "../../i18n/strings.ts";
import { h, icon, iconButton } from "../../ui/dom.ts";

export interface RowDoes {
  readonly toggle: (flag: "hidden" | "locked", ids: ReadonlySet<string>) => void;
  readonly fold: (group: string) => void;
}

export function titleOfRow(editor: Editor, row: LayerRow): string {
  return row.kind === "group" ? titleOfGroup(editor.aids, row.group) : titleOf(row.object);
}

export function isChosen(editor: Editor, row: LayerRow): boolean {
  return idsOf(row).every((id) => editor.selection.has(id));
}

export function layerRow(editor: Editor, row: LayerRow, focusable: boolean, does: RowDoes): HTMLElement {
  const name = titleOfRow(editor, row);
  const objects: readonly LayoutObject[] = row.kind === "group" ? row.members : [row.object];
  const hidden = objects.every((object) => object.hidden);
  const locked = objects.every((object) => object.locked);
  const ids = new Set(idsOf(row));
  const flag = (which: "hidden" | "locked", on: boolean, icons: readonly [string, string], words: string): HTMLElement => {
    const run = (event: Event): void => {
      event.stopPropagation();
      does.toggle(which, ids);
    };
    const button = iconButton(on ? icons[0] : icons[1], words, run, { tabindex: "-1", "data-action": which === "hidden" ? "hide" : "lock", class: on ? "qe-tool is-on" : "qe-tool" });
    return h("span", { role: "gridcell" }, button);
  };
  const fold = row.kind === "group" && h("span", { class: "qe-fold", "aria-hidden": "true", "data-fold": row.group, title: say("foldGroup", { name }), onclick: (event: Event) => {
    event.stopPropagation();
    does.fold(row.group);
  } });
  return h(
    "div",
    {
      class: `qe-layer${hidden ? " is-hidden" : ""}`, role: "row", tabindex: focusable ? "0" : "-1", style: `--level: ${row.level}`,
      "aria-level": row.level + 1, "aria-selected": String(isChosen(editor, row)), "aria-expanded": row.kind === "group" ? String(row.open) : null, "aria-label": spokenRow(editor.document, editor.aids, row),
      "data-row": row.key, "data-object-id": row.kind === "object" && row.object.id, "data-group-id": row.kind === "group" && row.group, "data-kind": row.kind === "group" ? "group" : row.object.kind,
    },
    h("span", { role: "gridcell", class: "qe-layer-name", title: name }, fold, icon(row.kind === "group" ? "group" : row.object.kind), h("span", {}, name)),
    !editor.readonly && flag("hidden", hidden, ["eyeOff", "eye"], say(hidden ? "toShow" : "toHide", { name })),
    !editor.readonly && flag("locked", locked, ["lock", "unlock"], say(locked ? "toUnlock" : "toLock", { name })),
    !editor.readonly && h("span", { class: "qe-grip", "aria-hidden": "true", "data-grip": true, title: say("dragLayer") }, "⠿"),
  );
}
