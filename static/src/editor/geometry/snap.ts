/**
 * Where a moved box or a moved edge should come to rest, and what holds there. The axes never influence one another.
 *
 * What is within reach is caught by kind, the strongest first: guides that a person drew, the canvas, other objects, equal
 * gaps, equal sizes. Of one kind the nearest catches. A weaker kind takes it from a stronger one only where it is nearer by
 * more than half the reach: near the middle of two the stronger has it, right beside the weaker the weaker. What lies on any
 * of them already stays there, so that snapping twice is snapping once. The grid holds where nothing else does.
 */
import type { Box } from "../document/types.ts";
import { gapPlaces, gapsAround, type Mark } from "./gaps.ts";
import { AXES, high, low, shifted, size, type Axis, type Point } from "./rect.ts";

/** A line that holds at `at`, drawn from `from` to `to` along the other axis. */
export interface Guide {
  readonly axis: Axis;
  readonly at: number;
  /** Centre lines are drawn dashed, edges solid. */
  readonly center: boolean;
  readonly from: number;
  readonly to: number;
}

export interface Snapped {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
  readonly marks: readonly Mark[];
}

export interface Targets {
  readonly canvas: Box;
  /** The other visible objects. */
  readonly others: readonly Box[];
  /** Guides that the person has drawn. */
  readonly guides?: ReadonlyArray<{ readonly axis: Axis; readonly at: number }>;
  /** The distance of the grid's lines; null or left out for no grid. */
  readonly grid?: number | null;
  /** What snaps comes to lie on a multiple of it; left out for any pixel. */
  readonly step?: number;
  /** Where the box may lie at all, by axis, for its low edge. */
  readonly limits?: Readonly<Record<Axis, readonly [number, number]>>;
}

/** The edges that a resize moves: the low ones (left, top), the high ones, or none of an axis. */
export type MovingEdges = Readonly<Partial<Record<Axis, "low" | "high">>>;

/** How strongly a line catches: the lower, the stronger. */
const KINDS = { guide: 0, canvas: 1, object: 2, gap: 3, size: 4 } as const;

interface Target {
  readonly kind: keyof typeof KINDS;
  readonly at: number;
}

interface Line extends Target {
  readonly center: boolean;
  /** Null: across the whole picture. */
  readonly box: Box | null;
}

export const NOT_SNAPPED: Snapped = { dx: 0, dy: 0, guides: [], marks: [] };
const PASSES = 4;

function linesOf(box: Box, axis: Axis, kind: "canvas" | "object"): Line[] {
  const owner = kind === "canvas" ? null : box;
  return [
    { kind, at: low(box, axis), center: false, box: owner },
    { kind, at: low(box, axis) + size(box, axis) / 2, center: true, box: owner },
    { kind, at: high(box, axis), center: false, box: owner },
  ];
}

/** A drag asks for the same lines at every move. */
const KNOWN: Record<Axis, WeakMap<Targets, readonly Line[]>> = { x: new WeakMap(), y: new WeakMap() };

function targetLines(targets: Targets, axis: Axis): readonly Line[] {
  const known = KNOWN[axis].get(targets);
  if (known) return known;
  const lines = linesTo(targets, axis);
  KNOWN[axis].set(targets, lines);
  return lines;
}

function linesTo({ canvas, others, guides = [] }: Targets, axis: Axis): Line[] {
  return [
    ...guides.filter((guide) => guide.axis === axis).map(({ at }): Line => ({ kind: "guide", at, center: false, box: null })),
    ...linesOf(canvas, axis, "canvas"),
    ...others.flatMap((box) => linesOf(box, axis, "object")),
  ];
}

/** The move by which a target catches what lies at `mine`, by the rule above; null where none is within reach. */
function caught(mine: number, targets: readonly Target[], reach: number, allowed: (move: number) => boolean): number | null {
  const nearest: Array<number | undefined> = [];
  for (const { kind, at } of targets) {
    const move = Math.round(at - mine) + 0;
    const best = nearest[KINDS[kind]];
    if (Math.abs(at - mine) > reach || (best !== undefined && Math.abs(move) >= Math.abs(best)) || !allowed(move)) continue;
    if (move === 0) return 0;
    nearest[KINDS[kind]] = move;
  }
  let taken: number | null = null;
  for (const move of nearest) {
    if (move !== undefined && (taken === null || Math.abs(taken) - Math.abs(move) > reach / 2)) taken = move;
  }
  return taken;
}

function toGrid(mine: number, grid: number | null, allowed: (move: number) => boolean): number {
  if (grid === null) return 0;
  const move = Math.round(Math.round(mine / grid) * grid - mine) + 0;
  return allowed(move) ? move : 0;
}

/** How far a single edge goes: to what catches it, else to the grid, and from there again, until it rests. */
function settled(mine: number, targets: readonly Target[], grid: number | null, reach: number, allowed: (move: number) => boolean): number {
  let total = 0;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const at = mine + total;
    const may = (move: number): boolean => allowed(total + move);
    const by = caught(at, targets, reach, may) ?? toGrid(at, grid, may);
    total += by;
    if (by === 0) break;
  }
  return total;
}

