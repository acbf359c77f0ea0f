import { mountVideos } from "../behaviors/video.ts";

mountVideos();
document.addEventListener("htmx:afterSwap", mountVideos);
