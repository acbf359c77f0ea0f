/** What can be said of whether a draft is saved. */
import type { Layout } from "../../api/client.ts";

export type Lost = "signedOut" | "gone" | "forbidden";

/** What an answer says of whether anything can be saved here at all. */
export const LOST: Readonly<Record<number, Lost>> = { 401: "signedOut", 403: "forbidden", 404: "gone", 410: "gone" };
export const ASKED_ON_LEAVING: ReadonlySet<SaveState["kind"]> = new Set(["offline", "retrying", "signedOut", "gone", "forbidden"]);

/** There is something to be sent, and nobody else has to decide. */
export const OUTSTANDING: ReadonlySet<SaveState["kind"]> = new Set(["unsaved", "offline", "retrying", "refused"]);

export type SaveState =
  | { readonly kind: "saved"; readonly at: Date | null }
  | { readonly kind: "unsaved" | "saving" | "retrying" | "offline" | "readonly" }
  /** The session is over; the layout is deleted; this person may no longer change it. */
  | { readonly kind: Lost }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "conflict"; readonly theirs: Layout };
