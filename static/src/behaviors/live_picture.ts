const EVERY = 1000;

/** `<img data-live-picture="url">` is drawn again each second, without flicker: the old picture stays until the new one is there. */
export function keepLivePictures(): void {
  setInterval(() => {
    if (document.hidden) return;
    for (const image of document.querySelectorAll<HTMLImageElement>("img[data-live-picture]")) refresh(image);
  }, EVERY);
}

function refresh(image: HTMLImageElement): void {
  if (image.dataset["loading"]) return;
  image.dataset["loading"] = "1";
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
