import "@tabler/core/dist/css/tabler.min.css";
import "../../styles/base.css";
import "@tabler/core/dist/js/tabler.esm.min.js";
import htmx from "htmx.org";
import { csrfToken } from "../api/csrf.ts";
import { keepAges } from "../behaviors/ages.ts";
import { redrawWhenFontsCome } from "../behaviors/fonts.ts";
import { listenForConfirm } from "../behaviors/confirm.ts";
import { listenForCopy } from "../behaviors/copy.ts";
import { mountFinder } from "../behaviors/finder.ts";
import { listenForMenus } from "../behaviors/menus.ts";
import { listenForRestForms } from "../behaviors/rest_forms.ts";
import { listenForTheme } from "../behaviors/theme.ts";
import { listenForToasts } from "../behaviors/toasts.ts";
import { tellZone } from "../behaviors/zone.ts";
import { installMorph } from "../live/morph.ts";
import { keepLiveParts, refreshListeners } from "../live/refresh.ts";
import { openSocket } from "../live/socket.ts";

// No evaluated strings and no injected <style>: both would break our content security policy.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;

document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers } = (event as CustomEvent<{ verb: string; headers: Record<string, string> }>).detail;
  if (verb !== "get") headers["X-CSRFToken"] = csrfToken();
});

redrawWhenFontsCome();
listenForTheme();
listenForCopy();
listenForConfirm();
listenForToasts();
listenForRestForms();
listenForMenus();
mountFinder();
tellZone();
keepAges();
installMorph();
keepLiveParts();

function listen(): void {
  const { liveUrl, liveSeq } = document.body.dataset;
  const send = openSocket({
    url: liveUrl ?? "/ws/live/",
    since: liveSeq ? Number(liveSeq) : null,
    onMessage(message) {
      document.dispatchEvent(new CustomEvent("quadbox:message", { detail: message }));
      document.dispatchEvent(new CustomEvent(`quadbox:${message.kind}`, { detail: message }));
      refreshListeners(message);
    },
    onConnection(state) {
      document.body.dataset["connection"] = state;
      document.dispatchEvent(new CustomEvent("quadbox:connection", { detail: state }));
    },
  });
  document.addEventListener("quadbox:say", (event) => send((event as CustomEvent<object>).detail));
}

// Pages for people who are signed out say `<body data-live-off>`: they have no team to listen to. The others listen only when
// every script of the page has run: news that comes before anybody hears it is never told again.
if (document.body.dataset["liveOff"] === undefined) document.addEventListener("DOMContentLoaded", listen);
