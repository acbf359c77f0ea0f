/** Who else is here, from what is heard of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Company, SILENT_AFTER } from "../../../static/src/editor/sync/presence.ts";

const here = (connection: string, id: string, name: string, editing = true): { kind: string; [field: string]: unknown } => ({ kind: "presence.here", layout_id: "L", connection, person: { id, name }, editing });

test("each person once, however many windows; editing in one of them counts", () => {
  const company = new Company("L");
  assert.equal(company.hear(here("c1", "1", "Ada", false), 0)?.name, "Ada");
  assert.equal(company.hear(here("c2", "1", "Ada"), 0), null);
  company.hear(here("c3", "2", "Bo", false), 0);
  assert.deepEqual(company.people(0), [{ id: "1", name: "Ada", editing: true }, { id: "2", name: "Bo", editing: false }]);
  company.hear({ kind: "presence.left", layout_id: "L", connection: "c2" }, 0);
  assert.deepEqual(company.people(0)[0], { id: "1", name: "Ada", editing: false });
});

test("who is silent has gone, and who says it again stays", () => {
  const company = new Company("L");
  company.hear(here("c1", "1", "Ada"), 0);
  company.hear(here("c2", "2", "Bo"), 0);
  company.hear(here("c1", "1", "Ada"), SILENT_AFTER - 1);
  assert.deepEqual(company.people(SILENT_AFTER + 1).map(({ name }) => name), ["Ada"]);
});

test("another layout, and what is no such message, change nothing", () => {
  const company = new Company("L");
  company.hear({ ...here("c1", "1", "Ada"), layout_id: "M" }, 0);
  company.hear({ kind: "presence.here", layout_id: "L", connection: 5 }, 0);
  company.hear({ kind: "presence.here", layout_id: "L", connection: "c", person: null }, 0);
  company.hear({ kind: "task.changed" }, 0);
  assert.deepEqual(company.people(0), []);
});
