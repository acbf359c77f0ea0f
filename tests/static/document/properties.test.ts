/** What holds for any document and any choice in it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { addGuide, groupCopies, groupObjects, moveGuide, regroupObjects, renameGroup, toggleRatio, ungroupObjects } from "../../../static/src/editor/commands/editor_state.ts";
import { alignObjects, centerOnCanvas, distributeObjects, fillPart, fitCanvas, sameSize, tidyObjects } from "../../../static/src/editor/commands/arrange.ts";
import { fitObjectsInto, growObjects, moveObjects, placeObjects } from "../../../static/src/editor/commands/boxes.ts";
import { changeCanvas, resizeCanvas } from "../../../static/src/editor/commands/canvas.ts";
import { cropObject, uncropObjects } from "../../../static/src/editor/commands/crop.ts";
import { fixAll } from "../../../static/src/editor/commands/fix.ts";
import { lookOf, pasteLook, pastePlace } from "../../../static/src/editor/commands/look.ts";
import { setNumber } from "../../../static/src/editor/commands/numbers.ts";
import { addObject, deleteObjects, newRegion, newText, pasteObjects } from "../../../static/src/editor/commands/objects.ts";
import { bringForward, bringToFront, orderAt, orderBeside, sendBackward, sendToBack } from "../../../static/src/editor/commands/order.ts";
import { applyOwnPreset, applyPreset, arranged, PRESETS } from "../../../static/src/editor/commands/presets.ts";
import { changeObjects, changeSource, toggleAll } from "../../../static/src/editor/commands/properties.ts";
import { membersOf, NO_AIDS, type Aids } from "../../../static/src/editor/document/editor_state.ts";
import type { Box, LayoutDocument } from "../../../static/src/editor/document/types.ts";
import { faults } from "../../../static/src/editor/document/validate.ts";
import { Editor } from "../../../static/src/editor/state/editor.ts";
import { distributed, tidied } from "../../../static/src/editor/geometry/arrange.ts";
import { croppedNow, panned, partShown, recropped } from "../../../static/src/editor/geometry/crop.ts";
import { HANDLES } from "../../../static/src/editor/geometry/resize.ts";
import { snapEdges, snapMove, snapPoint } from "../../../static/src/editor/geometry/snap.ts";
import { pinched, showing, toCanvas, toScreen, zoomedAt } from "../../../static/src/editor/geometry/view.ts";
import { forSeeds, type Random } from "../random.ts";

type Command = (document: LayoutDocument, random: Random) => LayoutDocument;

const some = (run: (document: LayoutDocument, ids: Set<string>, random: Random) => LayoutDocument): Command => (document, random) => run(document, random.ids(document), random);
/** By the command's own name; a command that is missing fails a test below. */
const COMMANDS: Readonly<Record<string, Command>> = {
  placeObjects: some((document, ids, random) => placeObjects(document, new Map([...ids].map((id) => [id, random.box()])))),
  moveObjects: some((document, ids, random) => moveObjects(document, ids, random.int(-300, 300), random.int(-300, 300))),
  growObjects: some((document, ids, random) => growObjects(document, ids, random.int(-50, 50), random.int(-50, 50))),
  setNumber: some((document, ids, random) => setNumber(document, ids, random.pick(["x", "y", "width", "height"] as const), () => random.int(-4000, 4000), { reference: { x: random.pick([0, 0.5, 1]), y: random.pick([0, 0.5, 1]) }, keepsRatio: () => random.chance(0.5) })),
  fitObjectsInto: some((document, ids, random) => fitObjectsInto(document, ids, random.box())),
  alignObjects: some((document, ids, random) => alignObjects(document, ids, random.pick(["left", "center", "right", "top", "middle", "bottom"] as const), random.chance(0.3) ? random.pick(document.objects).id : null)),
  distributeObjects: some((document, ids, random) => distributeObjects(document, ids, random.pick(["x", "y"] as const))),
  tidyObjects: some((document, ids) => tidyObjects(document, ids)),
  sameSize: some((document, ids, random) => sameSize(document, ids, random.pick(["width", "height"] as const))),
  fillPart: some((document, ids) => fillPart(document, ids, [0.5, 0, 0.5, 1])),
  fitCanvas: some((document, ids) => fitCanvas(document, ids)),
  centerOnCanvas: some((document, ids) => centerOnCanvas(document, ids)),
  bringForward: some((document, ids) => bringForward(document, ids)),
  sendBackward: some((document, ids) => sendBackward(document, ids)),
  bringToFront: some((document, ids) => bringToFront(document, ids)),
  sendToBack: some((document, ids) => sendToBack(document, ids)),
  orderAt: some((document, ids, random) => orderAt(document, ids, random.int(1, document.objects.length))),
  orderBeside: some((document, ids, random) => orderBeside(document, ids, random.ids(document), random.pick(["front", "behind"] as const))),
  toggleAll: some((document, ids, random) => toggleAll(document, ids, random.pick(["hidden", "locked"] as const))),
  changeObjects: some((document, ids, random) => changeObjects(document, ids, random.pick([{ opacity: random.int(0, 10) / 10 }, { name: "Renamed" }, { hidden: true }]))),
  changeSource: some((document, ids, random) => changeSource(document, ids, { slot: random.pick(["host", "guest-1", "screen"]), stream: random.pick(["camera", "screen"] as const) })),
  addObject: (document, random) => addObject(document, random.chance(0.5) ? newRegion(document, random.box()) : newText(document, random.box(), "Hello 直播")).document,
  pasteObjects: some((document, ids) => pasteObjects(document, document.objects.filter((object) => ids.has(object.id)), { x: 10, y: 10 }).document),
  deleteObjects: some((document, ids) => (document.objects.length > 3 ? deleteObjects(document, ids) : document)),
  applyOwnPreset: (document, random) => applyOwnPreset(document, { [random.pick(["wide", "tall", "square"] as const)]: Array.from({ length: random.int(1, 9) }, () => ({ x: random.next(), y: random.next(), width: random.next() + 0.01, height: random.next() + 0.01 })) }),
  arranged: (document, random) => arranged(document, Array.from({ length: random.int(1, 5) }, () => ({ ...random.box(), screen: random.chance(0.3) }))),
  applyPreset: (document, random) => applyPreset(document, random.pick(PRESETS)),
  resizeCanvas: (document, random) => resizeCanvas(document, random.int(120, 2000), random.int(120, 2000)),
  changeCanvas: (document, random) => changeCanvas(document, random.chance(0.5) ? { color: "#ABCDEF" } : { image: { url: "https://example.com/a.png", fit: "cover" } }),
  pasteLook: some((document, ids, random) => pasteLook(document, ids, lookOf(random.pick(document.objects)))),
  pastePlace: some((document, ids, random) => pastePlace(document, ids, random.box())),
  uncropObjects: some((document, ids) => uncropObjects(document, ids)),
  cropObject: (document, random) => {
    const object = random.pick(document.objects);
    if (object.kind === "text") return document;
    const crop = croppedNow(object, object.fit, object.source_crop, { width: 960, height: 540 });
    const by = { x: random.int(-200, 200), y: random.int(-200, 200) };
    return cropObject(document, object.id, random.chance(0.5) ? panned(crop, by) : recropped(crop, random.pick(HANDLES), by, { x: 0, y: 0, ...document.canvas }));
  },
  fixAll: (document, random) => {
    // As a product would draw it: larger, even, inside.
    const drawn = { ...document, objects: document.objects.map((object) => ({ ...object, width: Math.max(120, object.width), height: Math.max(120, object.height) })) };
    const codes = ["region_too_small", "snapped", "clamped", "opacity_ignored", "region_square", "picture_whole", "fit_common", "canvas_opaque"];
    return fixAll([{ level: "changed", code: random.pick(codes), object_id: random.pick(document.objects).id }], document, drawn);
  },
};

