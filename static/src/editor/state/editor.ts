import { commonGroup, groupsOf, NO_AIDS, unitsOf, type Aids, type Entered } from "../document/editor_state.ts";
import type { Settings } from "../document/merge_editor_state.ts";
import { chosenObjects } from "../document/find.ts";
import { EVERYBODY, type People } from "../document/people.ts";
import { shared } from "../document/share.ts";
import type { Ids, LayoutDocument, LayoutObject } from "../document/types.ts";
import { placedAs } from "../geometry/drawn.ts";
import { NO_LIMITS, type Limits } from "../geometry/limits.ts";
import type { Point } from "../geometry/rect.ts";
import type { View } from "../geometry/view.ts";
import { NO_GESTURE, type Gesture } from "./gesture.ts";
import { History, type Moment } from "./history.ts";
import { say } from "../i18n/strings.ts";

export type { Gesture } from "./gesture.ts";
export type { View } from "../geometry/view.ts";

/** What part of the editor's state changed; panels draw again only for what concerns them. */
export type Part = "document" | "selection" | "view" | "gesture" | "saving" | "preview" | "mode";

/** The canvas as a product will draw it: `drawn` is in output pixels. */
export interface Preview {
  readonly product: string;
  readonly drawn: LayoutDocument;
}

/** What is being worked on inside one object: its crop, or its words. */
export type Inside = { readonly kind: "crop" | "text"; readonly id: string } | null;

interface Step {
  readonly selection?: Ids;
  readonly aids?: Aids;
  /** Steps with equal keys join: within a second, or for as long as nothing else happens if the key begins with "!". */
  readonly joinKey?: string;
  /** What listeners hear of it, where the step's name says less: "Moved to 50, 60". */
  readonly said?: string;
  /** Whose doing it is. A hand changes what it sees, the draft; a panel also while a product's picture is shown (a fix, a version); the server's word counts on a phone, too. */
  readonly by?: "hand" | "panel" | "server";
}

/** The open layout: its document, what is selected, how it is looked at. Commands change it through `apply`; everything else listens. */
export class Editor {
  readonly history = new History();
  /** May only look, by right. */
  readonly viewer: boolean;
  /** A screen too narrow to edit on. */
  phone = false;
  document: LayoutDocument;
  /** What was copied last, and where it was copied from: done again, the next copy lies as far off again. */
  copied: { readonly ids: Ids; readonly from: Point } | null = null;
  /** Groups, guides: kept beside the document, undone with it, never exported. */
  aids: Aids = NO_AIDS;
  name: string;
  selection: Ids = new Set();
  /** The group that was opened: clicks choose among what is in it. */
  entered: Entered = null;
  /** One of several selected, to which the others align. */
  keyObject: string | null = null;
  inside: Inside = null;
  /** The place in the list of the guide that arrows move and Delete removes; never beside a selection. */
  guide: number | null = null;
  hovered: string | null = null;
  view: View = { zoom: 1, x: 0, y: 0 };
  gesture: Gesture = NO_GESTURE;
  snapping = true;
  grid = false;
  rulers = true;
  safeAreas = false;
  /** What the products need for which the layout is made. */
  limits: Limits = NO_LIMITS;
  keepTool = false;
  /** Samples for `{{variables}}`, so that texts are seen as they will be. */
  variables: Readonly<Record<string, string>> = {};
  /** The product for which the layout is made; "" for those on which it runs. */
  madeFor = "";
  /** Shown instead of the draft; gestures then only select. */
  preview: Preview | null = null;
  people: People = EVERYBODY;
  private gestureStart: Moment | null = null;
  private placed: { readonly document: LayoutDocument; readonly drawn: LayoutDocument; readonly seen: LayoutDocument } | null = null;
  private readonly listeners = new Set<(part: Part) => void>();
  private readonly announcers = new Set<(text: string, trouble: boolean) => void>();
  private readonly refusers = new Set<() => void>();
  private readonly reminders = new Set<(text: string) => void>();
  private readonly reminded = new Set<string>();

  constructor(document: LayoutDocument, name: string, viewer: boolean) {
    this.document = document;
    this.name = name;
    this.viewer = viewer;
  }

  onChange(listener: (part: Part) => void): void {
    this.listeners.add(listener);
  }

