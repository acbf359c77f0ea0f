import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { limitsOf, NO_LIMITS, type ProductLimits } from "../../../static/src/editor/geometry/limits.ts";
import { aligned, distributed, tidied } from "../../../static/src/editor/geometry/arrange.ts";
import { evaluate } from "../../../static/src/editor/geometry/expression.ts";
import { handleAt, objectsAt, objectsTouching, offeredHandles } from "../../../static/src/editor/geometry/hit_test.ts";
import { containedIn, coveringPart, movedInside, union } from "../../../static/src/editor/geometry/rect.ts";
import { HANDLES, resized, scaledWith } from "../../../static/src/editor/geometry/resize.ts";
import { snapEdges, snapMove, snapPoint } from "../../../static/src/editor/geometry/snap.ts";
import { linesIn } from "../../../static/src/editor/geometry/wrap.ts";
import { documentOf, region } from "../documents.ts";

const frame = { x: 0, y: 0, width: 1280, height: 720 };
const box = { x: 100, y: 100, width: 200, height: 100 };

describe("rectangles", () => {
  test("the union surrounds all, and nothing has none", () => {
    assert.deepEqual(union([box, { x: 0, y: 150, width: 10, height: 100 }]), { x: 0, y: 100, width: 300, height: 150 });
    assert.equal(union([]), null);
  });
  test("a box is moved inside, one that is too large stays", () => {
    assert.deepEqual(movedInside({ ...box, x: -40, y: 700 }, frame), { ...box, x: 0, y: 620 });
    assert.equal(movedInside({ ...box, x: -40, width: 2000 }, frame).x, -40);
  });
  test("contain leaves bars, cover crops the middle", () => {
    assert.deepEqual(containedIn({ x: 0, y: 0, width: 100, height: 100 }, 200, 100), { x: 0, y: 25, width: 100, height: 50 });
    assert.deepEqual(coveringPart({ x: 0, y: 0, width: 100, height: 100 }, 200, 100), { x: 50, y: 0, width: 100, height: 100 });
  });
});

describe("resizing", () => {
  const free = { keepRatio: false, fromCenter: false, frame };
  test("the opposite edges stay", () => {
    assert.deepEqual(resized(box, "se", 11, 7, free), { x: 100, y: 100, width: 211, height: 107 });
    assert.deepEqual(resized(box, "nw", 11, 7, free), { x: 111, y: 107, width: 189, height: 93 });
    assert.deepEqual(resized(box, "e", 10, 99, free), { x: 100, y: 100, width: 210, height: 100 });
  });
  test("it stops at two pixels instead of turning over", () => {
    assert.deepEqual(resized(box, "w", 900, 0, free), { x: 298, y: 100, width: 2, height: 100 });
  });
  test("a kept ratio follows the stronger axis, from the center both sides move", () => {
    assert.deepEqual(resized(box, "se", 100, 0, { ...free, keepRatio: true }), { x: 100, y: 100, width: 300, height: 150 });
    assert.deepEqual(resized(box, "e", 10, 0, { ...free, fromCenter: true }), { x: 90, y: 100, width: 220, height: 100 });
  });
  test("no handle, distance or option leaves the frame", () => {
    for (const handle of HANDLES)
      for (const by of [-5000, -333, 77, 5000])
        for (const keepRatio of [true, false])
          for (const fromCenter of [true, false]) {
            const to = resized(box, handle, by, by, { keepRatio, fromCenter, frame });
            assert.ok(to.x >= 0 && to.y >= 0 && to.x + to.width <= 1280 && to.y + to.height <= 720, `${handle} ${by} ${JSON.stringify(to)}`);
            assert.ok(to.width >= 2 && to.height >= 2 && Number.isInteger(to.x + to.y + to.width + to.height));
          }
  });
  test("neighbours that share an edge still share it after scaling together", () => {
    const to = { x: 0, y: 0, width: 333, height: 100 };
    const left = scaledWith({ x: 0, y: 0, width: 50, height: 100 }, { x: 0, y: 0, width: 100, height: 100 }, to);
    const right = scaledWith({ x: 50, y: 0, width: 50, height: 100 }, { x: 0, y: 0, width: 100, height: 100 }, to);
    assert.equal(left.x + left.width, right.x);
  });
});

