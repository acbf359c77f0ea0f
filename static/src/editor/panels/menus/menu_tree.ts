/** Which action stands in which menu. Menus hold ids only: title, shortcut and whether it may run are the action's own. */
import { CANVAS_SIZES } from "../../actions/canvas_settings.ts";
import { PARTS } from "../../actions/arrange.ts";
import { PRESETS } from "../../commands/presets.ts";
import type { Key } from "../../i18n/strings.ts";

/** An action's id, a line between (""), pictures side by side, or a menu of its own. */
export type Entry = string | Tiles | Submenu;

export interface Tiles {
  readonly tiles: readonly string[];
  readonly title: Key;
}

export interface Submenu {
  readonly title: Key;
  readonly entries: readonly Entry[];
}

const PART_TILES: Tiles = { title: "partsMenu", tiles: ["half", "quarter", "third"].flatMap((kind) => PARTS.map(([id]) => id).filter((id) => id.startsWith(kind))) };
const ALIGN = ["align-left", "align-center", "align-right", "align-top", "align-middle", "align-bottom"];
const PLACES: readonly Entry[] = ["fill-canvas", "fit-canvas", "center-canvas", PART_TILES];
const SPREAD = ["tidy", "distribute-x", "distribute-y", "same-width", "same-height"];

export const CARRY: Submenu = { title: "carryMenu", entries: ["copy-place", "paste-place", "copy-look", "paste-look"] };
/** What the inspector's buttons do not show already. */
export const ARRANGE_MORE: readonly Entry[] = [...PLACES, "", "tidy", "same-width", "same-height", "", "key-object"];
export const ARRANGE: Submenu = { title: "arrange", entries: [...ALIGN, "key-object", "", ...SPREAD, "", ...PLACES] };
export const ORDER: Submenu = { title: "groupOrder", entries: ["order-front", "order-forward", "order-backward", "order-back"] };
export const SELECT: Submenu = { title: "groupSelect", entries: ["select-all", "select-none", "select-invert", "select-same", "", "select-next", "select-previous", "select-below", "select-parent"] };
const GUIDES: Submenu = { title: "guides", entries: ["add-guide", "guide-next", "clear-guides"] };
const OPACITY: Submenu = { title: "opacityMenu", entries: ["opacity", "", ...Array.from({ length: 10 }, (_, step) => `opacity-${100 - step * 10}`)] };

/** Of one object or several, under the pointer. */
export const OF_SELECTION: readonly Entry[] = ["open", "", "copy", "cut", "paste-here", "duplicate", "delete", CARRY, "", ARRANGE, ORDER, "", "group", "ungroup", "rename", "lock", "hide", "reset-crop", "", SELECT];

/** Everything, behind one button at the top. */
export function mainMenu(products: readonly string[]): readonly Entry[] {
  return [
    "rename-layout", "save", "duplicate-layout", "copy-link", "export-file", "import-file", "",
    { title: "groupEdit", entries: ["undo", "redo", "", "copy", "cut", "paste", "duplicate", "delete", "", ...CARRY.entries] },
    { title: "addMenu", entries: ["add-region", "add-text", "add-image", "add-image-library", "add-image-url", "", "tool-select", "tool-pan", "tool-region", "tool-text", "keep-tool"] },
    SELECT,
    { title: "groupObject", entries: ["open", "rename", "lock", "hide", "group", "ungroup", "", "keep-ratio", "reset-crop", "crop-in", "crop-out", OPACITY] },
    ARRANGE, ORDER,
    { title: "presets", entries: [...PRESETS.map((preset) => `preset-${preset}`), "", "save-preset", "import-presets", "export-presets"] },
    { title: "canvas", entries: ["canvas-size", ...CANVAS_SIZES.map((size) => `canvas-${size}`), "", "background-color", "background-upload", "background-library", "background-none"] },
    GUIDES,
    { title: "groupView", entries: ["zoom-in", "zoom-out", "zoom-100", "fit", "fit-selection", "", "snap", "grid", "rulers", "safe-areas", "hide-panels", "", "next-area", "previous-area", "repeat"] },
    { title: "previewMenu", entries: ["preview-draft", ...products.map((slug) => `preview-${slug}`)] },
    { title: "madeForTitle", entries: ["made-for-running", ...products.map((slug) => `made-for-${slug}`)] },
    "", "command-search", "help",
  ];
}
