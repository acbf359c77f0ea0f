import type HlsType from "hls.js/light";

const REST = 250; // milliseconds over a poster before anything is loaded
const STEP = 0.1; // of the length, an arrow key

/** One poster's moving picture. Made when somebody rests on it, gone when they leave. */
interface Scrub {
  seek(share: number): void;
  share(): number;
  end(): void;
}

let open: { card: HTMLElement; scrub: Scrub } | null = null;
let waiting = 0;
let pointer = 0; // where it was last, in pixels from the left

/**
 * `<article data-scrub="…/index.m3u8" data-scrub-format="m3u8">`: the pointer moving over its picture moves through the recording;
 * with the focus on its title, the left and right arrows do. Nothing is loaded before that, and nothing for people who save data.
 */
export function listenForScrub(): void {
  const saves = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
  document.addEventListener("pointerover", (event) => {
    if (saves || event.pointerType !== "mouse") return;
    const card = pictureUnder(event.target);
    if (!card || open?.card === card) return;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      start(card);
      follow(card);
    }, REST);
  });
  document.addEventListener("pointermove", (event) => {
    pointer = event.clientX;
    const card = pictureUnder(event.target);
    if (card && open?.card === card) follow(card);
  });
  document.addEventListener("pointerout", (event) => {
    const card = pictureUnder(event.target);
    if (!card || (event.relatedTarget instanceof Node && pictureOf(card)?.contains(event.relatedTarget))) return;
    clearTimeout(waiting);
    if (open?.card === card) stop();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.key !== "ArrowLeft" && event.key !== "ArrowRight") || event.altKey || event.ctrlKey || event.metaKey) return;
    const card = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-scrub]") : null;
    if (!card) return;
    event.preventDefault();
    if (open?.card !== card) start(card);
    if (open) open.scrub.seek(open.scrub.share() + (event.key === "ArrowRight" ? STEP : -STEP));
  });
  document.addEventListener("focusout", (event) => {
    if (open && event.target instanceof Node && open.card.contains(event.target)) stop();
  });
}

function follow(card: HTMLElement): void {
  const box = pictureOf(card)?.getBoundingClientRect();
  if (box?.width) open?.scrub.seek((pointer - box.left) / box.width);
}

function pictureUnder(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element && target.closest(".qb-picture") ? target.closest<HTMLElement>("[data-scrub]") : null;
}

function pictureOf(card: HTMLElement): HTMLElement | null {
  return card.querySelector<HTMLElement>(".qb-picture");
}

function start(card: HTMLElement): void {
  stop();
  const picture = pictureOf(card);
  if (picture && card.isConnected) open = { card, scrub: scrubOf(picture, card.dataset["scrub"] ?? "", card.dataset["scrubFormat"] ?? "") };
}

function stop(): void {
  open?.scrub.end();
  open = null;
}

/** Where in the recording to seek, in seconds: never quite the end, which shows nothing. */
export function momentOf(share: number, duration: number): number {
  return Math.min(Math.max(share, 0), 1) * Math.max(0, duration - 0.1);
}

function scrubOf(picture: HTMLElement, url: string, format: string): Scrub {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.preload = "auto";
  video.className = "qb-scrub";
  const line = document.createElement("i");
  line.className = "qb-scrub-line";
  let hls: HlsType | null = null;
  let wanted = 0;
  let ended = false;

  const go = (): void => {
    line.style.setProperty("--share", String(wanted));
    if (!video.seeking && Number.isFinite(video.duration)) video.currentTime = momentOf(wanted, video.duration);
  };
  video.addEventListener("loadedmetadata", go);
  video.addEventListener("seeked", () => {
    if (Math.abs(momentOf(wanted, video.duration) - video.currentTime) > 0.5) go(); // the pointer went on meanwhile
    video.classList.add("is-ready");
  });
  video.addEventListener("error", () => video.classList.remove("is-ready"));
  picture.append(video, line);
  if (format === "m3u8" || format === "hls") {
    void import("hls.js/light").then(({ default: Hls }) => {
      if (ended) return;
      if (!Hls.isSupported()) {
        video.src = url;
        return;
      }
      hls = new Hls({ enableWorker: false, maxBufferLength: 4, maxMaxBufferLength: 8, startPosition: 0 });
      hls.loadSource(url);
      hls.attachMedia(video);
    });
  } else video.src = url;
  return {
    seek(share) {
      wanted = Math.min(Math.max(share, 0), 1);
      go();
    },
    share: () => wanted,
    end() {
      ended = true;
      hls?.destroy();
      video.removeAttribute("src");
      video.load();
      video.remove();
      line.remove();
    },
  };
}
