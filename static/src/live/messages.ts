/** What the server tells a page, as apps/live/messages.py says it. */
export interface LiveMessage {
  readonly kind: string;
  /** Counts up within a team; absent on messages that belong to the connection only. */
  readonly seq?: number;
  readonly [field: string]: unknown;
}

/** The server no longer holds what this browser missed: everything on the page is to be fetched again. */
export const RESYNC = "resync";

/** Reads one frame. Anything that is not a message with a kind gives null. */
export function readMessage(frame: string): LiveMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || typeof (value as LiveMessage).kind !== "string") return null;
  return value as LiveMessage;
}

/** Ids of the rows a message is about: `{"task": {"id": …}}` and `{"task_id": …}` both name one. */
export function idsIn(message: LiveMessage): string[] {
  const ids: string[] = [];
  for (const [name, value] of Object.entries(message)) {
    if ((name === "id" || name.endsWith("_id")) && (typeof value === "string" || typeof value === "number")) ids.push(String(value));
    if (typeof value === "object" && value !== null && "id" in value) ids.push(String(value.id));
  }
  return ids;
}

/** Whether an element that listens to `wanted` ("task.changed recording") hears this kind; a bare word hears its whole family. */
export function hears(wanted: string, kind: string): boolean {
  return wanted.split(/\s+/).some((one) => one !== "" && (one === kind || one === "*" || kind.startsWith(`${one}.`)));
}
