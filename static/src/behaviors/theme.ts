export type Theme = "auto" | "light" | "dark";

const KEY = "quadbox-theme";
const system = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

/** Light, dark, or as the system says; remembered in this browser. */
export function chooseTheme(choice: Theme): void {
  if (choice === "auto") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
  show(choice);
}

function show(choice: Theme): void {
  const root = document.documentElement;
  const shown = choice === "auto" ? (system().matches ? "dark" : "light") : choice;
  root.dataset["themeChoice"] = choice;
  root.dataset["bsTheme"] = shown;
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
    if (button !== root) button.setAttribute("aria-current", String(button.dataset["themeChoice"] === choice));
  }
  document.dispatchEvent(new CustomEvent("quadbox:theme", { detail: shown }));
}

function chosen(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "auto";
}

/** `[data-theme-choice="dark"]` chooses; `[data-theme-toggle]` flips what is shown now. */
export function listenForTheme(): void {
  show(chosen());
  system().addEventListener("change", () => show(chosen()));
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const choice = event.target.closest<HTMLElement>("button[data-theme-choice]")?.dataset["themeChoice"];
    if (choice === "auto" || choice === "light" || choice === "dark") chooseTheme(choice);
    if (!event.target.closest("[data-theme-toggle]")) return;
    event.preventDefault();
    chooseTheme(document.documentElement.dataset["bsTheme"] === "dark" ? "light" : "dark");
  });
}