describe("limits of products", () => {
  const one: ProductLimits = { region_minimum: [120, 120], regions_even: true, overhang: ["text", "image"], canvas_maximum: [1920, 1080], opacity: false };
  const other: ProductLimits = { region_minimum: [2, 40], regions_even: false, overhang: ["text"], canvas_maximum: [1920, 1920], opacity: true };
  test("the strictest of all holds", () => {
    assert.deepEqual(limitsOf([one, other], { width: 1280, height: 720 }), { smallest: { width: 120, height: 120 }, step: 2, overhang: new Set(["text"]), opacity: false });
    assert.deepEqual(limitsOf([other], { width: 1280, height: 720 }), { smallest: { width: 2, height: 40 }, step: 1, overhang: new Set(["text"]), opacity: true });
    assert.equal(limitsOf([], { width: 1280, height: 720 }), NO_LIMITS);
  });
  test("a canvas that is shrunk needs larger regions, and its pixels are nobody's", () => {
    assert.deepEqual(limitsOf([one], { width: 3840, height: 2160 }), { smallest: { width: 240, height: 240 }, step: 1, overhang: new Set(["text", "image"]), opacity: false });
  });
});

describe("snapping", () => {
  const canvas = { canvas: frame, others: [] };
  test("to the canvas' edge within reach, not beyond", () => {
    assert.equal(snapMove({ ...box, x: 6 }, canvas, 8).dx, -6);
    assert.equal(snapMove({ ...box, x: 9, y: 9 }, canvas, 8).dx, 0);
  });
  test("the axes do not influence one another", () => {
    const { dx, dy } = snapMove({ ...box, x: 5, y: 60 }, canvas, 8);
    assert.deepEqual([dx, dy], [-5, 0]);
  });
  test("to the center line, drawn as a center, across the picture", () => {
    const { dx, guides } = snapMove({ ...box, x: 537 }, canvas, 8);
    assert.equal(dx, 3);
    assert.deepEqual(guides, [{ axis: "x", at: 640, center: true, from: 0, to: 720 }]);
  });
  test("every line that holds is drawn once, as far as those who share it reach", () => {
    const other = { x: 500, y: 400, width: 200, height: 50 };
    const { guides } = snapMove({ x: 503, y: 100, width: 200, height: 40 }, { canvas: frame, others: [other, { ...other, y: 600 }] }, 8);
    assert.deepEqual(guides.map((guide) => guide.at).toSorted((a, b) => a - b), [500, 600, 700]);
    assert.deepEqual(guides.map((guide) => [guide.from, guide.to]), [[100, 650], [100, 650], [100, 650]]);
  });
  test("a user's guide wins over an object as near", () => {
    const others = [{ x: 300, y: 500, width: 40, height: 40 }];
    assert.equal(snapMove({ ...box, x: 304 }, { canvas: frame, others, guides: [{ axis: "x", at: 308 }] }, 8).dx, 4);
  });
  test("a stronger kind wins over a nearer one, unless that is nearer by more than half the reach", () => {
    const beside = (at: number) => [{ x: at, y: 500, width: 401, height: 40 }];
    const guide = (at: number): Array<{ axis: "x"; at: number }> => [{ axis: "x", at }];
    const move = (object: number, line: number): number => snapMove({ x: 300, y: 100, width: 55, height: 40 }, { canvas: frame, others: beside(object), guides: guide(line) }, 8).dx;
    assert.equal(move(302, 306), 6, "4 px nearer is half the reach: the guide has it");
    assert.equal(move(302, 307), 2, "5 px nearer is more");
    assert.equal(move(302, 309), 2, "the guide is out of reach");
    assert.equal(move(299, 295), -5, "on the other side of it, too");
    assert.equal(move(300, 302), 0, "what lies on a line stays on it");
    // the canvas before objects, on the edge that a resize moves, and for a point
    const others = [{ x: 100, y: 300, width: 1178, height: 50 }];
    assert.equal(snapEdges({ x: 900, y: 10, width: 376, height: 40 }, { x: "high" }, { canvas: frame, others }, 8).dx, 4);
    assert.equal(snapEdges({ x: 900, y: 10, width: 373, height: 40 }, { x: "high" }, { canvas: frame, others }, 8).dx, 7);
    assert.equal(snapPoint({ x: 4, y: 100 }, { canvas: frame, others: [{ x: 3, y: 0, width: 9, height: 9 }] }, 8).dx, -4);
  });
  test("a line wins over a gap as near", () => {
    const row = [{ x: 103, y: 107, width: 97, height: 91 }, { x: 230, y: 107, width: 101, height: 91 }];
    const box = { x: 364, y: 111, width: 83, height: 70 };
    assert.equal(snapMove(box, { canvas: frame, others: row }, 8).dx, -3);
    assert.equal(snapMove(box, { canvas: frame, others: row, guides: [{ axis: "x", at: 367 }] }, 8).dx, 3);
  });
  test("a third box takes the gap of the two beside it, and the gaps are marked", () => {
    const others = [{ x: 103, y: 107, width: 97, height: 91 }, { x: 230, y: 107, width: 101, height: 91 }];
    const { dx, marks } = snapMove({ x: 364, y: 111, width: 83, height: 70 }, { canvas: frame, others }, 8);
    assert.equal(dx, -3);
    assert.deepEqual(marks.filter((mark) => mark.axis === "x").map((mark) => mark.to - mark.from), [30, 30]);
  });
  test("a box between two takes the middle", () => {
    const others = [{ x: 103, y: 107, width: 50, height: 91 }, { x: 403, y: 107, width: 50, height: 91 }];
    const { dx } = snapMove({ x: 240, y: 111, width: 83, height: 70 }, { canvas: frame, others }, 8);
    assert.equal(240 + dx, 153 + Math.floor((250 - 83) / 2));
  });
  test("a resize moves only its edge", () => {
    const to = { x: 1200, y: 300, width: 75, height: 60 };
    const { dx, dy, guides } = snapEdges(to, { x: "high" }, canvas, 8);
    assert.deepEqual([dx, dy, guides.map((guide) => guide.at)], [5, 0, [1280]]);
  });
  test("a resize takes the width of another object", () => {
    const { dx, marks } = snapEdges({ x: 100, y: 300, width: 203, height: 60 }, { x: "high" }, { canvas: frame, others: [{ x: 811, y: 11, width: 207, height: 33 }] }, 8);
    assert.equal(dx, 4);
    assert.deepEqual(marks.map((mark) => mark.kind), ["size", "size"]);
  });
  test("the grid holds where nothing else does", () => {
    assert.equal(snapMove({ x: 333, y: 333, width: 91, height: 91 }, { ...canvas, grid: 20 }, 1).dx, 7);
  });
  test("nothing is snapped beyond its limits", () => {
    const limits = { x: [0, 1080], y: [0, 620] } as const;
    const beyond = [{ x: 1083, y: 0, width: 400, height: 10 }];
    assert.equal(snapMove({ x: 1080, y: 300, width: 200, height: 100 }, { canvas: frame, others: beyond, limits }, 8).dx, 0);
  });
});

