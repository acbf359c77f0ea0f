import Hls from "hls.js/light";

const RETRY = 3000;
const mounted = new WeakSet<HTMLVideoElement>();

/**
 * `<video data-hls="…/index.m3u8">` plays an HLS stream: hls.js where the browser has MediaSource, else the browser itself (Safari, iOS).
 * `data-state` on the element says `loading`, `ready` or `failed`; a stream that does not exist yet is asked for again.
 */
export function mountVideos(): void {
  for (const video of document.querySelectorAll<HTMLVideoElement>("video[data-hls]")) {
    if (mounted.has(video)) continue;
    mounted.add(video);
    video.dataset["state"] = "loading";
    video.addEventListener("loadeddata", () => (video.dataset["state"] = "ready"));
    const url = video.dataset["hls"] ?? "";
    if (Hls.isSupported()) play(video, url);
    else video.src = url;
  }
}

function play(video: HTMLVideoElement, url: string): void {
  const rolling = "hlsRolling" in video.dataset;
  const hls = new Hls({ enableWorker: false, ...(rolling ? { liveSyncDurationCount: 2, liveMaxLatencyDurationCount: 6 } : {}) });
  hls.loadSource(url);
  hls.attachMedia(video);
  hls.on(Hls.Events.MANIFEST_PARSED, () => {
    // Muted, a browser lets a live picture start by itself; when it refuses, the controls are there.
    if (video.autoplay) video.play().catch(() => (video.controls = true));
  });
  hls.on(Hls.Events.ERROR, (_event, data) => {
    if (!data.fatal) return;
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR) {
      hls.recoverMediaError();
      return;
    }
    video.dataset["state"] = "failed";
    hls.destroy();
    if (!rolling || !video.isConnected) return;
    setTimeout(() => {
      if (video.isConnected) play(video, url);
    }, RETRY);
  });
}
