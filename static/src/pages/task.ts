import { keepLivePictures } from "../behaviors/live_picture.ts";
import { mountVideos } from "../behaviors/video.ts";

mountVideos();
keepLivePictures();
document.addEventListener("htmx:afterSwap", mountVideos);
