/** One thing that can be asked of the editor. Toolbar, menus, keys and the command search all show and run the same object. */
export interface Action {
  /** Stable and spoken in code only: "align-left". A button with `data-do="align-left"` runs it. */
  readonly id: string;
  readonly group: ActionGroup;
  /** In the person's language; asked each time, as it may name what it is about ("Undo Move Host"). */
  readonly title: () => string;
  /** As `nameOfKey` writes them, the one to show first. `mod` is Ctrl, or Cmd on macOS. */
  readonly keys: readonly string[];
  /** Keys that the browser turns into an event of its own, such as copy: shown with the others, never taken from it. */
  readonly native: readonly string[];
  /** Changes the layout: not for readers. */
  readonly edits: boolean;
  /** Also while the focus is outside the canvas and the layer list (but never while somebody types). */
  readonly anywhere: boolean;
  /** Found in the command search; arrow keys are not worth a line each. */
  readonly listed: boolean;
  /** Has a line of its own in the shortcut list; ten digits share one. */
  readonly sheet: boolean;
  readonly enabled: () => boolean;
  /** For switches: whether it is on. */
  readonly pressed: (() => boolean) | null;
  /** False means: nothing to do here, let the browser have the key. */
  readonly run: () => boolean | void;
}

export type ActionGroup = "tool" | "edit" | "select" | "object" | "arrange" | "order" | "view" | "file";

type Given = Pick<Action, "id" | "group" | "title" | "run"> & Partial<Action>;

export function action(given: Given): Action {
  return { keys: [], native: [], edits: false, anywhere: false, listed: true, sheet: true, enabled: () => true, pressed: null, ...given };
}

/** What may be done now: the editor knows. */
export interface Mode {
  readonly readonly: boolean;
  readonly fixed: boolean;
}

/** What changes the draft object by object: not while a product's picture is shown instead of it. */
const HANDS_ON: ReadonlySet<ActionGroup> = new Set(["tool", "edit", "object", "arrange", "order"]);
const STEPS: ReadonlySet<string> = new Set(["undo", "redo"]);

/** All actions of the open editor. Panels add theirs at mounting. An id and a key belong to one action each: a second claim is a mistake of ours, and thrown. */
export class ActionTable {
  /** Single-letter shortcuts can be switched off (WCAG 2.1.4). */
  letters = true;
  private readonly byId = new Map<string, Action>();
  private readonly byKeys = new Map<string, Action>();
  private readonly mode: Mode;

  constructor(mode: Mode) {
    this.mode = mode;
  }

  add(...actions: readonly Action[]): void {
    for (const one of actions) {
      if (this.byId.has(one.id)) throw new Error(`two actions are called ${one.id}`);
      this.byId.set(one.id, one);
      for (const key of [...one.keys, ...one.native]) {
        const other = this.byKeys.get(key);
        if (other) throw new Error(`${one.id} and ${other.id} both claim ${key}`);
        this.byKeys.set(key, one);
      }
    }
  }

  get(id: string): Action | undefined {
    return this.byId.get(id);
  }

  all(): Action[] {
    return [...this.byId.values()];
  }

  /** The action behind a pressed key, if it may run now. */
  forKey(name: string): Action | undefined {
    if (!this.letters && /^(shift\+)?\S$/.test(name) && name !== "?") return undefined;
    const found = this.byKeys.get(name);
    return found && !found.native.includes(name) && this.allows(found) ? found : undefined;
  }

  allows(one: Action): boolean {
    return !(one.edits && (this.mode.readonly || (this.mode.fixed && HANDS_ON.has(one.group) && !STEPS.has(one.id)))) && one.enabled();
  }

  /** Runs it if it may run now. False if not, or if there was nothing to do. */
  run(id: string): boolean {
    const one = this.byId.get(id);
    return one !== undefined && this.allows(one) && one.run() !== false;
  }
}

const MAC = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
const SYMBOLS: Readonly<Record<string, string>> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", Delete: "Del", Backspace: "⌫", Enter: "↵", ContextMenu: "Menu" };

/** "Ctrl+Shift+Z", or "⇧⌘Z" on macOS. */
export function keyWords(key: string): string {
  // The plus key itself, alone or behind others.
  const parts = key === "+" ? ["+"] : key.endsWith("++") ? [...key.slice(0, -2).split("+"), "+"] : key.split("+");
  const last = parts.pop() ?? "";
  const shown = SYMBOLS[last] ?? last.replace(/^Digit/, "");
  const name = shown.length === 1 ? shown.toUpperCase() : shown;
  if (MAC) return [parts.includes("alt") ? "⌥" : "", parts.includes("shift") ? "⇧" : "", parts.includes("mod") ? "⌘" : "", name].join("");
  return [...parts.map((part) => (part === "mod" ? "Ctrl" : part === "alt" ? "Alt" : "Shift")), name].join("+");
}

/** All keys of an action, the one to show first, in words. */
export function keysOf(one: Action): string[] {
  return [...one.keys, ...one.native].map(keyWords);
}

/** What a tooltip says: the title and its first shortcut. */
export function tooltip(one: Action): string {
  const [key] = keysOf(one);
  return key ? `${one.title()} (${key})` : one.title();
}
