/** `[data-theme-toggle]` switches light and dark, and remembers it in this browser. */
export function listenForTheme(): void {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-theme-toggle]")) return;
    event.preventDefault();
    const root = document.documentElement;
    const next = root.dataset["bsTheme"] === "dark" ? "light" : "dark";
    root.dataset["bsTheme"] = next;
    localStorage.setItem("quadbox-theme", next);
    document.dispatchEvent(new CustomEvent("quadbox:theme", { detail: next }));
  });
}
