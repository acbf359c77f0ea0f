import { listenForDialogs } from "../behaviors/dialogs.ts";
import { mountPlayer } from "../behaviors/player.ts";

mountPlayer();
listenForDialogs();
