/** The files of a recording that play one after the other. Pure. */

export interface Part {
  readonly url: string;
  readonly format: string;
  /** Seconds; null where the cloud does not say. */
  readonly duration: number | null;
}

/** Where `seconds` into the whole lies: the part, and the seconds into it. Past the end is in the last part. */
export function placeOf(parts: ReadonlyArray<Pick<Part, "duration">>, seconds: number): { part: number; at: number } {
  let before = 0;
  for (const [part, { duration }] of parts.entries()) {
    const isLast = part === parts.length - 1;
    if (isLast || duration === null || seconds < before + duration) return { part, at: Math.max(0, seconds - before) };
    before += duration;
  }
  return { part: 0, at: 0 };
}
