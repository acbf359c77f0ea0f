/** Files that go out of the editor and come into it. */
import { h } from "../../ui/dom.ts";

/** Hands the value to the browser as a file, laid out for people. */
export function saveJson(name: string, value: object): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(value, null, 1)}\n`], { type: "application/json" }));
  const link = h("a", { href: url, download: `${name.replaceAll(/[\\/:*?"<>|]+/g, "-").slice(0, 80) || "layout"}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function pickFile(accept: string, use: (file: File) => void): void {
  const input = h("input", { type: "file", accept });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) use(file);
  });
  input.click();
}
