/** Object · Canvas · Findings: one is shown. Arrows move between the tabs. */
function tabs(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-tab]")];
}

export function chooseTab(name: string): void {
  for (const tab of tabs()) {
    const on = tab.dataset["tab"] === name;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
    if (panel) panel.hidden = !on;
  }
}

/** Shows a panel and puts the focus into one of its fields. */
export function goToField(tab: string, field: string): void {
  document.body.classList.remove("qe-bare");
  chooseTab(tab);
  document.querySelector<HTMLElement>(`.qe-right [data-field="${CSS.escape(field)}"]`)?.focus();
}

export function mountTabs(): void {
  const all = tabs();
  all.forEach((tab, index) => {
    tab.addEventListener("click", () => chooseTab(tab.dataset["tab"] ?? ""));
    tab.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const next = by ? all[(index + by + all.length) % all.length] : undefined;
      next?.focus();
      next?.click();
    });
  });
}
