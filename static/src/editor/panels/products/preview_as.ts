/** Draft, or how a product will draw it: chosen below the canvas, where each product's findings are counted. */
import type { Editor } from "../../state/editor.ts";
import type { Product, Products } from "../../sync/products.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";
import { popover } from "../../ui/popover.ts";
import { chooseTab } from "../../ui/tabs.ts";
import { tile, verdictOf } from "./verdict.ts";

export function mountPreviewAs(editor: Editor, products: Products, button: HTMLElement, panel: HTMLElement, pill: HTMLElement): void {
  const menu = popover(button, panel, () => {
    draw();
    panel.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  });

  function choose(product: Product | null): void {
    products.look(product?.slug ?? null);
    menu.close();
    if (product) {
      chooseTab("findings");
      editor.announce(say("findingsOf", { n: products.of(product.slug)?.findings.length ?? 0, name: product.title }));
    } else editor.announce(say("draft"));
  }

  function row(product: Product | null): HTMLElement {
    const { words, level } = product && editor.document.objects.length > 0 ? verdictOf(products.of(product.slug)) : { words: "", level: "fits" };
    const on = (products.looked?.slug ?? null) === (product?.slug ?? null);
    return h(
      "button",
      { type: "button", role: "menuitemradio", "aria-checked": String(on), tabindex: on ? "0" : "-1", class: "qe-choice", "data-preview": product?.slug ?? "draft", onclick: () => choose(product) },
      product ? tile(product.vendor) : h("span", { class: "qe-draft-tile", "aria-hidden": "true" }),
      h("span", { class: "qe-product-name" }, product?.title ?? say("draft")),
      h("span", { class: `qe-verdict is-${level}` }, words),
    );
  }

  function draw(): void {
    const { looked } = products;
    const title = looked?.title ?? say("draft");
    const { words, level } = looked ? verdictOf(products.of(looked.slug)) : { words: "", level: "fits" };
    const shown = `${title}|${words}`;
    if (button.dataset["shown"] !== shown) {
      button.dataset["shown"] = shown;
      button.replaceChildren(h("span", { class: "qe-soft" }, `${say("previewAs")} `), h("strong", {}, title), words ? h("span", { class: `qe-verdict is-${level}` }, ` ${words}`) : "", h("span", { "aria-hidden": "true" }, " ▴"));
      pill.textContent = looked ? say("previewOf", { name: title }) : say("draft");
      pill.classList.toggle("is-preview", looked !== null);
    }
    if (!menu.isOpen) return;
    const focused = panel.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["preview"] : null;
    panel.replaceChildren(row(null), ...products.all.map(row));
    if (focused) panel.querySelector<HTMLElement>(`[data-preview="${focused}"]`)?.focus();
  }

  panel.addEventListener("keydown", (event) => {
    const rows = [...panel.querySelectorAll<HTMLElement>("[data-preview]")];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const to = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : event.key === "Home" ? 0 : event.key === "End" ? rows.length - 1 : null;
    if (to === null) return;
    event.preventDefault();
    rows[(to + rows.length) % rows.length]?.focus();
  });
  products.onChange(draw);
  draw();
}
