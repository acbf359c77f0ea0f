/** Answers that overtake one another, and answers that fail. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keptUp, mayPass } from "../../../static/src/live/single_flight.ts";

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

test("no second question while one is open; then one more, for all who asked meanwhile", async () => {
  const answers: ((came: boolean) => void)[] = [];
  const ask = keptUp(() => new Promise<boolean>((done) => answers.push(done)));
  let done = "";
  void ask().then(() => (done += "a"));
  for (const name of "bc") void ask().then(() => (done += name));
  await turn();
  assert.equal(answers.length, 1);
  answers[0]?.(true);
  await turn();
  assert.deepEqual([answers.length, done], [2, "a"], "who asked meanwhile waits for a question of their own");
  void ask().then(() => (done += "d"));
  answers[1]?.(true);
  await turn();
  answers[2]?.(true);
  await turn();
  assert.deepEqual([answers.length, done], [3, "abcd"]);
});

test("what nobody answered is asked again by itself, once", async () => {
  const said = [false, false, true];
  let asked = 0;
  const ask = keptUp(async () => said[asked++] ?? true, 5);
  await ask();
  await new Promise((done) => setTimeout(done, 60));
  assert.equal(asked, 3);
});

test("a question in between takes the place of the one to come", async () => {
  let asked = 0;
  const ask = keptUp(async () => (asked += 1) > 1, 20);
  await ask();
  await ask();
  await new Promise((done) => setTimeout(done, 50));
  assert.equal(asked, 2);
});

test("what is wrong is told to who asked, and the next question is asked all the same", async () => {
  let asked = 0;
  const ask = keptUp(async () => {
    asked += 1;
    await turn();
    if (asked === 1) throw new Error("no list");
    return true;
  });
  const [first, second] = [ask(), ask()];
  await assert.rejects(first, /no list/);
  await second;
  assert.equal(asked, 2);
});

test("what may pass", () => {
  assert.deepEqual([0, 429, 500, 503, 400, 401, 404, 412].map(mayPass), [true, true, true, true, false, false, false, false]);
});
