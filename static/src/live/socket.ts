import { readMessage, type LiveMessage } from "./messages.ts";

export type Connection = "connecting" | "open" | "waiting";

interface Options {
  readonly url: string;
  /** The last sequence number the page was drawn with, if it knows. */
  readonly since: number | null;
  readonly onMessage: (message: LiveMessage) => void;
  readonly onConnection: (state: Connection) => void;
}

const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 20_000;
/** Close codes of the server: this session may not listen, so asking again does not help. */
const REFUSED = new Set([4401, 4403]);

/** Milliseconds to wait before the nth attempt (from 0), spread so that a thousand browsers do not return together. */
export function waitBefore(attempt: number, random: number): number {
  return Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** attempt) * (0.5 + random / 2);
}

/** Keeps one socket open, asks after each gap for what was missed, and passes messages on in order, each once. Answers a way to
 * say something: it is lost while there is no connection. */
export function openSocket({ url, since, onMessage, onConnection }: Options): (message: object) => void {
  let last = since;
  let attempt = 0;
  let current: WebSocket | null = null;

  function connect(): void {
    onConnection("connecting");
    const address = new URL(url, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    if (last !== null) address.searchParams.set("since", String(last));
    const socket = new WebSocket(address);
    current = socket;

    socket.addEventListener("open", () => {
      attempt = 0;
      onConnection("open");
    });
    socket.addEventListener("message", (event: MessageEvent<string>) => {
      const message = readMessage(event.data);
      if (!message) return;
      if (typeof message.seq === "number") {
        const repeated = last !== null && message.seq <= last && message.kind !== "resync";
        last = message.kind === "resync" ? message.seq : Math.max(last ?? 0, message.seq);
        if (repeated) return;
      }
      onMessage(message);
    });
    socket.addEventListener("close", (event) => {
      if (REFUSED.has(event.code)) return;
      onConnection("waiting");
      setTimeout(connect, waitBefore(attempt, Math.random()));
      attempt += 1;
    });
  }

  connect();
  return (message) => {
    if (current?.readyState === WebSocket.OPEN) current.send(JSON.stringify(message));
  };
}
