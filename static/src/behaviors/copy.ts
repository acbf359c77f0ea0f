import { toast } from "./toasts.ts";

const SAID: Record<string, string> = { en: "Copied", zh: "已复制" };

/** `[data-copy="text"]` copies the text; `[data-copy="#id"]` copies what that element shows or holds. */
export function listenForCopy(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
    if (!button) return;
    event.preventDefault();
    const wanted = button.dataset["copy"] ?? "";
    const source = /^#[\w-]+$/.test(wanted) ? document.querySelector(wanted) : null;
    const text = source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement ? source.value : (source?.textContent ?? wanted);
    void copy(text.trim());
  });
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Plain http on a LAN has no clipboard API: the old way still works there.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast({ text: SAID[document.documentElement.lang.slice(0, 2)] ?? "Copied" });
}