/** What changes groups, guides and switches, and no picture. */
const AIDS: Readonly<Record<string, (aids: Aids, document: LayoutDocument, random: Random) => Aids>> = {
  groupObjects: (aids, document, random) => groupObjects(document, aids, random.ids(document), null),
  ungroupObjects: (aids, document, random) => ungroupObjects(aids, random.ids(document), null),
  groupCopies: (aids, document, random) => groupCopies(aids, new Map([[random.pick(document.objects).id, "copy"]]), aids.groups),
  regroupObjects: (aids, document, random) => {
    const one = random.pick(document.objects).id;
    const path = aids.groups[random.pick(document.objects).id] ?? [];
    const group = random.chance(0.5) ? (aids.groups[one]?.[0] ?? null) : null;
    return regroupObjects(aids, new Set(group === null ? [one] : membersOf(document, aids, group)), path, group);
  },
  renameGroup: (aids, document, random) => renameGroup(aids, aids.groups[random.pick(document.objects).id]?.[0] ?? "g1", random.pick(["Hosts", "主持人", ""])),
  addGuide: (aids, _document, random) => addGuide(aids, { axis: random.pick(["x", "y"] as const), at: random.int(0, 700) }),
  moveGuide: (aids, _document, random) => (aids.guides.length === 0 ? aids : moveGuide(aids, random.int(0, aids.guides.length - 1), random.chance(0.3) ? null : random.int(0, 700))),
  toggleRatio: (aids, document, random) => toggleRatio(aids, [random.pick(document.objects)]),
};

