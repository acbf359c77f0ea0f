/** Form fields that read from the document and write commands. Each knows how to show the present value again. */
import { evaluate } from "../../geometry/expression.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";

export interface Field {
  readonly element: HTMLElement;
  readonly refresh: () => void;
}

/** The one value all share; null when they differ or there are none. */
export function shared<T>(values: readonly T[]): T | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}

interface Bound<T> {
  readonly label: string;
  readonly name: string;
  readonly read: () => readonly T[];
  readonly write: (value: T) => void;
}

/** Enter and blur keep, Esc restores. What is kept is the input's default value, so that anybody can tell whether something was typed since. */
function bindText(input: HTMLInputElement | HTMLTextAreaElement, commit: (typed: string) => void, refresh: () => void): void {
  input.addEventListener("focus", () => input instanceof HTMLInputElement && input.select());
  input.addEventListener("blur", () => {
    if (isTyped(input)) commit(input.value);
    refresh();
  });
  input.addEventListener("keydown", (event) => {
    const { key } = event as KeyboardEvent;
    if (key === "Escape") {
      input.value = input.defaultValue;
      input.blur();
    } else if (key === "Enter" && input instanceof HTMLInputElement) {
      commit(input.value);
      refresh();
      input.select();
    }
  });
}

/** Whether it holds words that nobody has kept yet. */
export function isTyped(input: HTMLInputElement | HTMLTextAreaElement): boolean {
  return input.value !== input.defaultValue;
}

/** Only what differs is written: a browser lays a field out anew for the same words, too. */
function show(input: HTMLInputElement | HTMLTextAreaElement, value: string, placeholder: string): void {
  if (input.defaultValue !== value) input.defaultValue = value;
  if (input.value !== value) input.value = value;
  if (input.placeholder !== placeholder) input.placeholder = placeholder;
}

function labelled(label: string, input: HTMLElement, wide = false): HTMLElement {
  return h("label", { class: wide ? "qe-field qe-wide" : "qe-field" }, h("span", {}, label), input);
}

interface NumberField extends Omit<Bound<number>, "write"> {
  /** What 100 % is. */
  readonly whole: number;
  readonly low: number;
  readonly high: number;
  /** Gives each object its new value from its own old one, so that `+10` shifts each. Answers why a number was not taken as it was, if so. */
  readonly write: (next: (current: number) => number) => string | void;
  readonly refuse: (message: string) => void;
}

export function numberField({ label, name, read, write, whole, low, high, refuse }: NumberField): Field {
  const input = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", class: "form-control form-control-sm tabular", "data-field": name });
  const limit = (value: number): number => Math.max(low, Math.min(high, value));
  const refresh = (): void => {
    const value = shared(read());
    show(input, value === null ? "" : String(value), value === null ? say("mixed") : "");
  };
  const commit = (typed: string): void => {
    if (evaluate(typed, 0, whole) === null) {
      input.setAttribute("aria-invalid", "true");
      refuse(say("badNumber", { field: label, typed }));
      return;
    }
    input.removeAttribute("aria-invalid");
    change((current) => evaluate(typed, current, whole) ?? current);
  };
  /** What is held by a limit says so: a number that silently becomes another is a riddle. */
  const change = (next: (current: number) => number): void => {
    let beyond = false;
    const held = write((current) => {
      const wanted = next(current);
      beyond ||= limit(wanted) !== wanted;
      return limit(wanted);
    });
    if (held) refuse(held);
    else if (beyond) refuse(say("numberRange", { field: label, low, high }));
  };
  bindText(input, commit, refresh);
  for (const kind of ["input", "blur"]) input.addEventListener(kind, () => input.removeAttribute("aria-invalid"));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const by = (event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1);
    change((current) => current + by);
    refresh();
  });
  refresh();
  return { element: labelled(label, input), refresh: () => (document.activeElement !== input || !isTyped(input)) && refresh() };
}

export function textField({ label, name, read, write }: Bound<string>, options: { readonly lines?: number; readonly list?: string; readonly max?: number } = {}): Field {
  const attributes = { class: "form-control form-control-sm", "data-field": name, maxlength: options.max ?? 120, autocomplete: "off" };
  const input = options.lines ? h("textarea", { ...attributes, rows: options.lines }) : h("input", { ...attributes, type: "text", list: options.list });
  const refresh = (): void => {
    const value = shared(read());
    show(input, value ?? "", value === null ? say("mixed") : "");
  };
  bindText(input, write, refresh);
  refresh();
  return { element: labelled(label, input, true), refresh: () => (document.activeElement !== input || !isTyped(input)) && refresh() };
}

export function choiceField<T extends string>({ label, name, read, write }: Bound<T>, choices: ReadonlyArray<readonly [T, string]>): Field {
  const select = h("select", { class: "form-select form-select-sm", "data-field": name });
  for (const [value, words] of choices) select.append(h("option", { value }, words));
  const mixed = h("option", { value: "", disabled: true, hidden: true }, say("mixed"));
  select.append(mixed);
  const refresh = (): void => {
    const value = shared(read()) ?? "";
    if (select.value !== value) select.value = value;
  };
  select.addEventListener("change", () => write(select.value as T));
  refresh();
  return { element: labelled(label, select), refresh };
}

const ALPHA = /^#[0-9A-F]{8}$/i;

/** Splits "#RRGGBBAA" into its color and how opaque it is, from 0 to 1. */
export function splitColor(color: string): { readonly solid: string; readonly alpha: number } {
  return { solid: color.slice(0, 7).toUpperCase(), alpha: ALPHA.test(color) ? parseInt(color.slice(7), 16) / 255 : 1 };
}

/** "#RRGGBB", with two more digits where it is not opaque. */
export function joinColor(solid: string, alpha: number): string {
  const part = Math.round(Math.max(0, Math.min(1, alpha)) * 255);
  return solid.slice(0, 7).toUpperCase() + (part === 255 ? "" : part.toString(16).padStart(2, "0").toUpperCase());
}

interface AlphaColor extends Omit<Bound<string>, "write"> {
  /** Gives each object its new color from its own old one. */
  readonly write: (next: (current: string) => string) => void;
}

/** A color and beside it how opaque it is, in percent. */
export function alphaColorFields({ label, name, read, write }: AlphaColor, refuse: (message: string) => void): Field[] {
  const color = colorField({ label, name, read, write: (solid) => write((now) => joinColor(solid, splitColor(now).alpha || 1)) });
  const alpha = numberField({
    label: say("alpha", { field: label }), name: `${name}_opacity`, whole: 100, low: 0, high: 100,
    read: () => read().map((one) => Math.round(splitColor(one).alpha * 100)),
    write: (next) => write((now) => joinColor(splitColor(now).solid, next(Math.round(splitColor(now).alpha * 100)) / 100)),
    refuse,
  });
  return [color, alpha];
}

/** An opaque color; what it had behind the sixth digit (its transparency) is the caller's. */
export function colorField({ label, name, read, write }: Bound<string>): Field {
  const input = h("input", { type: "color", class: "form-control form-control-color form-control-sm", "data-field": name });
  const refresh = (): void => {
    const value = (shared(read()) ?? "#000000").slice(0, 7).toLowerCase();
    if (input.value !== value) input.value = value;
  };
  // "change" comes once, when the picker closes: one undo step.
  input.addEventListener("change", () => write(input.value.toUpperCase()));
  refresh();
  return { element: labelled(label, input), refresh };
}