describe("hit testing", () => {
  const document = documentOf(region("low", 0, 0, 200, 200), region("high", 100, 100, 200, 200), region("hidden", 0, 0, 900, 700, { hidden: true }), region("locked", 0, 0, 900, 700, { locked: true }));
  test("the front object first; hidden and locked ones never", () => {
    assert.deepEqual(objectsAt(document, { x: 150, y: 150 }).map((one) => one.id), ["high", "low"]);
  });
  test("a marquee catches what it touches", () => {
    assert.deepEqual(objectsTouching(document, { x: 190, y: 10, width: 5, height: 5 }).map((one) => one.id), ["low"]);
  });
  test("corners win over sides; small boxes have corners only", () => {
    assert.equal(handleAt(box, { x: 102, y: 98 }, 7, 1), "nw");
    assert.equal(handleAt(box, { x: 250, y: 101 }, 7, 1), "n");
    assert.equal(handleAt(box, { x: 200, y: 150 }, 7, 1), null);
    assert.deepEqual(offeredHandles(20, 20), ["nw", "ne", "se", "sw"]);
  });
  test("a side can be caught seven pixels off, and a small box still be carried", () => {
    const box = { x: 100, y: 100, width: 200, height: 30 };
    assert.deepEqual([-8, -7, 0, 7, 8].map((off) => handleAt(box, { x: 200, y: 100 + off }, 7, 1)), [null, "n", "n", "n", null]);
    assert.deepEqual([-8, -7, 0, 7, 8].map((off) => handleAt(box, { x: 300 + off, y: 115 }, 7, 1)), [null, "e", "e", "e", null]);
    assert.equal(handleAt(box, { x: 200, y: 115 }, 13, 1), null, "the middle of it, for a finger");
  });
});

