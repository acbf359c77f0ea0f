/** Links that are tabs: the arrow keys go from one to the next and open it, as the pattern of tab lists wants; without this file they are links. */
export function listenForTabs(): void {
  document.addEventListener("keydown", (event) => {
    const tab = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="tab"]') : null;
    const list = tab?.closest('[role="tablist"]');
    if (!tab || !list) return;
    const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
    const next = neighbour(tabs.indexOf(tab), event.key, tabs.length);
    if (next === null) return;
    event.preventDefault();
    tabs[next]?.focus();
    tabs[next]?.click();
  });
}

/** The place that a key leads to from a place among `count` tabs; null for other keys. */
export function neighbour(place: number, key: string, count: number): number | null {
  if (key === "ArrowRight") return (place + 1) % count;
  if (key === "ArrowLeft") return (place - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

/** `/tasks/…/#layout`, as older links say it, opens that tab. */
export function openTabOfHash(): void {
  const tab = location.hash ? document.querySelector<HTMLElement>(`[role="tab"]#tab-${CSS.escape(location.hash.slice(1))}`) : null;
  if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
}
