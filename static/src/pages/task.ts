import { showFieldErrors } from "../behaviors/field_errors.ts";
import { keepDetailsOpen } from "../behaviors/keep_open.ts";
import { keepLivePictures } from "../behaviors/live_picture.ts";
import { keepStage } from "../behaviors/stage.ts";
import { listenForTabs, openTabOfHash } from "../behaviors/tabs.ts";
import { mountVideos } from "../behaviors/video.ts";

mountVideos();
keepLivePictures();
keepStage();
keepDetailsOpen();
listenForTabs();
openTabOfHash();
showFieldErrors();
document.addEventListener("htmx:afterSwap", mountVideos);
