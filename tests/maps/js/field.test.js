"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { loaded, seeded } = require("./assets.js");

const lifecircle = loaded("walk/graph.js", "walk/field.js");
const LIMIT_M = 600;

/** A town of streets between near-by nodes, some of them gated, some shut. */
function town(random, nodes = 60) {
  const spots = Array.from({ length: nodes }, () => [Math.floor(random() * 800), Math.floor(random() * 800)]);
  const ends = new Set();
  for (let k = 0; k < 2.2 * nodes; k++) {
    const a = Math.floor(random() * nodes);
    const near = spots.map((_, b) => b).filter((b) => b !== a).sort((b, c) => far(spots[a], spots[b]) - far(spots[a], spots[c]));
    const b = near[Math.floor(random() * 4)];
    ends.add(Math.min(a, b) + " " + Math.max(a, b));
  }
  const edges = [...ends].map((pair) => pair.split(" ").map(Number));
  const exact = (values) => ({ whole: values, part: values.map(() => 0) });
  return new lifecircle.Streets({
    x: exact(spots.map((spot) => spot[0])),
    y: exact(spots.map((spot) => spot[1])),
    u: edges.map((pair) => pair[0]),
    v: edges.map((pair) => pair[1]),
    more: exact(edges.map(() => Math.floor(random() * 20))),
    ground: edges.map(() => 1),
    gated: edges.map(() => (random() < 0.3 ? 1 : 0)),
    shut: edges.map(() => (random() < 0.1 ? 1 : 0)),
    name: edges.map(() => -1),
    names: [],
  });
}

const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

function someDoors(random, streets, count) {
  return Array.from({ length: count }, () => {
    const edge = Math.floor(random() * streets.count);
    return { edge, along: [0, streets.length[edge] / 2, streets.length[edge]][Math.floor(random() * 3)], leg: Math.floor(random() * 40) };
  });
}

/** From every row by trying all rows again and again until nothing shortens: slow, and plainly right. */
function slowly(streets, doors) {
  const { nodes, inners, inner } = streets, metres = new Float64Array(streets.rows).fill(Infinity), arcs = [];
  for (let e = 0; e < streets.count; e++) {
    const u = streets.u[e], v = streets.v[e], barred = streets.shut[e] || streets.stubU[e] || streets.stubV[e];
    if (barred) continue;
    if (!streets.gated[e] || streets.passable[e]) arcs.push([u, v, streets.length[e]]);
    if (!streets.gated[e]) continue;
    for (const layer of [nodes, nodes + inners]) arcs.push([layer + inner[u], layer + inner[v], streets.length[e]]);
  }
  const oneWay = streets.innerNode.length ? Array.from(streets.innerNode, (node, k) => [[nodes + k, node], [node, nodes + inners + k]]).flat() : [];
  for (const door of doors) {
    const u = streets.rowOut(door.edge, streets.u[door.edge]), v = streets.rowOut(door.edge, streets.v[door.edge]);
    metres[u] = Math.min(metres[u], door.leg + streets.toU(door.edge, door.along));
    metres[v] = Math.min(metres[v], door.leg + streets.toV(door.edge, door.along));
  }
  for (let changed = true; changed; ) {
    changed = false;
    const shorten = (row, value) => {
      if (value >= metres[row]) return;
      metres[row] = value;
      changed = true;
    };
    for (const [a, b, length] of arcs) {
      shorten(a, metres[b] + length);
      shorten(b, metres[a] + length);
    }
    for (const [a, b] of oneWay) shorten(b, metres[a]);
  }
  return metres.map((value) => (value <= LIMIT_M ? value : Infinity));
}

test("whatever is opened and shut, every walk is the shortest; and all can be undone", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed), streets = town(random);
    const field = new lifecircle.Field(streets, someDoors(random, streets, 3), LIMIT_M);
    const begun = field.metres.slice(), all = () => field.doors.filter((_, k) => field.isOpen[k]);
    const undo = [];
    for (let step = 0; step < 12; step++) {
      const turn = random(), e = Math.floor(random() * streets.count);
      if (turn < 0.35) field.add(someDoors(random, streets, 2));
      else if (turn < 0.6) field.shut([Math.floor(random() * field.doors.length)]);
      else {
        const array = turn < 0.8 ? streets.shut : streets.passable, was = array[e];
        array[e] = 1;
        streets.weighEdge(e);
        undo.push(() => {
          array[e] = was;
          streets.weighEdge(e);
        });
        field.changed(turn < 0.8 ? [e] : [], turn < 0.8 ? [] : [e]);
      }
      assert.deepEqual([...field.metres], [...slowly(streets, all())], `seed ${seed}, step ${step}`);
    }
    undo.reverse().forEach((one) => one());
    field.back(0);
    assert.deepEqual([...field.metres], [...begun], `seed ${seed}, undone`);
    assert.deepEqual([...begun], [...slowly(streets, all())], `seed ${seed}, doors undone`);
  }
});

test("a walk follows rows that each lie nearer to the door", () => {
  const random = seeded(99), streets = town(random);
  const field = new lifecircle.Field(streets, someDoors(random, streets, 4), LIMIT_M);
  for (let row = 0; row < streets.rows; row++) {
    if (field.metres[row] === Infinity) continue;
    const rows = field.rowsFrom(row);
    for (let k = 1; k < rows.length; k++) assert.ok(field.metres[rows[k]] <= field.metres[rows[k - 1]]);
    const door = field.doors[field.door[rows[rows.length - 1]]];
    assert.ok([streets.u[door.edge], streets.v[door.edge]].includes(streets.nodeOf(rows[rows.length - 1])));
  }
});
