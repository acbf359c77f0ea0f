import type { Editor } from "../state/editor.ts";
import type { Size } from "../geometry/view.ts";
import { draw } from "./draw.ts";
import { pan } from "./pan.ts";
import { cropping } from "./select/cropping.ts";
import { idle } from "./select/idle.ts";
import type { Pointer, State, Surroundings, ToolName } from "./tool.ts";

export interface ToolboxOptions {
  readonly setCursor: (cursor: string) => void;
  readonly openObject: (id: string) => void;
  readonly pictureSize: (url: string) => Size | null;
}

/** Holds the current tool and its current state, and hands events to it. */
export class Toolbox {
  tool: ToolName = "select";
  readonly around: Surroundings;
  private state: State;
  private borrowed: State | null = null;
  private last: Pointer | null = null;
  private readonly editor: Editor;
  private readonly listeners = new Set<() => void>();

  constructor(editor: Editor, options: ToolboxOptions) {
    const toolUsed = (): void => {
      if (!editor.keepTool) this.choose("select");
    };
    this.editor = editor;
    this.around = { editor, toolUsed, ...options };
    this.state = idle(this.around);
    editor.onChange((part) => {
      if (part === "selection") this.followInside();
      // Nothing is drawn where nothing can be changed.
      if ((part === "preview" || part === "mode") && editor.fixed && this.tool !== "pan" && this.tool !== "select") this.choose("select");
    });
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  get stateName(): string {
    return (this.borrowed ?? this.state).name;
  }

  get dragging(): boolean {
    return this.state.dragging ?? false;
  }

  choose(tool: ToolName): void {
    if (this.dragging) this.cancel();
    this.tool = tool;
    this.become(tool === "select" ? idle(this.around) : tool === "pan" ? pan(this.around) : draw(this.around, tool));
    for (const listener of this.listeners) listener();
  }

  /** Space, or the middle button: pans for as long as it is held. */
  borrowPan(on: boolean): void {
    if (on === (this.borrowed !== null)) return;
    this.borrowed = on ? pan(this.around) : null;
    this.around.setCursor((this.borrowed ?? this.state).cursor ?? "default");
  }

  handle(event: "press" | "move" | "release" | "doublePress", pointer: Pointer): void {
    this.last = pointer;
    const state = this.borrowed ?? this.state;
    const next = state[event]?.(pointer);
    if (next && !this.borrowed) this.become(next);
  }

  /** Modifier keys changed, or the canvas moved below a resting pointer. */
  again(change: Partial<Pointer>): void {
    if (this.last && (this.dragging || this.state.name === "idle")) this.handle("move", { ...this.last, ...change });
  }

  /** Esc. False if there was nothing to put back. */
  cancel(): void {
    const next = this.state.cancel?.();
    if (next) this.become(next);
  }

  private become(next: State | "idle"): void {
    this.state = next === "idle" ? idle(this.around) : next;
    if (this.state.cursor) this.around.setCursor(this.state.cursor);
  }

  /** Cropping begins and ends with the editor's word, whoever spoke it. */
  private followInside(): void {
    const { inside } = this.editor;
    if (inside?.kind === "crop" && !this.state.name.startsWith("crop")) {
      if (this.tool !== "select") this.choose("select");
      this.become(cropping(this.around, inside.id));
    } else if (inside?.kind !== "crop" && this.state.name.startsWith("crop")) this.become(idle(this.around));
  }
}