/** What to add to a moved box so that it snaps, and every line and gap that then holds. `reach` is in canvas pixels. */
export function snapMove(box: Box, targets: Targets, reach: number): Snapped {
  let at = box;
  // What lies in a row with the box can change with the move on the other axis, so gaps are looked for again until nothing moves.
  for (let pass = 0; pass < PASSES; pass += 1) {
    const before = at;
    for (const axis of AXES) at = shifted(at, axis, moveOn(at, axis, targets, reach));
    if (before.x === at.x && before.y === at.y) break;
  }
  const guides = AXES.flatMap((axis) => guidesAt(at, axis, linesOf(at, axis, "object"), targets));
  return { dx: at.x - box.x, dy: at.y - box.y, guides, marks: AXES.flatMap((axis) => gapsAround(at, targets.others, axis)) };
}

function moveOn(box: Box, axis: Axis, targets: Targets, reach: number): number {
  const limits = targets.limits?.[axis];
  const allowed = (move: number): boolean => (low(box, axis) + move) % (targets.step ?? 1) === 0 && (!limits || (low(box, axis) + move >= limits[0] && low(box, axis) + move <= limits[1]));
  const at = low(box, axis);
  // Where the low edge would lie if one of our lines came onto one of theirs.
  const extent = size(box, axis);
  const places = [0, extent / 2, extent].flatMap((offset) => targetLines(targets, axis).map((line): Target => ({ kind: line.kind, at: line.at - offset })));
  const gaps = gapPlaces(box, targets.others, axis).map((place): Target => ({ kind: "gap", at: place }));
  return caught(at, [...places, ...gaps], reach, allowed) ?? toGrid(at, targets.grid ?? null, allowed);
}

/** The same for a resize: only the named edges of the box may snap. Equal sizes are targets too. */
export function snapEdges(box: Box, edges: MovingEdges, targets: Targets, reach: number): Snapped {
  const move = { x: 0, y: 0 };
  let to = box;
  const marks: Mark[] = [];
  const moving = new Map<Axis, Line>();
  for (const axis of AXES) {
    const edge = edges[axis];
    if (!edge) continue;
    const mine = edge === "low" ? low(box, axis) : high(box, axis);
    const fixed = edge === "low" ? high(box, axis) : low(box, axis);
    const sizes = targets.others.map((other): Target => ({ kind: "size", at: edge === "low" ? fixed - size(other, axis) : fixed + size(other, axis) }));
    const grows = (by: number): boolean => (mine + by) % (targets.step ?? 1) === 0 && Math.abs(mine + by - fixed) >= 1 && (mine + by - fixed) * (mine - fixed) >= 0;
    const by = settled(mine, [...targetLines(targets, axis), ...sizes], targets.grid ?? null, reach, grows);
    move[axis] = by;
    const extent = axis === "x" ? "width" : "height";
    to = edge === "low" ? { ...to, [axis]: mine + by, [extent]: fixed - mine - by } : { ...to, [extent]: mine + by - fixed };
    moving.set(axis, { kind: "object", at: mine + by, center: false, box: null });
  }
  for (const [axis, line] of moving) {
    const equal = targets.others.filter((other) => size(other, axis) === size(to, axis));
    if (equal.length > 0) marks.push(...[to, ...equal].map((one): Mark => ({ kind: "size", axis, from: low(one, axis), to: high(one, axis), at: axis === "x" ? one.y + one.height / 2 : one.x + one.width / 2 })));
    moving.set(axis, { ...line, box: to });
  }
  return { dx: move.x, dy: move.y, guides: AXES.flatMap((axis) => guidesAt(to, axis, moving.has(axis) ? [moving.get(axis) as Line] : [], targets)), marks };
}

/** A single point, while something is drawn. */
export function snapPoint(point: Point, targets: Targets, reach: number): Snapped {
  const move = { x: 0, y: 0 };
  for (const axis of AXES) {
    move[axis] = settled(point[axis], targetLines(targets, axis), targets.grid ?? null, reach, () => true);
  }
  const at: Box = { x: point.x + move.x, y: point.y + move.y, width: 0, height: 0 };
  return { dx: move.x, dy: move.y, guides: AXES.flatMap((axis) => guidesAt(at, axis, [{ kind: "object", at: at[axis], center: false, box: null }], targets)), marks: [] };
}

function guidesAt(box: Box, axis: Axis, ours: readonly Line[], targets: Targets): Guide[] {
  const found = new Map<number, Guide>();
  const other: Axis = axis === "x" ? "y" : "x";
  for (const line of targetLines(targets, axis)) {
    // Half a pixel apart is the same line: centres of odd sizes lie between pixels.
    if (!ours.some((mine) => Math.abs(mine.at - line.at) <= 0.5)) continue;
    const known = found.get(line.at);
    const span = line.box ?? targets.canvas;
    found.set(line.at, {
      axis, at: line.at, center: line.center && (known?.center ?? true),
      from: Math.min(low(span, other), low(box, other), known?.from ?? Infinity), to: Math.max(high(span, other), high(box, other), known?.to ?? -Infinity),
    });
  }
  return [...found.values()];
}
