"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { loaded, seeded } = require("./assets.js");

const lifecircle = loaded("whatif/history.js", "whatif/shapes.js", "whatif/csv.js", "whatif/streets.js", "whatif/classes.js", "whatif/trial.js");
const { shapes, History } = lifecircle;
const plain = (value) => JSON.parse(JSON.stringify(value));

/** A flat ground of 100,000 m a degree. */
const ground = { toMetres: (lon, lat) => [lon * 1e5, lat * 1e5], toDegrees: (x, y) => [x / 1e5, y / 1e5] };
const near = (one, other, slack = 1e-9) => assert.ok(Math.abs(one - other) <= slack, `${one} is not ${other}`);

test("what is undone can be done again, until something else is done", () => {
  const history = new History("none");
  for (const state of ["a", "b", "c"]) history.push(state);
  assert.equal(history.undo() && history.undo() && history.now, "a");
  assert.equal(history.redo() && history.now, "b");
  history.push("d");
  assert.equal(history.redo(), false);
  assert.deepEqual([history.undo(), history.now, history.undo(), history.now], [true, "b", true, "a"]);
  assert.deepEqual([history.undo(), history.now, history.undo()], [true, "none", false]);
});

test("to start again is a step that can be undone", () => {
  const history = new History("none");
  assert.equal(history.reset(), false);
  history.push("a");
  assert.equal(history.reset() && history.now, "none");
  assert.equal(history.undo() && history.now, "a");
});

test("squares and circles have the size that is asked for", () => {
  for (const form of ["square", "circle"]) {
    for (const area of [400, 10000, 123456]) {
      const made = shapes.regular(ground, form, [1.5, 2.5], area);
      near(shapes.area_m2(ground, made), area, 1e-3);
      shapes.middle(made).forEach((one, axis) => near(one, [1.5, 2.5][axis]));
      assert.deepEqual(made.coordinates[0][0], made.coordinates[0].at(-1));
    }
  }
});

test("a shape is shifted by metres, and bent at one corner", () => {
  const square = shapes.regular(ground, "square", [0, 0], 10000);
  const shifted = shapes.shifted(ground, square, [0.1, 0.1], [0.3, 0]);
  shapes.middle(shifted).forEach((one, axis) => near(one, [0.2, -0.1][axis]));
  near(shapes.area_m2(ground, shifted), 10000, 1e-3);
  const bent = shapes.bent(square, 2, [-0.01, -0.01]);
  assert.deepEqual(plain(shapes.corners(bent)[2]), [-0.01, -0.01]);
  assert.equal(shapes.corners(bent).length, 4);
  assert.deepEqual(plain(shapes.shifted(ground, shapes.point([1, 2]), [0, 0], [1, 1]).coordinates), [2, 3]);
});

test("lines that a GIS keeps as several have a middle and can be moved", () => {
  const lines = { type: "MultiLineString", coordinates: [[[0, 0], [1, 0], [2, 0]], [[5, 5], [6, 5]]] };
  assert.deepEqual(plain(shapes.middle(lines)), [1, 0]);
  assert.equal(shapes.places(lines).length, 5);
  assert.equal(shapes.lines(lines).length, 2);
  assert.deepEqual(plain(shapes.shifted(ground, lines, [0, 0], [1, 1]).coordinates[1]), [[6, 6], [7, 6]]);
});

test("corners can be taken hold of only where there is room beside the middle", () => {
  const square = shapes.regular(ground, "square", [0, 0], 10000);
  const scaled = (scale) => ([lon, lat]) => [lon * scale, lat * scale];
  assert.equal(lifecircle.gripped(square, scaled(1e5)).length, 4);
  assert.equal(lifecircle.gripped(square, scaled(1e4)).length, 0);
});

test("an outline that crosses itself is known by that", () => {
  assert.equal(shapes.crosses([[0, 0], [1, 0], [1, 1], [0, 1]]), false);
  assert.equal(shapes.crosses([[0, 0], [1, 1], [1, 0], [0, 1]]), true);
  assert.equal(shapes.crosses([[0, 0], [2, 0], [1, 1]]), false);
  assert.equal(shapes.crosses([]), false);
});

test("rings are put together with their holes, in whatever order they come", () => {
  const ring = (x, y, half) => [[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half], [x - half, y - half]];
  const [big, hole, apart] = [ring(0, 0, 5), ring(1, 1, 1), ring(20, 0, 2)];
  assert.deepEqual(plain(shapes.ofRings([hole, big])), { type: "Polygon", coordinates: [big, hole] });
  assert.deepEqual(plain(shapes.ofRings([apart, hole, big])), { type: "MultiPolygon", coordinates: [[apart], [big, hole]] });
  const made = shapes.ofRings([hole, big]);
  assert.deepEqual([shapes.holds(made, [-3, 0]), shapes.holds(made, [1, 1]), shapes.holds(made, [9, 9])], [true, false, false]);
});

