/** The clipboard by button and menu; the keys reach it through the browser's own copy, cut and paste. */
import { PRIVATE_TYPE, type Clipboard } from "./clipboard_data.ts";
import { nameOf, type Editor } from "../state/editor.ts";
import type { Point } from "../geometry/rect.ts";
import { say } from "../i18n/strings.ts";
import { action, type Action } from "./action.ts";

const LAST = "quadbox-clipboard";

export interface ClipboardContext {
  readonly editor: Editor;
  readonly clipboard: Clipboard;
  readonly remove: () => void;
  readonly addPicture: (file: File) => Promise<void>;
  /** Where "Paste here" was asked for. */
  readonly place: () => Point;
}

export function clipboardActions({ editor, clipboard, place }: ClipboardContext): Action[] {
  const enabled = (): boolean => editor.selection.size > 0;
  return [
    // The event that follows does the work, as for Ctrl+C. There is no other way to write a type of one's own.
    action({ id: "copy", group: "edit", title: () => say("copyIt"), native: ["mod+c"], enabled, run: () => document.execCommand("copy") }),
    action({ id: "cut", group: "edit", title: () => say("cutIt"), native: ["mod+x"], edits: true, enabled, run: () => document.execCommand("cut") }),
    action({ id: "paste", group: "edit", title: () => say("pasteIt"), native: ["mod+v"], edits: true, run: () => paste() }),
    action({ id: "paste-here", group: "edit", title: () => say("pasteHere"), edits: true, run: () => paste(place()) }),
  ];

  /** Without a place beside what was pasted last, as by Ctrl+V. */
  function paste(at?: Point): void {
    void navigator.clipboard.readText().then((plain) => {
      const last = JSON.parse(localStorage.getItem(LAST) ?? "{}") as { own?: string; plain?: string };
      clipboard.paste(last.plain === plain ? (last.own ?? "") : "", plain, at);
    }, () => editor.announce(say("pasteDenied")));
  }
}

/** Copy, cut and paste events of the page, while the canvas or the layer list has the focus. */
export function listenToClipboard({ editor, clipboard, remove, addPicture }: ClipboardContext, isOurs: (event: Event) => boolean): void {
  for (const kind of ["copy", "cut"] as const) {
    document.addEventListener(kind, (event) => {
      if (!isOurs(event) || editor.selection.size === 0) return;
      const { own, plain } = clipboard.copy();
      event.clipboardData?.setData(PRIVATE_TYPE, own);
      event.clipboardData?.setData("text/plain", plain);
      localStorage.setItem(LAST, JSON.stringify({ own, plain }));
      event.preventDefault();
      const name = nameOf(editor.chosen);
      if (kind === "cut") remove();
      editor.announce(say(kind === "cut" ? "cutWas" : "copied", { name }));
    });
  }
  document.addEventListener("paste", (event) => {
    if (!isOurs(event) || editor.readonly) return;
    event.preventDefault();
    const data = event.clipboardData;
    const picture = [...(data?.files ?? [])].find((one) => one.type.startsWith("image/"));
    if (picture) void addPicture(picture);
    else clipboard.paste(data?.getData(PRIVATE_TYPE) ?? "", data?.getData("text/plain") ?? "");
  });
}
