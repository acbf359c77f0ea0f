/** Which key does what at a player. Pure. */

export type Action =
  | { readonly kind: "toggle" | "mute" | "full" }
  | { readonly kind: "by"; readonly seconds: number }
  | { readonly kind: "frame" | "speed" | "chapter"; readonly step: number }
  | { readonly kind: "share"; readonly share: number };

interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  " ": { kind: "toggle" },
  k: { kind: "toggle" },
  ArrowLeft: { kind: "by", seconds: -5 },
  ArrowRight: { kind: "by", seconds: 5 },
  j: { kind: "by", seconds: -10 },
  l: { kind: "by", seconds: 10 },
  ",": { kind: "frame", step: -1 },
  ".": { kind: "frame", step: 1 },
  "<": { kind: "speed", step: -1 },
  ">": { kind: "speed", step: 1 },
  m: { kind: "mute" },
  f: { kind: "full" },
  p: { kind: "chapter", step: -1 },
  n: { kind: "chapter", step: 1 },
};

/** Keys with Ctrl, Alt or Meta belong to the browser. */
export function keyAction(event: Key): Action | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  if (/^\d$/.test(event.key)) return { kind: "share", share: Number(event.key) / 10 };
  return ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}
