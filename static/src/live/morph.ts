import htmx from "htmx.org";

/**
 * Makes one tree like another and keeps every element that stays: what has the focus, pictures that are loaded, clocks that tick.
 * Elements with `data-key` (or an id) are found again wherever they moved among their siblings; the others by their place.
 */
export function morphChildren(from: Element, to: ParentNode, added: Node[]): void {
  const keyed = new Map<string, Element>();
  for (const child of from.children) {
    const key = keyOf(child);
    if (key) keyed.set(key, child);
  }
  const used = new Set<Node>();
  let cursor: ChildNode | null = from.firstChild;
  const wantedNodes = Array.from(to.childNodes);
  for (const wanted of wantedNodes) {
    while (cursor && used.has(cursor)) cursor = cursor.nextSibling;
    const same = partner(wanted, keyed, cursor, used);
    if (same) {
      used.add(same);
      if (same === cursor) cursor = same.nextSibling;
      else from.insertBefore(same, cursor);
      morphNode(same, wanted, added);
    } else {
      const fresh = document.importNode(wanted, true);
      used.add(fresh);
      added.push(fresh);
      from.insertBefore(fresh, cursor);
    }
  }
  const gone = Array.from(from.childNodes).filter((child) => !used.has(child));
  for (const child of gone) child.remove();
}

/** What stands in `from` for `wanted`: the element of the same key, else the next one of the same name without a key. */
function partner(wanted: Node, keyed: Map<string, Element>, cursor: ChildNode | null, used: Set<Node>): Node | null {
  const key = wanted instanceof Element ? keyOf(wanted) : "";
  if (key) {
    const found = keyed.get(key);
    return found && found.nodeName === wanted.nodeName && !used.has(found) ? found : null;
  }
  let node: ChildNode | null = cursor;
  while (node && (used.has(node) || (node instanceof Element && keyOf(node)))) node = node.nextSibling;
  return node && node.nodeType === wanted.nodeType && node.nodeName === wanted.nodeName ? node : null;
}

function keyOf(element: Element): string {
  return element.getAttribute("data-key") ?? element.id;
}

/** Elements whose inside belongs to the browser right now. */
function isBusy(element: Element): boolean {
  if (element.classList.contains("is-asking")) return true;
  return element instanceof HTMLDetailsElement && element.open;
}

export function morphNode(from: Node, to: Node, added: Node[]): void {
  if (!(from instanceof Element) || !(to instanceof Element)) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  if (isBusy(from)) return;
  // A clock ticks on by itself: only another moment is news.
  if (from instanceof HTMLTimeElement && to instanceof HTMLTimeElement && from.dateTime === to.dateTime) return;
  morphAttributes(from, to);
  if (!(from instanceof HTMLImageElement)) morphChildren(from, to, added);
}

/** Attributes that scripts of the page write, which the server knows nothing of. */
const OURS = new Set(["data-loading", "style"]);

function morphAttributes(from: Element, to: Element): void {
  const live = from.getAttribute("data-live-picture");
  // The server names the drawn picture; the one on air has long taken its place.
  const keepsPicture = live !== null && live === to.getAttribute("data-live-picture");
  for (const { name, value } of to.attributes) {
    if ((keepsPicture && name === "src") || from.getAttribute(name) === value) continue;
    from.setAttribute(name, value);
  }
  const names = Array.from(from.attributes, ({ name }) => name);
  for (const name of names) {
    if (to.hasAttribute(name) || OURS.has(name) || (keepsPicture && name === "data-state")) continue;
    from.removeAttribute(name);
  }
}

const MOTION: KeyframeAnimationOptions = { duration: 260, easing: "cubic-bezier(0.2, 0.8, 0.2, 1)" };

/** Where every `[data-flip]` stands. */
function places(root: Element): Map<string, DOMRect> {
  const found = new Map<string, DOMRect>();
  for (const element of root.querySelectorAll<HTMLElement>("[data-flip]")) found.set(element.dataset["flip"] ?? "", element.getBoundingClientRect());
  return found;
}

/** Lets what moved glide from where it was, and what is new fade in. */
function glide(root: Element, before: Map<string, DOMRect>): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const element of root.querySelectorAll<HTMLElement>("[data-flip]")) {
    const was = before.get(element.dataset["flip"] ?? "");
    const is = element.getBoundingClientRect();
    if (!was) {
      element.animate([{ opacity: 0 }, { opacity: 1 }], MOTION);
      continue;
    }
    const [x, y] = [was.left - is.left, was.top - is.top];
    if (Math.abs(x) > 1 || Math.abs(y) > 1) element.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], MOTION);
  }
}

/** Whether the pointer (a real one) or the focus is on something that could move away from under it. */
function isHeld(root: Element): boolean {
  if (root.querySelector("[data-flip]:focus-within")) return true;
  return matchMedia("(hover: hover)").matches && root.querySelector("[data-flip]:hover") !== null;
}

/** The same elements in the same places with the new content; nothing comes, goes or moves. */
function morphInPlace(root: Element, to: ParentNode, added: Node[]): void {
  for (const wanted of to.querySelectorAll<HTMLElement>("[data-flip], [data-key=sentence]")) {
    const key = CSS.escape(wanted.dataset["key"] ?? "");
    const same = root.querySelector(`[data-key="${key}"]`);
    if (same) morphNode(same, wanted, added);
  }
}

const waiting = new WeakSet<Element>();

/** Asks again as soon as nothing is held any more. */
function laterMove(root: Element): void {
  if (waiting.has(root)) return;
  waiting.add(root);
  const check = (): void => {
    requestAnimationFrame(() => {
      if (root.isConnected && isHeld(root)) return;
      for (const kind of ["pointerout", "focusout"]) document.removeEventListener(kind, check);
      waiting.delete(root);
      if (root.isConnected) htmx.trigger(root, "live", {});
    });
  };
  for (const kind of ["pointerout", "focusout"]) document.addEventListener(kind, check);
}

/** `hx-ext="morph" hx-swap="morph"`: the target's children become those of the answer, without a jump. */
export function installMorph(): void {
  htmx.defineExtension("morph", {
    isInlineSwap: (style: string) => style === "morph",
    handleSwap(style: string, target: Node, fragment: Node): boolean | Node[] {
      if (style !== "morph" || !(target instanceof Element)) return false;
      const answer = fragment as unknown as ParentNode;
      const added: Node[] = [];
      if (isHeld(target)) {
        morphInPlace(target, answer, added);
        laterMove(target);
        return added;
      }
      const before = places(target);
      morphChildren(target, answer, added);
      glide(target, before);
      return added;
    },
  });
}