  onAnnounce(listener: (text: string, trouble: boolean) => void): void {
    this.announcers.add(listener);
  }

  /** Hears of changes that were tried where nothing can be changed. */
  onRefuse(listener: () => void): void {
    this.refusers.add(listener);
  }

  /** Hears what is to be said in sight, once each. */
  onRemind(listener: (text: string) => void): void {
    this.reminders.add(listener);
  }

  /** A rule that holds the hand: listeners hear of it each time, eyes the first time. */
  remind(text: string): void {
    this.announce(text);
    if (this.reminded.has(text)) return;
    this.reminded.add(text);
    for (const reminder of this.reminders) reminder(text);
  }

  emit(part: Part): void {
    for (const listener of this.listeners) listener(part);
  }

  /** Said aloud, soon: trouble before anything else, and never lost to what is said after it. */
  announce(text: string, trouble = false): void {
    for (const announcer of this.announcers) announcer(text, trouble);
  }

  get chosen(): LayoutObject[] {
    return chosenObjects(this.document, this.selection);
  }

  /** The selection parted into what moves as one: groups, and single objects. */
  get units(): Set<string>[] {
    return unitsOf(this.document, this.aids, this.selection, this.entered);
  }

  /** Nobody changes anything here now. */
  get readonly(): boolean {
    return this.viewer || this.phone;
  }

  /** Nothing can be dragged: somebody only looks on, or the picture is a product's. */
  get fixed(): boolean {
    return this.readonly || this.preview !== null;
  }

  showPreview(preview: Preview | null): void {
    const began = preview !== null && this.preview === null;
    this.preview = preview;
    if (began) this.letGo();
    this.emit("preview");
  }

  setPhone(phone: boolean): void {
    if (phone === this.phone) return;
    this.phone = phone;
    if (phone) this.letGo();
    this.emit("mode");
  }

  /** The document as it lies on the canvas: where a product draws its objects while its picture is shown. */
  get seen(): LayoutDocument {
    const drawn = this.preview?.drawn;
    if (!drawn) return this.document;
    if (this.placed?.document !== this.document || this.placed.drawn !== drawn) this.placed = { document: this.document, drawn, seen: placedAs(this.document, drawn) };
    return this.placed.seen;
  }

  private letGo(): void {
    if (this.inGesture) this.cancelGesture();
    if (this.inside) this.workInside(null);
  }

  setPeople(people: People): void {
    this.people = people;
    this.emit("preview");
  }

  get inGesture(): boolean {
    return this.gestureStart !== null;
  }

  private get moment(): Moment {
    return { document: this.document, aids: this.aids, selection: this.selection };
  }

  /** One undoable step. Nothing changed means no step. */
  apply(name: string, document: LayoutDocument, { selection, aids = this.aids, joinKey, by = "hand", said = name }: Step = {}): void {
    const next = shared(this.document, document);
    const changes = next !== this.document || JSON.stringify(aids) !== JSON.stringify(this.aids);
    if (!changes || !this.lets(by)) {
      if (changes) for (const refuser of this.refusers) refuser();
      if (selection) this.select(selection);
      return;
    }
    this.history.record(this.moment, name, Date.now(), joinKey ?? null);
    this.document = next;
    this.aids = aids;
    if (selection) this.selection = selection;
    this.dropGone();
    this.emit("document");
    this.announce(said);
  }

  /** Somebody else's document, for who only looks on: no step of one's own. */
  replace(document: LayoutDocument): void {
    this.document = document;
    this.dropGone();
    this.emit("document");
  }

  /** Samples and the product it is made for: no steps, since nothing of the picture is changed. */
  set({ variables = this.variables, made_for = this.madeFor }: Partial<Settings>): void {
    if (variables === this.variables && made_for === this.madeFor) return;
    this.variables = variables;
    this.madeFor = made_for;
    this.emit("preview");
  }

  /** What somebody else drew beside the layout: no step of one's own, and no undo takes it away again. */
  bring(change: (aids: Aids) => Aids, { variables, made_for }: Settings): void {
    const known = new Map<Aids, Aids>();
    const brought = (aids: Aids): Aids => known.get(aids) ?? known.set(aids, change(aids)).get(aids) ?? aids;
    this.aids = brought(this.aids);
    if (this.gestureStart) this.gestureStart = { ...this.gestureStart, aids: brought(this.gestureStart.aids) };
    this.history.bring(brought);
    this.dropGone();
    this.emit("selection");
    this.set({ variables, made_for });
  }

