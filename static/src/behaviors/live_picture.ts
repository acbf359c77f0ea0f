const EVERY = 1000;
const AT_ONCE = 12; // requests on the way; a wall of two hundred pictures takes turns

/**
 * `<img data-live-picture="url">` is drawn again each second, without flicker: the old picture stays until the new one is there.
 * Only what can be seen is asked for, what was asked longest ago first.
 */
export function keepLivePictures(): void {
  setInterval(() => {
    if (document.hidden) return;
    const all = [...document.querySelectorAll<HTMLImageElement>("img[data-live-picture]")];
    const busy = all.filter((image) => image.dataset["loading"]).length;
    const due = all.filter((image) => !image.dataset["loading"] && isInView(image));
    due.sort((one, other) => (asked.get(one) ?? 0) - (asked.get(other) ?? 0));
    for (const image of due.slice(0, AT_ONCE - busy)) refresh(image);
  }, EVERY);
}

const asked = new WeakMap<HTMLImageElement, number>();

function isInView(image: HTMLImageElement): boolean {
  const { top, bottom, width } = image.getBoundingClientRect();
  return width > 0 && bottom > 0 && top < innerHeight;
}

function refresh(image: HTMLImageElement): void {
  if (image.dataset["loading"]) return;
  image.dataset["loading"] = "1";
  asked.set(image, Date.now());
  const address = new URL(image.dataset["livePicture"] ?? "", location.href);
  address.searchParams.set("t", String(Date.now()));
  const next = new Image();
  next.addEventListener("load", () => {
    image.src = next.src;
    delete image.dataset["loading"];
    image.dataset["state"] = "ready";
  });
  next.addEventListener("error", () => {
    delete image.dataset["loading"];
    image.dataset["state"] = "failed";
  });
  next.src = address.href;
}