test("no cell of a table acts as a formula, and none breaks out of its cell", () => {
  const random = seeded(7), letters = "=+-@|%\t\r\n\",'; aé中1";
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: 6 }, () => letters[Math.floor(random() * letters.length)]).join("");
    const [cell] = lifecircle.csv([[text]]).slice(1).match(/^("(?:[^"]|"")*"|[^,\r\n"]*)/);
    const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    assert.ok(!/^\s*[=+\-@|%\t\r]/.test(read), JSON.stringify([text, cell]));
    assert.ok(read === text || read === "'" + text);
  }
  assert.equal(lifecircle.csv([["a", 1.5, null], ["b,c", -2, NaN]]), '\ufeffa,1.5,\r\n"b,c",-2,\r\n');
});

test("a stretch of street runs from junction to junction", () => {
  // 0 - 1 - 2 - 3 in a row; 4 and 5 make a junction of 3; the edge 1 - 2 is number 1.
  const streets = town([[0, 1], [1, 2], [2, 3], [3, 4], [3, 5]], 6);
  assert.deepEqual(plain(lifecircle.stretch(streets, 1, () => true)), [0, 1, 2, 3]);
  assert.deepEqual(plain(lifecircle.stretch(streets, 3, () => true)), [3, 4]);
  assert.deepEqual(plain(lifecircle.stretch(streets, 1, (e) => e !== 0)), [1, 2, 3]);
  const ring = town([[0, 1], [1, 2], [2, 0]], 3);
  assert.equal(new Set(lifecircle.stretch(ring, 0, () => true)).size, 3); // a ring comes to an end
});

function town(edges, nodes) {
  const at = Array.from({ length: nodes }, (_, node) => edges.flatMap((ends, e) => (ends.includes(node) ? [e] : [])));
  const first = [0];
  for (const one of at) first.push(first.at(-1) + one.length);
  return { u: edges.map(([u]) => u), v: edges.map(([, v]) => v), first, edgeAt: at.flat() };
}

/** A plan of one service, in which the changes named "bad" have no effect; it remembers what it was asked. */
class FakePlan {
  constructor() {
    this.standards = [{ id: "park", services: [0] }, { id: "circle", services: [0, 1] }];
    this.services = [{ reach_m: 500 }, { reach_m: 300 }];
    this.streets = { count: 600000 };
    this.homes = { count: 4 };
    Object.assign(this, { laid: [], reaches: {}, asked: [] });
  }
  lay(changes) {
    this.laid = [...changes];
    return changes.map((one) => (one.name === "bad" ? { key: "whatif_refused_place", values: {} } : null));
  }
  reach(service, metres) {
    this.reaches[service] = metres;
  }
  result(number) {
    this.asked.push(number);
    return { count: this.laid.length };
  }
  state() {
    return Uint8Array.of(0, 1, 2, 3);
  }
}

test("what one drags is laid last, and kept in its place", () => {
  const plan = new FakePlan(), trial = new lifecircle.Trial(plan, "park"), names = () => plan.laid.map((one) => one.name);
  for (const name of ["a", "b", "c"]) trial.add({ do: "add_gate", name });
  trial.attempt(0, { do: "add_gate", name: "a2" });
  assert.deepEqual(names(), ["b", "c", "a2"]);
  trial.letGo();
  assert.deepEqual(names(), ["a", "b", "c"]);
  trial.attempt(0, { do: "add_gate", name: "a3" });
  assert.equal(trial.keep(), null);
  assert.deepEqual(names(), ["a3", "b", "c"]);
  trial.undo();
  assert.deepEqual(names(), ["a", "b", "c"]);
});

test("a new change without effect is not kept; one moved to where it has none is, and says so", () => {
  const trial = new lifecircle.Trial(new FakePlan(), "park");
  assert.equal(trial.add({ name: "bad" }).key, "whatif_refused_place");
  assert.equal(trial.changes.length, 0);
  trial.add({ name: "good" });
  trial.attempt(0, { name: "bad" });
  assert.equal(trial.keep().key, "whatif_refused_place");
  assert.equal(trial.refusals.get(0).key, "whatif_refused_place");
  assert.equal(trial.changes.length, 1);
});

test("reaches are moved, undone and given back", () => {
  const plan = new FakePlan(), trial = new lifecircle.Trial(plan, "park");
  trial.tryReach(0, 800);
  assert.deepEqual([trial.reach_m(0), trial.history.past.length], [800, 0]);
  trial.setReach(0, 900);
  assert.equal(plan.reaches[0], 900);
  trial.setReach(0, null);
  assert.equal(plan.reaches[0], null);
  trial.undo();
  assert.equal(trial.reach_m(0), 900);
  trial.undo();
  assert.equal(trial.reach_m(0), 500);
});

test("a standard of many services in a large city sleeps until it is asked for", () => {
  const plan = new FakePlan(), trial = new lifecircle.Trial(plan, "park");
  assert.deepEqual([plan.asked.includes(1), trial.result("circle")], [false, undefined]);
  trial.ask("circle");
  assert.ok(trial.result("circle"));
  trial.add({ name: "a" });
  assert.equal(trial.result("circle").count, 1);
});

test("homes are told apart by what becomes of them", () => {
  const classes = new lifecircle.HomeClasses(new FakePlan());
  assert.deepEqual(plain(Array.from(classes.now(0))), [1, 4, 3, 0]); // unserved, lost, gained, served
  classes.onScreen = Uint8Array.of(1, 0, 3, 0);
  assert.deepEqual(plain(classes.changed(0)), [[], [], [], [], [1]]);
});
