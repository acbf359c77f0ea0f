import Hls from "hls.js/light";
import { keyAction, type Action } from "./player_keys.ts";
import { placeOf, type Part } from "./player_parts.ts";

/** Whether an HTTP status means that asking again does not help: not allowed, or not there. */
export function isFinal(status: number): boolean {
  return status === 401 || status === 403 || status === 404 || status === 410;
}

/** `<div data-player>` with a `<video>` and the JSON `#parts`: plays them one after the other, by mouse and by keyboard. */
export function mountPlayer(): void {
  const root = document.querySelector<HTMLElement>("[data-player]");
  const video = root?.querySelector("video");
  const source = document.querySelector("#parts")?.textContent;
  if (!root || !video || !source) return;
  const parts = JSON.parse(source) as Part[];
  const gone = root.querySelector<HTMLElement>("[data-gone]");
  let current = -1;
  let hls: Hls | null = null;

  const failed = (status = 0): void => {
    video.dataset["state"] = "failed";
    hls?.destroy();
    hls = null;
    if (!gone) return;
    gone.hidden = false;
    // 401 and 403: the file may well be there, but its bucket does not let this browser read it.
    gone.classList.toggle("is-rejected", status === 401 || status === 403);
  };
  const load = (number: number, at: number, plays: boolean): void => {
    const part = parts[number];
    if (!part) return;
    if (number === current) {
      video.currentTime = at;
      if (plays) void video.play();
      return;
    }
    current = number;
    if (gone) gone.hidden = true;
    video.dataset["state"] = "loading";
    hls?.destroy();
    hls = null;
    const begin = (): void => {
      if (at) video.currentTime = at;
      if (plays) void video.play();
    };
    video.addEventListener("loadedmetadata", begin, { once: true });
    if ((part.format === "m3u8" || part.format === "hls") && Hls.isSupported()) {
      hls = new Hls({ enableWorker: false, startPosition: at || -1 });
      let recovered = false;
      hls.on(Hls.Events.ERROR, (_event, data) => {
        const status = data.response?.code ?? 0;
        // hls.js would ask for a rejected segment again for half a minute: the answer will not change.
        if (isFinal(status)) failed(status);
        else if (!data.fatal) return;
        else if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !recovered) {
          recovered = true;
          hls?.recoverMediaError();
        } else failed(status);
      });
      hls.loadSource(part.url);
      hls.attachMedia(video);
    } else video.src = part.url;
  };

  video.addEventListener("loadeddata", () => (video.dataset["state"] = "ready"));
  video.addEventListener("error", () => {
    if (video.error) failed();
  });
  video.addEventListener("ended", () => {
    if (current + 1 < parts.length) load(current + 1, 0, true);
  });
  root.querySelector("[data-retry]")?.addEventListener("click", () => {
    current = -1;
    load(0, 0, true);
  });

  const links = [...document.querySelectorAll<HTMLAnchorElement>(".qb-chapters a")];
  const now = (): number => parts.slice(0, Math.max(0, current)).reduce((sum, part) => sum + (part.duration ?? 0), 0) + video.currentTime;
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(history.state, "", link.hash);
      load(Number(link.dataset["part"]), Number(link.dataset["at"]), !video.paused || video.currentTime === 0);
    });
  }
  video.addEventListener("timeupdate", () => {
    const here = links.findLast((link) => Number(link.dataset["seconds"]) <= now() + 0.05);
    for (const link of links) {
      if (link === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  });

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || target.closest("input, select, textarea, dialog, [contenteditable]")) return;
    // A button keeps its own space bar; the video's is ours, so that it is not pressed twice.
    if (event.key === " " && target.closest("button, a, summary")) return;
    const action = keyAction(event);
    if (!action) return;
    event.preventDefault();
    act(video, action, (step) => {
      const times = links.map((link) => Number(link.dataset["seconds"]));
      const next = step > 0 ? times.findIndex((one) => one > now() + 0.2) : times.findLastIndex((one) => one < now() - 2);
      links[next]?.click();
    });
  });

  const asked = /^#t=([\d.]+)$/.exec(location.hash);
  const first = placeOf(parts, asked ? Number(asked[1]) : 0);
  load(first.part, first.at, false);
}

function act(video: HTMLVideoElement, action: Action, chapter: (step: number) => void): void {
  switch (action.kind) {
    case "toggle":
      if (video.paused) void video.play();
      else video.pause();
      break;
    case "by":
      video.currentTime = Math.min(Math.max(0, video.currentTime + action.seconds), video.duration || 0);
      break;
    case "frame":
      video.pause();
      video.currentTime = Math.max(0, video.currentTime + action.step / 25);
      break;
    case "share":
      if (Number.isFinite(video.duration)) video.currentTime = video.duration * action.share;
      break;
    case "speed":
      video.playbackRate = Math.min(4, Math.max(0.25, video.playbackRate + action.step * 0.25));
      break;
    case "mute":
      video.muted = !video.muted;
      break;
    case "full":
      if (document.fullscreenElement) void document.exitFullscreen();
      else void video.requestFullscreen();
      break;
    case "chapter":
      chapter(action.step);
  }
}
