/**
 * What the plan says about fields (`<span data-says="room">…</span>` in the part that was just drawn) is shown at those fields.
 * A field that nobody has touched yet is not blamed for being empty.
 */
export function showFieldErrors(): void {
  document.addEventListener("htmx:afterSwap", (event) => {
    const part = event.target instanceof Element ? event.target : null;
    if (part?.id !== "start-preview") return;
    const said = new Map<string, string>();
    for (const one of part.querySelectorAll<HTMLElement>("[data-says]")) said.set(one.dataset["says"] ?? "", one.textContent ?? "");
    for (const place of document.querySelectorAll<HTMLElement>("[data-error-for]")) {
      const name = place.dataset["errorFor"] ?? "";
      const words = said.get(name) ?? "";
      if (place.textContent !== words) place.textContent = words;
      const field = document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`);
      field?.classList.toggle("is-invalid", words !== "");
      if (words) field?.setAttribute("aria-invalid", "true");
      else field?.removeAttribute("aria-invalid");
    }
  });
}