describe("the tables", () => {
  const folder = join(import.meta.dirname, "../../../static/src/editor/commands");
  const named = (type: RegExp): string[] =>
    readdirSync(folder).flatMap((file) => [...readFileSync(join(folder, file), "utf8").matchAll(/^export function (\w+)\(.*\): (\w+) \{$/gm)].flatMap(([, name = "", answer = ""]) => (type.test(answer) ? [name] : [])));
  test("hold every command that answers a document", () => assert.deepEqual(Object.keys(COMMANDS).toSorted(), named(/^(LayoutDocument|Outcome|Pasted)$/).toSorted()));
  test("hold every command that answers aids", () => assert.deepEqual(Object.keys(AIDS).toSorted(), named(/^Aids$/).toSorted()));
});

describe("commands", () => {
  for (const [name, command] of Object.entries(COMMANDS)) {
    test(`${name}: undo restores the document byte by byte, redo the outcome`, () => {
      forSeeds(60, (random) => {
        const document = random.document();
        const editor = new Editor(document, "Test", false);
        const before = JSON.stringify(document);
        editor.apply(name, command(document, random));
        const after = JSON.stringify(editor.document);
        assert.equal(JSON.stringify(document), before, "the command changed the document it was given");
        if (after === before) assert.equal(editor.history.undoName, null);
        editor.undo();
        assert.equal(JSON.stringify(editor.document), before);
        editor.redo();
        assert.equal(JSON.stringify(editor.document), after);
      });
    });
    test(`${name}: a sound document stays sound`, () => {
      forSeeds(60, (random) => assert.deepEqual(faults(command(random.document(), random)), []));
    });
    test(`${name}: locked objects keep their place and looks, and stand in order among themselves`, () => {
      if (name === "resizeCanvas") return; // they scale with the canvas: what is locked is their place in the picture
      forSeeds(40, (random) => {
        const document = random.document();
        const locked = new Set(document.objects.flatMap((object) => (object.locked ? [object.id] : [])));
        // how they are called, whether they are seen and held is still to be chosen
        const kept = ({ objects }: LayoutDocument): object[] => objects.filter(({ id }) => locked.has(id)).map(({ name: _name, hidden: _hidden, locked: _locked, ...rest }) => rest);
        assert.deepEqual(kept(command(document, random)), kept(document));
      });
    });
  }

  for (const [name, command] of Object.entries(AIDS)) {
    test(`${name}: undo restores the aids byte by byte, redo the outcome`, () => {
      forSeeds(60, (random) => {
        const document = random.document();
        const editor = new Editor(document, "Test", false);
        for (let step = 0; step < 4; step += 1) editor.apply("Before", document, { aids: random.pick(Object.values(AIDS))(editor.aids, document, random) });
        const before = JSON.stringify(editor.aids);
        const steps = editor.history.undoName;
        editor.apply(name, document, { aids: command(editor.aids, document, random) });
        const after = JSON.stringify(editor.aids);
        assert.equal(editor.document, document, "the picture changed");
        if (after === before) {
          assert.equal(editor.history.undoName, steps);
          return;
        }
        editor.undo();
        assert.equal(JSON.stringify(editor.aids), before);
        editor.redo();
        assert.equal(JSON.stringify(editor.aids), after);
      });
    });
  }

  test("any sequence undone altogether is the start, redone the end", () => {
    forSeeds(40, (random) => {
      const document = random.document();
      const editor = new Editor(document, "Test", false);
      const start = JSON.stringify(document);
      for (let step = 0; step < 60; step += 1) {
        if (editor.document.objects.length === 0) break;
        if (random.chance(0.2)) editor.apply("Aids", editor.document, { aids: random.pick(Object.values(AIDS))(editor.aids, editor.document, random) });
        else {
          const [name, command] = random.pick(Object.entries(COMMANDS));
          editor.apply(name, command(editor.document, random));
        }
      }
      const end = JSON.stringify([editor.document, editor.aids]);
      while (editor.history.undoName !== null) editor.undo();
      assert.equal(JSON.stringify(editor.document), start);
      assert.deepEqual(editor.aids, NO_AIDS);
      while (editor.history.redoName !== null) editor.redo();
      assert.equal(JSON.stringify([editor.document, editor.aids]), end);
    });
  });

  test("a thousand steps share what did not change", () => {
    forSeeds(1, (random) => {
      const objects = Array.from({ length: 100 }, (_, index) => random.object(`o${index}`));
      const editor = new Editor({ ...random.document(), objects }, "Test", false);
      const first = editor.document.objects;
      for (let step = 0; step < 1000; step += 1) editor.apply("Move", changeObjects(editor.document, new Set(["o7"]), { opacity: step / 1000 }));
      assert.ok(editor.document.objects.every((object, place) => object.id === "o7" || object === first[place]));
      for (let step = 0; step < 1000; step += 1) editor.undo();
      assert.equal(editor.document.objects[7], first[7]);
    });
  });
});

describe("arranging", () => {
  test("distributing keeps order, sizes and ends, and gaps differ by at most one, the larger last", () => {
    forSeeds(300, (random) => {
      const boxes = Array.from({ length: random.int(3, 9) }, () => random.box());
      const axis = random.pick(["x", "y"] as const);
      const size = axis === "x" ? "width" : "height";
      const after = distributed(boxes, axis);
      const order = boxes.map((_, index) => index).toSorted((a, b) => (boxes[a] as Box)[axis] - (boxes[b] as Box)[axis]);
      const [inOrder, before] = [order.map((index) => after[index] as Box), order.map((index) => boxes[index] as Box)];
      assert.deepEqual(after.map((box) => [box.width, box.height]), boxes.map((box) => [box.width, box.height]));
      assert.equal(inOrder[0]?.[axis], before[0]?.[axis]);
      assert.equal(inOrder.at(-1)?.[axis], before.at(-1)?.[axis]);
      const gaps = inOrder.slice(1).map((box, place) => box[axis] - (inOrder[place] as Box)[axis] - (inOrder[place] as Box)[size]);
      assert.ok(Math.max(...gaps) - Math.min(...gaps) <= 1, gaps.join());
      assert.deepEqual(gaps, gaps.toSorted((a, b) => a - b));
      // Overlapping boxes can change places, and then it is another row.
      if (Math.min(...gaps) >= 0) assert.deepEqual(distributed(after, axis), after);
    });
  });
  test("aligned objects share the edge; doing it again changes nothing", () => {
    forSeeds(200, (random) => {
      const document = changeObjects(random.document(), new Set(Array.from({ length: 12 }, (_, index) => `o${index}`)), { locked: false });
      const ids = random.ids(document);
      const after = alignObjects(document, ids, "right");
      const edges = after.objects.filter((object) => ids.has(object.id)).map((object) => object.x + object.width);
      assert.equal(new Set(edges).size, 1);
      assert.deepEqual(alignObjects(after, ids, "right"), after);
    });
  });
  test("tidied boxes keep their sizes and do not overlap more than before in a grid", () => {
    forSeeds(100, (random) => {
      const [columns, rows] = [random.int(2, 4), random.int(2, 4)];
      const boxes = Array.from({ length: columns * rows }, (_, index) => ({ x: (index % columns) * 200 + random.int(0, 30), y: Math.floor(index / columns) * 150 + random.int(0, 20), width: 150, height: 100 }));
      const after = tidied(boxes);
      assert.deepEqual(after.map((box) => [box.width, box.height]), boxes.map((box) => [box.width, box.height]));
      assert.equal(new Set(after.map((box) => box.x)).size, columns);
      assert.equal(new Set(after.map((box) => box.y)).size, rows);
      assert.deepEqual(tidied(after), after);
    });
  });
  test("grouping and ungrouping are each other's opposite", () => {
    forSeeds(100, (random) => {
      const document = random.document();
      const ids = random.ids(document);
      const inner = groupObjects(document, NO_AIDS, new Set([...ids].slice(0, 2)), null);
      assert.deepEqual(ungroupObjects(groupObjects(document, inner, ids, null), ids, null), ids.size < 2 ? ungroupObjects(inner, ids, null) : inner);
    });
  });
});

describe("snapping", () => {
  const canvas: Box = { x: 0, y: 0, width: 1280, height: 720 };
  test("what has snapped stays where it is", () => {
    forSeeds(2000, (random) => {
      const targets = { canvas, others: Array.from({ length: random.int(0, 8) }, () => random.box()), guides: random.chance(0.3) ? [{ axis: "x" as const, at: random.int(0, 1280) }] : [], grid: random.chance(0.3) ? 20 : null };
      const box = random.box();
      const { dx, dy } = snapMove(box, targets, 8);
      const again = snapMove({ ...box, x: box.x + dx, y: box.y + dy }, targets, 8);
      assert.deepEqual([again.dx, again.dy], [0, 0]);
    });
  });
  test("an edge that has snapped stays, and the other edges never moved", () => {
    forSeeds(1000, (random) => {
      const targets = { canvas, others: Array.from({ length: random.int(0, 8) }, () => random.box()) };
      const box = random.box();
      const { dx, dy } = snapEdges(box, { x: "high", y: "low" }, targets, 8);
      const to = { x: box.x, y: box.y + dy, width: box.width + dx, height: box.height - dy };
      const again = snapEdges(to, { x: "high", y: "low" }, targets, 8);
      assert.deepEqual([again.dx, again.dy], [0, 0]);
      assert.ok(Math.abs(dx) <= 8 && Math.abs(dy) <= 8 && to.width >= 1 && to.height >= 1);
    });
  });
  test("a point that has snapped stays", () => {
    forSeeds(500, (random) => {
      const targets = { canvas, others: [random.box(), random.box()], grid: random.chance(0.5) ? 20 : null };
      const point = { x: random.int(0, 1280), y: random.int(0, 720) };
      const { dx, dy } = snapPoint(point, targets, 8);
      const again = snapPoint({ x: point.x + dx, y: point.y + dy }, targets, 8);
      assert.deepEqual([again.dx, again.dy], [0, 0]);
    });
  });
});

describe("cropping", () => {
  test("entering a crop shows what was seen, and panning never leaves the picture", () => {
    forSeeds(300, (random) => {
      const box = random.box();
      const fit = random.pick(["cover", "contain", "stretch"] as const);
      const begin = croppedNow(box, fit, random.chance(0.5) ? { x: 0.2, y: 0.1, width: 0.5, height: 0.6 } : null, { width: 960, height: 540 });
      const crop = panned(begin, { x: random.int(-900, 900), y: random.int(-900, 900) });
      const part = partShown(crop) ?? { x: 0, y: 0, width: 1, height: 1 };
      assert.ok(part.x >= 0 && part.y >= 0 && part.x + part.width <= 1 + 1e-9 && part.y + part.height <= 1 + 1e-9, JSON.stringify(part));
      assert.deepEqual(crop.window, begin.window);
    });
  });
  test("carrying an edge leaves the picture where it lies", () => {
    forSeeds(300, (random) => {
      const begin = croppedNow({ x: 200, y: 100, width: 640, height: 360 }, "cover", null, { width: 960, height: 540 });
      const after = recropped(begin, random.pick(HANDLES), { x: random.int(-500, 500), y: random.int(-500, 500) }, canvasFrame);
      assert.deepEqual(after.picture, begin.picture);
      assert.ok(after.window.x >= 200 && after.window.y >= 100 && after.window.x + after.window.width <= 840 && after.window.y + after.window.height <= 460);
    });
  });
});

const canvasFrame: Box = { x: 0, y: 0, width: 1280, height: 720 };

describe("the view", () => {
  test("zooming keeps what lies under the pointer, there and back", () => {
    forSeeds(200, (random) => {
      const view = { zoom: 0.2 + random.next() * 3, x: random.int(-500, 500), y: random.int(-500, 500) };
      const at = { x: random.int(0, 900), y: random.int(0, 600) };
      const before = toCanvas(view, at);
      const after = toCanvas(zoomedAt(view, view.zoom * (0.5 + random.next()), at), at);
      assert.ok(Math.hypot(before.x - after.x, before.y - after.y) < 1e-6);
      const round = toScreen(view, toCanvas(view, at));
      assert.ok(Math.hypot(round.x - at.x, round.y - at.y) < 1e-6);
    });
  });
  test("two fingers keep what they hold", () => {
    const view = { zoom: 1, x: 0, y: 0 };
    const after = pinched(view, [{ x: 100, y: 100 }, { x: 200, y: 100 }], [{ x: 100, y: 150 }, { x: 300, y: 150 }]);
    assert.equal(after.zoom, 2);
    assert.deepEqual(toScreen(after, { x: 150, y: 100 }), { x: 200, y: 150 });
  });
  test("a shown box lies in the middle, inside its margins", () => {
    const view = showing({ x: 100, y: 100, width: 200, height: 100 }, { width: 800, height: 600 }, 50);
    assert.equal(view.zoom, 3.5);
    assert.deepEqual(toScreen(view, { x: 200, y: 150 }), { x: 400, y: 300 });
  });
});
