"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { loaded } = require("./assets.js");

const lifecircle = loaded("walk/project.js");
const CGCS2000 = { axis_m: 6378137, flattening: 1 / 298.257222101, lon0: 117, scale: 1, east_m: 500000, north_m: 0 };
const UTM_32 = { axis_m: 6378137, flattening: 1 / 298.257223563, lon0: 9, scale: 0.9996, east_m: 500000, north_m: 0 };

// By PROJ 9.5: places in EPSG:4548 and EPSG:32632.
const KNOWN = [
  [CGCS2000, [116.59, 35.42], [462763.9971779, 3921266.7757509]],
  [UTM_32, [7.42, 43.73], [372751.1228189, 4843098.2362231]],
];

test("places are where PROJ puts them, to the micrometre", () => {
  for (const [zone, place, metres] of KNOWN) {
    const [x, y] = new lifecircle.Projection(zone).toMetres(...place);
    assert.ok(Math.hypot(x - metres[0], y - metres[1]) < 1e-6, `${x}, ${y}`);
  }
});

test("there and back is the same place", () => {
  const projection = new lifecircle.Projection(CGCS2000);
  for (let lat = -80; lat <= 80; lat += 7.3) {
    for (let lon = 113.6; lon <= 120.4; lon += 0.7) {
      const [a, b] = projection.toDegrees(...projection.toMetres(lon, lat));
      assert.ok(Math.hypot(a - lon, b - lat) < 1e-12, `${lon}, ${lat}`);
    }
  }
});