  select(ids: Ids): void {
    this.selection = ids;
    this.dropGone();
    this.emit("selection");
  }

  /** Chooses a guide by its place in the list; null lets go of it. */
  chooseGuide(index: number | null): void {
    if (index !== null) this.select(new Set());
    this.guide = index;
    this.emit("selection");
  }

  /** Opens a group: from now on its children are chosen. Null closes all. */
  enter(group: Entered): void {
    this.entered = group;
    this.emit("selection");
  }

  /** Begins or ends working inside an object. */
  workInside(inside: Inside): void {
    this.inside = inside;
    this.emit("selection");
  }

  /** Shows a document while a gesture lasts; `endGesture` makes it one step, `cancelGesture` puts everything back. */
  showGesture(document: LayoutDocument, gesture: Partial<Gesture> = {}, aids: Aids = this.aids): void {
    this.gestureStart ??= this.moment;
    this.document = document;
    this.aids = aids;
    this.gesture = { ...NO_GESTURE, ...gesture };
    this.emit("gesture");
  }

  /** Lines and distances over a picture that does not change. */
  showMarks(gesture: Partial<Gesture>): void {
    this.gesture = { ...NO_GESTURE, ...gesture };
    this.emit("gesture");
  }

  endGesture(name: string, more: Pick<Step, "selection" | "said"> = {}): void {
    const start = this.gestureStart;
    const { document, aids } = this;
    this.gesture = NO_GESTURE;
    this.gestureStart = null;
    if (start) {
      this.document = start.document;
      this.aids = start.aids;
      this.apply(name, document, { aids, ...more });
    }
    this.emit("gesture");
  }

  cancelGesture(): void {
    if (this.gestureStart) {
      this.document = this.gestureStart.document;
      this.aids = this.gestureStart.aids;
    }
    this.gestureStart = null;
    this.gesture = NO_GESTURE;
    this.emit("gesture");
  }

  private lets(by: Step["by"]): boolean {
    if (this.viewer) return false;
    return by === "server" || (!this.phone && (by === "panel" || this.preview === null));
  }

  undo(): void {
    if (!this.inGesture && !this.readonly) this.travel(this.history.undo(this.moment), "undid");
  }

  redo(): void {
    if (!this.inGesture && !this.readonly) this.travel(this.history.redo(this.moment), "redid");
  }

  setView(view: View): void {
    this.view = view;
    this.emit("view");
  }

  private travel(step: ReturnType<History["undo"]>, said: "undid" | "redid"): void {
    if (!step) return;
    this.document = step.document;
    this.aids = step.aids;
    this.selection = step.selection;
    this.inside = null;
    this.dropGone();
    this.emit("document");
    this.announce(say(said, { name: step.name }));
  }

  private dropGone(): void {
    const there = new Set(this.document.objects.map((object) => object.id));
    this.selection = new Set([...this.selection].filter((id) => there.has(id)));
    if (this.hovered && !there.has(this.hovered)) this.hovered = null;
    if (this.keyObject && (this.selection.size < 2 || !this.selection.has(this.keyObject))) this.keyObject = null;
    if (this.guide !== null && (this.selection.size > 0 || this.guide >= this.aids.guides.length)) this.guide = null;
    if (this.inside && (!there.has(this.inside.id) || !this.selection.has(this.inside.id))) this.inside = null;
    // Whoever selects something elsewhere has left the group.
    if (this.entered && [...this.selection].some((id) => !groupsOf(this.aids, id).includes(this.entered ?? ""))) this.entered = commonGroup(this.aids, this.selection);
  }
}

/** How a step names what it was about: the one object's name, or how many. */
export function nameOf(objects: readonly LayoutObject[]): string {
  const [only] = objects;
  if (objects.length === 1 && only) return titleOf(only);
  return `${objects.length} ${say("objects")}`;
}

export function titleOfGroup(aids: Aids, group: string): string {
  return aids.names[group] ?? say("groupNumber", { n: group.replace(/^g/, "") });
}

export function titleOf(object: LayoutObject): string {
  return object.name || (object.kind === "text" ? object.text.split("\n")[0]?.slice(0, 40) : "") || `${say(object.kind)} ${object.id}`;
}
