/** What is said aloud, and when: the page has one voice. */
const APART = 500;
/** A word that comes right after another usually says the same better. */
const SETTLE = 150;

/** Time and its timers, so that nobody has to wait for a test. */
export interface Clock {
  now(): number;
  later(run: () => void, wait: number): number;
  forget(timer: number): void;
}

const PAGE: Clock = { now: () => Date.now(), later: (run, wait) => window.setTimeout(run, wait), forget: (timer) => clearTimeout(timer) };

/** At most one sentence every half second. Of ordinary ones the latest is said; trouble waits for its turn, and goes first. */
export class SpokenQueue {
  last = "";
  private readonly voice: (text: string) => void;
  private readonly clock: Clock;
  private readonly troubles: string[] = [];
  private ordinary: string | null = null;
  private timer: number | null = null;
  private spokenAt = -Infinity;

  constructor(voice: (text: string) => void, clock: Clock = PAGE) {
    this.voice = voice;
    this.clock = clock;
  }

  add(text: string, trouble = false): void {
    if (!text) return;
    if (!trouble) this.ordinary = text;
    else if (!this.troubles.includes(text)) this.troubles.push(text);
    this.wait();
  }

  /** At once, whatever waits: somebody asked for it. */
  repeat(): void {
    if (this.last) this.speak(this.last);
  }

  private wait(): void {
    if (this.timer !== null) this.clock.forget(this.timer);
    this.timer = this.clock.later(() => this.next(), Math.max(SETTLE, this.spokenAt + APART - this.clock.now()));
  }

  private next(): void {
    this.timer = null;
    const text = this.troubles.shift() ?? this.ordinary;
    if (text === null) return;
    if (text === this.ordinary) this.ordinary = null;
    this.speak(text);
    if (this.ordinary !== null || this.troubles.length > 0) this.wait();
  }

  private speak(text: string): void {
    this.spokenAt = this.clock.now();
    this.last = text;
    this.voice(text);
  }
}
