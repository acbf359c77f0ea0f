/** The others in a layout, from what is heard of them. Who is silent too long has gone. */
import type { LiveMessage } from "../../live/messages.ts";

/** As apps/live/presence.py has it. */
export const SILENT_AFTER = 45_000;

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly editing: boolean;
}

export class Company {
  private readonly layoutId: string;
  private readonly there = new Map<string, Person & { readonly heard: number }>();

  constructor(layoutId: string) {
    this.layoutId = layoutId;
  }

  /** The person, if a message tells of one who was not here before. */
  hear(message: LiveMessage, now: number): Person | null {
    const { layout_id, connection, person, editing } = message;
    if (layout_id !== this.layoutId || typeof connection !== "string") return null;
    if (message.kind === "presence.left") {
      this.there.delete(connection);
      return null;
    }
    if (message.kind !== "presence.here" || typeof person !== "object" || person === null) return null;
    const { id, name } = person as { id?: unknown; name?: unknown };
    const known = this.people(now).some((one) => one.id === String(id));
    const one = { id: String(id), name: String(name), editing: editing === true };
    this.there.set(connection, { ...one, heard: now });
    return known ? null : one;
  }

  /** Each person once, however many windows they have; by name. */
  people(now: number): Person[] {
    const found = new Map<string, Person>();
    for (const [connection, { heard, ...person }] of this.there) {
      if (now - heard > SILENT_AFTER) this.there.delete(connection);
      else if (!found.get(person.id)?.editing) found.set(person.id, person);
    }
    return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  }
}
