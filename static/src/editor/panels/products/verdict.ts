/** A product's findings in a word, an icon and a number. */
import type { Finding } from "../../../api/client.ts";
import type { Answer } from "../../sync/products.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";

export const MARKS: Record<Finding["level"], string> = { error: "✕", changed: "≈", dropped: "∅", note: "i" };
export const LEVELS: readonly Finding["level"][] = ["error", "dropped", "changed", "note"];

export interface Verdict {
  readonly words: string;
  readonly level: "error" | "changed" | "fits" | "wait";
}

export function verdictOf(answer: Answer | undefined): Verdict {
  if (!answer) return { words: say("checking"), level: "wait" };
  if (answer.failure !== null) return { words: say("notChecked", { why: answer.failure }), level: "wait" };
  const count = (...levels: Finding["level"][]): number => answer.findings.filter((finding) => levels.includes(finding.level)).length;
  const [errors, changes, notes] = [count("error"), count("changed", "dropped"), count("note")];
  if (errors > 0) return { words: `✕ ${say("errors", { n: errors })}${changes > 0 ? ` · ${say("differs", { n: changes })}` : ""}`, level: "error" };
  if (changes > 0) return { words: `≈ ${say("differs", { n: changes })}`, level: "changed" };
  return { words: `✓ ${say("fits")}${notes > 0 ? ` · ${say("notes", { n: notes })}` : ""}`, level: "fits" };
}

export function tile(vendor: string): HTMLElement {
  return h("span", { class: `vendor-tile vendor-${vendor}`, "aria-hidden": "true" }, vendor.slice(0, 2));
}
