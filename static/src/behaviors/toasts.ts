export interface Toast {
  readonly text: string;
  readonly level?: "ok" | "error";
  /** A button in the toast, as "Undo", or where to go. */
  readonly action?: { readonly label: string } & ({ readonly run: () => void } | { readonly href: string });
}

const LIFE = 6000;

type Speaker = (text: string, level: NonNullable<Toast["level"]>) => void;
let speaker: Speaker | null = null;

/** A page with a voice of its own says what toasts say: two live regions would speak over one another. */
export function speakToasts(by: Speaker): void {
  speaker = by;
  const there = document.querySelector("[data-toasts]");
  there?.removeAttribute("role");
  there?.removeAttribute("aria-live");
}

function region(): HTMLElement {
  const there = document.querySelector<HTMLElement>("[data-toasts]");
  if (there) return there;
  const made = document.createElement("div");
  made.className = "qb-toasts";
  made.dataset["toasts"] = "";
  if (!speaker) {
    made.setAttribute("role", "status");
    made.setAttribute("aria-live", "polite");
  }
  document.body.append(made);
  return made;
}

/** Lets a card live for six seconds; longer while the pointer or the focus is on it. */
function live(card: HTMLElement): void {
  let timer = 0;
  const hold = (): void => clearTimeout(timer);
  const leave = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => card.remove(), LIFE);
  };
  card.addEventListener("pointerenter", hold);
  card.addEventListener("pointerleave", leave);
  card.addEventListener("focusin", hold);
  card.addEventListener("focusout", leave);
  leave();
}

/** Says one sentence; an error not again while it stands there. */
export function toast({ text, level = "ok", action }: Toast): void {
  if (level === "error" && [...region().children].some((one) => one.firstElementChild?.textContent === text)) return;
  const card = document.createElement("div");
  card.className = `qb-toast qb-toast-${level}`;
  const words = document.createElement("span");
  words.textContent = text;
  card.append(words);
  if (action && "href" in action) {
    const link = document.createElement("a");
    link.className = "btn btn-sm btn-link";
    link.href = action.href;
    link.textContent = action.label;
    card.append(link);
  } else if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-link";
    button.textContent = action.label;
    button.addEventListener("click", () => {
      action.run();
      card.remove();
    });
    card.append(button);
  }
  region().append(card);
  speaker?.(text, level);
  live(card);
}

/** What the page brought along: `<template data-toast="…">` is said, a `[data-toast-card]` that stands there lives as long. */
function sayWhatCame(): void {
  for (const said of document.querySelectorAll<HTMLElement>("template[data-toast]")) {
    toast({ text: said.dataset["toast"] ?? "" });
    said.remove();
  }
  for (const card of document.querySelectorAll<HTMLElement>("[data-toast-card]")) live(card);
  // "Undo" is offered once: the address of a page that is loaded again does not offer it any more.
  const address = new URL(location.href);
  if (address.searchParams.has("deleted")) {
    address.searchParams.delete("deleted");
    history.replaceState(history.state, "", address);
  }
}

/** The server says a toast with the header `HX-Trigger: {"quadbox:toast": {"text": "…"}}`. */
export function listenForToasts(): void {
  sayWhatCame();
  document.addEventListener("quadbox:toast", (event) => {
    const detail = (event as CustomEvent<Toast & { value?: string }>).detail;
    toast({ ...detail, text: detail.text ?? detail.value ?? "" });
  });
}
