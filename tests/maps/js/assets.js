/* Our assets, loaded as a page loads them, for tests in node. */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const ASSETS = path.join(__dirname, "..", "..", "..", "maps", "assets");

/** Run assets one after another; gives the `lifecircle` they fill. */
exports.loaded = function (...names) {
  const window = {};
  const context = vm.createContext({ window, console, performance, ...globals() });
  context.globalThis = context;
  for (const name of names) {
    vm.runInContext(fs.readFileSync(path.join(ASSETS, name), "utf8"), context, { filename: name });
    context.lifecircle = window.lifecircle;
  }
  return window.lifecircle;
};

function globals() {
  return { TextDecoder, TextEncoder, Blob, Response, atob, btoa, setTimeout, clearTimeout };
}

/** Numbers in [0, 1) that are the same on every run (a linear congruential generator). */
exports.seeded = function (seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};
