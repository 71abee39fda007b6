"use strict";
const { test } = require("node:test");
const assert = require("node:assert/strict");
const { loaded } = require("./assets.js");

const { fold, match } = loaded("folding.js");

test("case, width and accents make no difference", () => {
  assert.equal(fold("ＡＢＣ　Élysée"), "abc elysee");
  assert.equal(fold("  Bus  STOP １２ "), "bus stop 12");
  assert.equal(fold("ﾊﾞｽ"), fold("バス"));
  assert.equal(fold("人民路（北段）"), "人民路(北段)");
});

test("names that begin with the question come first, short ones before long", () => {
  const names = ["小人民路", "人民路小学", "人民路", "东 人民路"].map(fold);
  assert.deepEqual([...match(names, "人民路", 9)], [2, 1, 3, 0]);
  assert.deepEqual([...match(names, "人民路", 2)], [2, 1]);
});

test("all words must be found, in any order", () => {
  const names = ["Avenue de la Costa", "Costa Plana", "Avenue Prince"].map(fold);
  assert.deepEqual([...match(names, "costa avenue", 9)], [0]);
  assert.deepEqual([...match(names, "  ", 9)], []);
  assert.deepEqual([...match(names, "x", 9)], []);
});

test("what looks like a pattern is text", () => {
  assert.deepEqual([...match(["a.*b", "axxb"], ".*", 9)], [0]);
});