describe("typed numbers", () => {
  const cases: ReadonlyArray<readonly [string, number | null]> = [
    ["320", 320], ["25%", 320], ["1280/3", 427], ["640+20", 660], ["+10", 110], ["-=5", 95], ["-5", -5], ["*2", 200], ["(100+20)*2", 240], ["50 px", 50], ["50%-10", 630],
    ["", null], ["abc", null], ["1/0", null], ["3 apples", null], ["1+", null], ["alert(1)", null],
  ];
  for (const [typed, value] of cases) test(JSON.stringify(typed), () => assert.equal(evaluate(typed, 100, 1280), value));
});

describe("arranging", () => {
  test("each edge", () => {
    assert.deepEqual([aligned(box, frame, "right").x, aligned(box, frame, "center").x, aligned(box, frame, "middle").y, aligned(box, frame, "bottom").y], [1080, 540, 310, 620]);
  });
  test("gaps are equal, odd pixels go last, the outer two stay", () => {
    const at = (x: number) => ({ x, y: 0, width: 10, height: 10 });
    assert.deepEqual(distributed([at(101), at(0), at(30), at(20)], "x").map((one) => one.x), [101, 0, 67, 33]);
  });
});

describe("tidying", () => {
  const places = (...at: [number, number][]): number[][] => tidied(at.map(([x, y]) => ({ x, y, width: 100, height: 80 }))).map((one) => [one.x, one.y]);
  test("a diagonal becomes a grid within the same bounds", () => {
    assert.deepEqual(places([0, 0], [200, 100], [400, 200], [600, 300]), [[0, 0], [600, 0], [0, 300], [600, 300]]);
    assert.deepEqual(places([0, 0], [60, 50], [120, 100], [180, 150]), [[0, 0], [180, 0], [0, 150], [180, 150]]);
  });
  test("a row stays a row, a column a column", () => {
    assert.deepEqual(places([0, 0], [150, 10], [500, 0]), [[0, 5], [250, 5], [500, 5]]);
    assert.deepEqual(places([0, 0], [10, 100], [0, 300]), [[5, 0], [5, 150], [5, 300]]);
  });
});

describe("lines of text", () => {
  const measure = (part: string): number => [...part].length * 10;
  test("words wrap, long ones break, Chinese breaks anywhere", () => {
    assert.deepEqual(linesIn("one two three", 80, 999, 12, measure), ["one two", "three"]);
    assert.deepEqual(linesIn("abcdefgh", 30, 999, 12, measure), ["abc", "def", "gh"]);
    assert.deepEqual(linesIn("正在直播", 20, 999, 12, measure), ["正在", "直播"]);
  });
  test("closing punctuation stays with its word", () => {
    assert.deepEqual(linesIn("正在直。播", 30, 999, 12, measure), ["正在", "直。播"]);
  });
  test("what does not fit ends in an ellipsis", () => {
    assert.deepEqual(linesIn("one two three four", 60, 24, 12, measure), ["one", "two…"]);
  });
});
