/** The calendar of recordings: arrows go from day to day, the months change in place. */

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** "2026-03-01" and a number of days → the day that far away. */
export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function walkCalendar(): void {
  oneStop();
  document.addEventListener("htmx:afterSwap", oneStop);
  document.addEventListener("keydown", (event) => {
    const here = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-day]") : null;
    if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      void go(dayAfter(here.dataset["day"] ?? "", step), step < 0);
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      void turn(event.key === "PageUp").then(() => days()[0]?.focus());
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      days().at(event.key === "Home" ? 0 : -1)?.focus();
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-month]") : null;
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const back = link === months()[0];
    void turn(back).then(() => months()[back ? 0 : 1]?.focus());
  });
}

function days(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#calendar [data-day]")];
}

function months(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("#calendar a[data-month]")];
}

/** One day is reached by Tab, the others by arrows. */
function oneStop(): void {
  const all = days();
  const first = all.find((one) => one.getAttribute("aria-current")) ?? all.find((one) => one.classList.contains("is-today")) ?? all[0];
  for (const one of all) one.tabIndex = one === first ? 0 : -1;
}

async function go(day: string, back: boolean): Promise<void> {
  const find = (): HTMLElement | null => document.querySelector<HTMLElement>(`#calendar [data-day="${day}"]`);
  if (!find()) await turn(back);
  const target = find();
  if (!target) return;
  for (const one of days()) one.tabIndex = one === target ? 0 : -1;
  target.focus();
}

async function turn(back: boolean): Promise<void> {
  const link = months()[back ? 0 : 1];
  if (!link) return;
  const answer = await fetch(link.href, { credentials: "same-origin" });
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#calendar");
  if (answer.ok && next) document.querySelector("#calendar")?.replaceWith(next);
  oneStop();
}
