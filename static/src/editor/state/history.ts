import type { Aids } from "../document/editor_state.ts";
import type { Ids, LayoutDocument } from "../document/types.ts";

const STEPS = 1000;
/** Repeats of the same small action (arrow keys) join one step until this much rest, in milliseconds. */
const JOIN_WITHIN = 1000;

export interface Moment {
  readonly document: LayoutDocument;
  readonly aids: Aids;
  readonly selection: Ids;
}

interface Step extends Moment {
  /** What was done after this moment: "Move Host". */
  readonly name: string;
}

/** Undo and redo: a step is simply the document (and selection) before it. Saving does not clear it. */
export class History {
  private past: Step[] = [];
  private future: Step[] = [];
  private joining: { readonly key: string; readonly at: number } | null = null;

  get undoName(): string | null {
    return this.past.at(-1)?.name ?? null;
  }

  get redoName(): string | null {
    return this.future.at(-1)?.name ?? null;
  }

  /** Remembers the moment before an action. A `joinKey` equal to the last one's makes them one step: soon after it, or whenever for a key that begins with "!". */
  record(before: Moment, name: string, now: number, joinKey: string | null = null): void {
    const joins = joinKey !== null && this.joining?.key === joinKey && (joinKey.startsWith("!") || now - this.joining.at < JOIN_WITHIN);
    this.joining = joinKey === null ? null : { key: joinKey, at: now };
    this.future = [];
    if (joins) return;
    this.past.push({ ...before, name });
    if (this.past.length > STEPS) this.past.shift();
  }

  /** Changes what lay beside the document in every step: what others drew there is no step to be undone. */
  bring(change: (aids: Aids) => Aids): void {
    const brought = (step: Step): Step => ({ ...step, aids: change(step.aids) });
    this.past = this.past.map(brought);
    this.future = this.future.map(brought);
  }

  undo(present: Moment): (Moment & { readonly name: string }) | null {
    return this.step(this.past, this.future, present);
  }

  redo(present: Moment): (Moment & { readonly name: string }) | null {
    return this.step(this.future, this.past, present);
  }

  private step(from: Step[], to: Step[], present: Moment): Step | null {
    const step = from.pop();
    if (!step) return null;
    to.push({ ...present, name: step.name });
    this.joining = null;
    return step;
  }
}
