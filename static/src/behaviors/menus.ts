/** `<details data-menu>` closes when one presses elsewhere or Escape. `/layouts/?new=1` puts the cursor where a new layout is named. */
export function listenForMenus(): void {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) {
      if (!(event.target instanceof Node) || !menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector<HTMLDetailsElement>("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  if (new URLSearchParams(location.search).has("new")) document.querySelector<HTMLInputElement>("#name")?.focus();
}
