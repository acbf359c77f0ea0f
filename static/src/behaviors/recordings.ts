/** The list of recordings keeps up by itself, grows at its end, and remembers how it is shown. */
import { keptUp, mayPass } from "../live/single_flight.ts";

const PAGES = "recordingPages"; // in the history entry: how many pages were open, so that Back finds its place

type Found = ReadonlyMap<string, HTMLElement>;

function cards(root: ParentNode): Found {
  const found = new Map<string, HTMLElement>();
  for (const one of root.querySelectorAll<HTMLElement>("[data-recording-id]")) found.set(one.dataset["recordingId"] ?? "", one);
  return found;
}

/** Which ids of the first page are new, which of the shown ones are gone. Ids sort by time; older pages are not judged. */
export function difference(shown: readonly string[], fresh: readonly string[], isWhole: boolean): { added: string[]; gone: string[] } {
  const oldest = isWhole ? "" : (fresh.at(-1) ?? "￿");
  return {
    added: fresh.filter((id) => !shown.includes(id)),
    gone: shown.filter((id) => id >= oldest && !fresh.includes(id)),
  };
}

/** A page of recordings, or the status of what came instead: 401 where it was the sign-in page, 0 where nothing came. */
async function page(url: string): Promise<Document | number> {
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (answer.redirected) return 401;
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : answer.status;
  } catch {
    return 0;
  }
}

/** A recording came or changed: the first page is asked again, and only what differs is touched. False where nothing came. */
async function freshen(): Promise<boolean> {
  const here = new URL(location.href);
  if (here.searchParams.has("before") || here.searchParams.has("after")) return true;
  const next = await page(here.href);
  if (typeof next === "number") return !mayPass(next);
  const listing = document.querySelector("#listing");
  const gallery = document.querySelector(".qb-recs");
  const nextGallery = next.querySelector(".qb-recs");
  if (!gallery || !nextGallery) {
    const whole = next.querySelector("#listing");
    if (listing && whole) listing.replaceWith(whole);
    announce();
    return true;
  }
  const [shown, fresh] = [cards(gallery), cards(nextGallery)];
  const { added, gone } = difference([...shown.keys()], [...fresh.keys()], !next.querySelector(".qb-pager"));
  for (const id of gone) shown.get(id)?.remove();
  for (const [id, card] of fresh) {
    const before = shown.get(id);
    if (!before) continue;
    if (before.matches(":focus-within, :hover")) before.querySelector("img")?.setAttribute("src", card.querySelector("img")?.getAttribute("src") ?? "");
    else if (before.innerHTML !== card.innerHTML) before.replaceWith(card);
  }
  for (const id of added.toReversed()) {
    const card = fresh.get(id);
    if (!card) continue;
    card.classList.add("is-new");
    gallery.prepend(card);
  }
  const [calendar, nextCalendar] = [document.querySelector("#calendar"), next.querySelector("#calendar")];
  if (calendar && nextCalendar && !calendar.contains(document.activeElement)) calendar.replaceWith(nextCalendar);
  if (added.length) announce();
  return true;
}

function announce(): void {
  const place = document.querySelector<HTMLElement>("#arrived");
  if (place) place.textContent = place.dataset["text"] ?? "";
}

const REST = 150; // ms: many recordings that come together are one question

export function keepRecordings(): void {
  const keepUp = keptUp(freshen);
  let timer = 0;
  document.addEventListener("quadbox:message", (event) => {
    const { kind } = (event as CustomEvent<{ kind: string }>).detail;
    if (!kind.startsWith("recording.") && kind !== "resync") return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void keepUp(), REST);
  });
}

/** "Older" becomes "Load more": the next page is added below, the scroll stays. Without scripts it is a link. */
export function offerMore(): void {
  prepare();
  document.addEventListener("htmx:afterSwap", prepare);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-more]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void more(link);
  });
  const open = Number((history.state as Record<string, unknown> | null)?.[PAGES] ?? 0);
  if (open > 0) void again(open);
}

function prepare(): void {
  const text = document.querySelector<HTMLElement>("[data-more-text]")?.dataset["moreText"] ?? "";
  for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-more-text] .qb-pager a[rel='next']")) {
    link.dataset["more"] = "";
    link.textContent = text;
  }
}

/** Adds what the link leads to; where that does not come, the browser goes there and shows why. */
async function more(link: HTMLAnchorElement): Promise<void> {
  if (link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  link.classList.add("htmx-request");
  const hadFocus = document.activeElement === link;
  const next = await page(link.href);
  if (typeof next === "number") {
    location.assign(link.href);
    return;
  }
  const gallery = document.querySelector(".qb-recs");
  const pager = document.querySelector("[data-more-text]");
  const shown = cards(document);
  const fresh = [...cards(next)].filter(([id]) => !shown.has(id)).map(([, card]) => card);
  gallery?.append(...fresh);
  const following = next.querySelector(".qb-pager a[rel='next']");
  pager?.querySelector(".qb-pager")?.replaceChildren(...(following ? [following] : []));
  prepare();
  if (hadFocus) fresh[0]?.querySelector<HTMLElement>("h3 a")?.focus({ preventScroll: true });
  const state = (history.state ?? {}) as Record<string, unknown>;
  history.replaceState({ ...state, [PAGES]: Number(state[PAGES] ?? 0) + 1 }, "");
}

async function again(count: number): Promise<void> {
  const state = (history.state ?? {}) as Record<string, unknown>;
  history.replaceState({ ...state, [PAGES]: 0 }, "");
  const place = window.scrollY;
  for (let n = 0; n < count; n += 1) {
    const link = document.querySelector<HTMLAnchorElement>("a[data-more]");
    if (!link) break;
    // One after the other: each page names the next.
    // oxlint-disable-next-line no-await-in-loop
    await more(link);
  }
  if (place) window.scrollTo({ top: place });
}

/** `[data-view="list"]` shows rows, `[data-view="grid"]` posters; the choice is kept in a cookie, so that the server draws it. */
export function switchView(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-view]") : null;
    if (!button) return;
    const view = button.dataset["view"] === "list" ? "list" : "grid";
    document.cookie = `recordings_view=${view}; path=/recordings/; max-age=31536000; samesite=lax`;
    for (const one of document.querySelectorAll("[data-view]")) one.setAttribute("aria-pressed", String(one === button));
    document.querySelector(".qb-recs")?.classList.toggle("is-list", view === "list");
  });
}

/** An address without the filters that are empty. */
export function dropEmptyFilters(): void {
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = (event as CustomEvent<{ elt: Element; parameters: Record<string, unknown> }>).detail;
    if (elt.id !== "filters") return;
    for (const [name, value] of Object.entries(parameters)) if (value === "") delete parameters[name];
  });
  document.querySelector<HTMLFormElement>("#filters")?.addEventListener("formdata", (event) => {
    const empty = Array.from(event.formData).filter(([, value]) => value === "");
    for (const [name] of empty) event.formData.delete(name);
  });
}
