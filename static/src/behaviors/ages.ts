/** `<time data-age datetime="2026-03-01T10:00:00Z">`: says how long ago, every second; amber once past `data-age-limit` seconds. */

const UNITS: ReadonlyArray<readonly [Intl.RelativeTimeFormatUnit, number]> = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** Seconds → "3 sec. ago" in the page's language, in the largest whole unit. The words of apps/core/templatetags/moments.py. */
export function ageInWords(seconds: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "always", style: "short" });
  for (const [unit, size] of UNITS) if (Math.abs(seconds) >= size) return format.format(-Math.trunc(seconds / size), unit);
  // A server's clock may be a moment ahead of this one: nothing happened in the future.
  return format.format(-Math.max(0, Math.trunc(seconds)), "second");
}

/** Seconds → "1:02:03", for `<time data-uptime>`. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.trunc(seconds));
  const pad = (value: number): string => String(value).padStart(2, "0");
  const [hours, minutes, rest] = [Math.trunc(whole / 3600), Math.trunc((whole % 3600) / 60), whole % 60];
  return hours ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}

function tick(): void {
  const language = document.documentElement.lang || "en";
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-age], time[data-uptime]")) {
    const since = Date.parse(element.dateTime);
    if (Number.isNaN(since)) continue;
    const seconds = (Date.now() - since) / 1000;
    const words = "uptime" in element.dataset ? clockOf(seconds) : ageInWords(seconds, language);
    if (element.textContent !== words) element.textContent = words;
    if (!element.title) element.title = new Date(since).toLocaleString(language); // else the server's, in the person's zone
    const limit = Number(element.dataset["ageLimit"] ?? Infinity);
    element.classList.toggle("is-stale", seconds > limit);
  }
}

export function keepAges(): void {
  tick();
  setInterval(tick, 1000);
  document.addEventListener("htmx:afterSwap", tick);
}
