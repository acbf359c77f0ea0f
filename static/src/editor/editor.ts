import { chosenObjects } from "./document/find.ts";
import type { Box, Ids, LayoutDocument, LayoutObject } from "./document/types.ts";
import { EVERYBODY, type People } from "./document/people.ts";
import type { Guide } from "./geometry/snap.ts";
import { History } from "./history.ts";
import { say } from "./strings.ts";

/** What part of the editor's state changed; panels draw again only for what concerns them. */
export type Part = "document" | "selection" | "view" | "gesture" | "saving" | "preview";

export interface View {
  /** Screen pixels per canvas pixel. */
  readonly zoom: number;
  /** Where the canvas' top left corner lies, in screen pixels of the stage. */
  readonly x: number;
  readonly y: number;
}

/** What a gesture shows while it lasts. */
export interface Gesture {
  readonly guides: readonly Guide[];
  readonly marquee: Box | null;
  /** "640 × 360", beside the pointer. */
  readonly label: string | null;
}

/** The canvas as a product will draw it: `drawn` is in output pixels. */
export interface Preview {
  readonly product: string;
  readonly drawn: LayoutDocument;
}

const NO_GESTURE: Gesture = { guides: [], marquee: null, label: null };

/** The open layout: its document, what is selected, how it is looked at. Commands change it through `apply`; everything else listens. */
export class Editor {
  readonly history = new History();
  readonly readonly: boolean;
  document: LayoutDocument;
  name: string;
  selection: Ids = new Set();
  hovered: string | null = null;
  view: View = { zoom: 1, x: 0, y: 0 };
  gesture: Gesture = NO_GESTURE;
  snapping = true;
  grid = false;
  safeAreas = false;
  keepTool = false;
  /** Shown instead of the draft; gestures then only select. */
  preview: Preview | null = null;
  people: People = EVERYBODY;
  private gestureStart: LayoutDocument | null = null;
  private readonly listeners = new Set<(part: Part) => void>();
  private readonly announcers = new Set<(text: string) => void>();

  constructor(document: LayoutDocument, name: string, readonly: boolean) {
    this.document = document;
    this.name = name;
    this.readonly = readonly;
  }

  onChange(listener: (part: Part) => void): void {
    this.listeners.add(listener);
  }

  onAnnounce(listener: (text: string) => void): void {
    this.announcers.add(listener);
  }

  emit(part: Part): void {
    for (const listener of this.listeners) listener(part);
  }

  announce(text: string): void {
    for (const announcer of this.announcers) announcer(text);
  }

  get chosen(): LayoutObject[] {
    return chosenObjects(this.document, this.selection);
  }

  /** Nothing can be dragged: somebody only looks on, or the picture is a product's. */
  get fixed(): boolean {
    return this.readonly || this.preview !== null;
  }

  showPreview(preview: Preview | null): void {
    this.preview = preview;
    this.emit("preview");
  }

  setPeople(people: People): void {
    this.people = people;
    this.emit("preview");
  }

  get inGesture(): boolean {
    return this.gestureStart !== null;
  }

  /** One undoable step. Nothing changed means no step. */
  apply(name: string, document: LayoutDocument, options: { readonly selection?: Ids; readonly joinKey?: string } = {}): void {
    if (this.readonly || same(document, this.document)) {
      if (options.selection) this.select(options.selection);
      return;
    }
    this.history.record({ document: this.document, selection: this.selection }, name, Date.now(), options.joinKey ?? null);
    this.document = document;
    if (options.selection) this.selection = options.selection;
    this.dropGone();
    this.emit("document");
    this.announce(name);
  }

  select(ids: Ids): void {
    this.selection = ids;
    this.dropGone();
    this.emit("selection");
  }

  /** Shows a document while a gesture lasts; `endGesture` makes it one step, `cancelGesture` puts everything back. */
  showGesture(document: LayoutDocument, gesture: Partial<Gesture> = {}): void {
    this.gestureStart ??= this.document;
    this.document = document;
    this.gesture = { ...NO_GESTURE, ...gesture };
    this.emit("gesture");
  }

  endGesture(name: string): void {
    const start = this.gestureStart;
    const end = this.document;
    this.gesture = NO_GESTURE;
    this.gestureStart = null;
    if (start) {
      this.document = start;
      this.apply(name, end);
    }
    this.emit("gesture");
  }

  cancelGesture(): void {
    if (this.gestureStart) this.document = this.gestureStart;
    this.gestureStart = null;
    this.gesture = NO_GESTURE;
    this.emit("gesture");
  }

  undo(): void {
    this.travel(this.history.undo({ document: this.document, selection: this.selection }), "undid");
  }

  redo(): void {
    this.travel(this.history.redo({ document: this.document, selection: this.selection }), "redid");
  }

  setView(view: View): void {
    this.view = view;
    this.emit("view");
  }

  private travel(step: ReturnType<History["undo"]>, said: "undid" | "redid"): void {
    if (!step || this.inGesture) return;
    this.document = step.document;
    this.selection = step.selection;
    this.dropGone();
    this.emit("document");
    this.announce(say(said, { name: step.name }));
  }

  private dropGone(): void {
    const there = new Set(this.document.objects.map((object) => object.id));
    this.selection = new Set([...this.selection].filter((id) => there.has(id)));
    if (this.hovered && !there.has(this.hovered)) this.hovered = null;
  }
}

/** Compared by value: commands build new objects even where nothing moved. */
function same(a: LayoutDocument, b: LayoutDocument): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** How a step names what it was about: the one object's name, or how many. */
export function nameOf(objects: readonly LayoutObject[]): string {
  const [only] = objects;
  if (objects.length === 1 && only) return titleOf(only);
  return `${objects.length} ${say("objects")}`;
}

export function titleOf(object: LayoutObject): string {
  return object.name || (object.kind === "text" ? object.text.split("\n")[0]?.slice(0, 40) : "") || `${say(object.kind)} ${object.id}`;
}
