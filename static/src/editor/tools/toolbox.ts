import type { Editor } from "../editor.ts";
import { draw } from "./draw.ts";
import { pan } from "./pan.ts";
import { idle } from "./select/idle.ts";
import type { Pointer, State, Surroundings, ToolName } from "./tool.ts";

/** Holds the current tool and its current state, and hands events to it. */
export class Toolbox {
  tool: ToolName = "select";
  private state: State;
  private borrowed: State | null = null;
  private readonly around: Surroundings;
  private readonly listeners = new Set<() => void>();

  constructor(editor: Editor, setCursor: (cursor: string) => void, openObject: (id: string) => void) {
    const toolUsed = (): void => {
      if (!editor.keepTool) this.choose("select");
    };
    this.around = { editor, toolUsed, setCursor, openObject };
    this.state = idle(this.around);
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  choose(tool: ToolName): void {
    this.tool = tool;
    this.state = tool === "select" ? idle(this.around) : tool === "pan" ? pan(this.around) : draw(this.around, tool);
    this.around.setCursor(this.state.cursor ?? "default");
    for (const listener of this.listeners) listener();
  }

  /** Space, or the middle button: pans for as long as it is held. */
  borrowPan(on: boolean): void {
    if (on === (this.borrowed !== null)) return;
    this.borrowed = on ? pan(this.around) : null;
    this.around.setCursor((this.borrowed ?? this.state).cursor ?? "default");
  }

  handle(event: "press" | "move" | "release" | "doublePress", pointer: Pointer): void {
    const state = this.borrowed ?? this.state;
    const next = state[event]?.(pointer);
    if (!next || this.borrowed) return;
    this.state = next;
    if (next.cursor) this.around.setCursor(next.cursor);
  }

  cancel(): void {
    const next = this.state.cancel?.();
    if (next) this.state = next;
  }
}
