type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined | ((event: never) => void)>>;

/** Makes an element: `h("button", {class: "btn", onclick: run}, "Save")`. Functions become listeners, true an empty attribute; false and null are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return element;
}

/** The element of the page's frame that has this mark; the template promises it. */
export function part<T extends HTMLElement = HTMLElement>(name: string): T {
  const element = document.querySelector<T>(`[data-part="${name}"]`);
  if (!element) throw new Error(`The editor's page has no part "${name}".`);
  return element;
}

const PATHS: Record<string, string> = {
  group: "M4 8h12v12H4zM8 8V4h12v12h-4",
  region: "M3 5h18v14H3zM8.5 15.5c.5-3 6.5-3 7 0M12 11.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  image: "M3 5h18v14H3zM3 16l5-5 5 5m2-3 2-2 4 4M15 9h.01",
  text: "M5 6h14M12 6v13M9 19h6",
  eye: "M2 12c4-7 16-7 20 0-4 7-16 7-20 0M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
  eyeOff: "M3 3l18 18M6.5 7C4.5 8.200 3 10 2 12c2.5 4.5 8.5 6.5 14 4.200M10 5.400c5-.8 9.800 1.600 12 6.600-.6 1.200-1.400 2.200-2.300 3",
  lock: "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
  unlock: "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 6.800-1",
  alignLeft: "M4 4v16M8 8h11v3H8zM8 14h7v3H8z",
  alignCenter: "M12 4v16M6 8h12v3H6zM8.5 14h7v3h-7z",
  alignRight: "M20 4v16M5 8h11v3H5zM9 14h7v3H9z",
  alignTop: "M4 4h16M8 8v11h3V8zM14 8v7h3V8z",
  alignMiddle: "M4 12h16M8 6v12h3V6zM14 8.5v7h3v-7z",
  alignBottom: "M4 20h16M8 5v11h3V5zM14 9v7h3V9z",
  spreadX: "M4 4v16M20 4v16M9.5 7h5v10h-5z",
  spreadY: "M4 4h16M4 20h16M7 9.5v5h10v-5z",
  fill: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  forward: "M12 19V6M6.5 11.5 12 6l5.5 5.5",
  backward: "M12 5v13M6.5 12.5 12 18l5.5-5.5",
  front: "M12 20V9M7 13l5-5 5 5M5 4h14",
  back: "M12 4v11M7 11l5 5 5-5M5 20h14",
  copy: "M8 8h11v11H8zM5 16V5h11",
  more: "M5.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M11.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M17.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v6M14 11v6",
};

export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "qe-icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name] ?? "");
  svg.append(path);
  return svg;
}

/** A button that is a picture; its words are its name and its tooltip. */
export function iconButton(name: string, label: string, run: (event: Event) => void, attributes: Attributes = {}): HTMLButtonElement {
  return h("button", { type: "button", class: "qe-tool", title: label, "aria-label": label, onclick: run, ...attributes }, icon(name));
}
