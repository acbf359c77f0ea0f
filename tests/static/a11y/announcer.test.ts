/** What is said: one voice, half a second apart, trouble first; steps named by what became of things. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Actions } from "../../../static/src/editor/actions/registry.ts";
import type { Clipboard } from "../../../static/src/editor/actions/clipboard_data.ts";
import { placeOf, problemWords } from "../../../static/src/editor/state/document_location.ts";
import { changeWords } from "../../../static/src/editor/panels/on_air/change_labels.ts";
import { clockTime } from "../../../static/src/editor/panels/versions/save_state.ts";
import { SpokenQueue, type Clock } from "../../../static/src/editor/a11y/announcer.ts";
import { speak } from "../../../static/src/editor/i18n/strings.ts";
import type { Api } from "../../../static/src/api/client.ts";
import { region, text } from "../documents.ts";
import { Hand } from "../hand.ts";

/** A clock that a test winds. */
class Wound implements Clock {
  at = 0;
  private timers: Array<{ readonly id: number; readonly due: number; readonly run: () => void }> = [];
  now = (): number => this.at;
  later = (run: () => void, wait: number): number => {
    const id = this.timers.length + this.at + 1;
    this.timers.push({ id, due: this.at + wait, run });
    return id;
  };
  forget = (id: number): void => {
    this.timers = this.timers.filter((one) => one.id !== id);
  };
  wind(milliseconds: number): void {
    const end = this.at + milliseconds;
    for (;;) {
      const [next] = this.timers.filter((one) => one.due <= end).toSorted((a, b) => a.due - b.due);
      if (!next) break;
      this.forget(next.id);
      this.at = next.due;
      next.run();
    }
    this.at = end;
  }
}

describe("the voice of the page", () => {
  const listening = (): { clock: Wound; queue: SpokenQueue; heard: Array<[number, string]> } => {
    const clock = new Wound();
    const heard: Array<[number, string]> = [];
    return { clock, heard, queue: new SpokenQueue((words) => heard.push([clock.at, words]), clock) };
  };
  test("one sentence for a nudge, the latest of many, half a second apart", () => {
    const { clock, queue, heard } = listening();
    for (let x = 1; x <= 30; x += 1) {
      queue.add(`Moved to ${x}, 0`);
      clock.wind(20);
    }
    clock.wind(2000);
    const times = heard.map(([at]) => at);
    assert.equal(heard.at(-1)?.[1], "Moved to 30, 0");
    assert.ok(times.every((at, index) => index === 0 || at - (times[index - 1] ?? 0) >= 500), String(times));
  });
  test("trouble is said first, is not lost to what comes after it, and not twice", () => {
    const { clock, queue, heard } = listening();
    queue.add("Moved to 1, 0");
    queue.add("Not saved", true);
    queue.add("Not saved", true);
    queue.add("Moved to 2, 0");
    clock.wind(3000);
    assert.deepEqual(heard.map(([, words]) => words), ["Not saved", "Moved to 2, 0"]);
    queue.repeat();
    assert.equal(heard.at(-1)?.[1], "Moved to 2, 0");
  });
});

describe("what a step is called", () => {
  test("locking and hiding say which of the two it was", () => {
    const hand = new Hand(region("a", 0, 0, 100, 100, { name: "Host" }));
    const actions = new Actions(hand.editor, {} as Api, {} as Clipboard, () => ({ x: 0, y: 0 }));
    hand.editor.select(new Set(["a"]));
    const names = (["locked", "locked", "hidden", "hidden"] as const).map((flag) => {
      actions.toggle(flag);
      return hand.editor.history.undoName;
    });
    assert.deepEqual(names, ["Lock Host", "Unlock Host", "Hide Host", "Show Host"]);
    actions.opacity(0.5, () => true);
    assert.equal(hand.editor.history.undoName, "Opacity 50 %");
  });
  test("a field says what it became", () => {
    assert.deepEqual([changeWords("opacity", { opacity: 0.25 }), changeWords("fit", { fit: "contain" }), changeWords("radius", { corner_radius: 12 }), changeWords("name", { name: "Host" }), changeWords("words", { text: "long" })], ["Opacity 25 %", "Fit Contain", "Corner radius 12", "Rename Host", "Change Text"]);
  });
  test("the time of a save is of 24 hours", () => assert.equal(clockTime(new Date(2026, 0, 1, 14, 2)), "14:02"));
});

describe("a problem's place in words", () => {
  const { document } = new Hand(region("a", 0, 0, 100, 100, { name: "Host" }), text("t", 0, 0, 100, 40)).editor;
  test("the object and the field", () => {
    assert.equal(placeOf(document, "/objects/0/width"), "Host: W");
    assert.equal(placeOf(document, "/objects/0/source/slot"), "Host: Slot");
    assert.equal(placeOf(document, "/objects/0/opacity"), "Host: Opacity");
    assert.equal(placeOf(document, "/canvas/width"), "Canvas: Width");
    assert.equal(problemWords(document, { pointer: "/objects/0/width", message: "It must be at least 2." }), "Host: W. It must be at least 2.");
  });
  test("nothing is made up for what is not there", () => {
    assert.equal(placeOf(document, "/objects/7/width"), "");
    assert.equal(problemWords(document, { pointer: "", message: "Too large." }), "Too large.");
  });
  test("in Chinese, too", () => {
    speak("zh-hans");
    assert.equal(placeOf(document, "/objects/0/width"), "Host：宽");
    speak("en");
  });
});
