"use strict";
const { test } = require("node:test");
const assert = require("node:assert/strict");
const { loaded } = require("./assets.js");

const { metresBetween, lengthOf, areaWithin } = loaded("geodesy.js");

test("metres are those of the ellipsoid", () => {
  // Flinders Peak to Buninyong, the example of Geoscience Australia: 54,972.271 m on GRS 80.
  const peak = { lat: -(37 + 57 / 60 + 3.7203 / 3600), lng: 144 + 25 / 60 + 29.5244 / 3600 };
  const hill = { lat: -(37 + 39 / 60 + 10.1561 / 3600), lng: 143 + 55 / 60 + 35.3839 / 3600 };
  assert.ok(Math.abs(metresBetween(peak, hill) - 54972.271) < 0.001);
});

test("a quarter of a meridian, a degree of the equator, nothing at all", () => {
  assert.ok(Math.abs(metresBetween({ lat: 0, lng: 5 }, { lat: 90, lng: 5 }) - 10001965.729) < 0.01);
  assert.ok(Math.abs(metresBetween({ lat: 0, lng: 0 }, { lat: 0, lng: 1 }) - 111319.4908) < 0.001);
  assert.equal(metresBetween({ lat: 35.4, lng: 116.6 }, { lat: 35.4, lng: 116.6 }), 0);
});

test("places opposite on the globe still have a distance", () => {
  const far = metresBetween({ lat: 0, lng: 0 }, { lat: 0.3, lng: 179.7 });
  assert.ok(Math.abs(far / 20003931 - 1) < 0.006);
});

test("a length is the sum of its parts", () => {
  const [a, b, c] = [[116.6, 35.4], [116.61, 35.4], [116.61, 35.41]].map(([lng, lat]) => ({ lng, lat }));
  assert.equal(lengthOf([a, b, c]), metresBetween(a, b) + metresBetween(b, c));
  assert.equal(lengthOf([a]), 0);
});

test("an area is that of the ellipsoid, whichever way round", () => {
  // Eight of these are all the earth: 510,065,621.7 km².
  const octant = [{ lng: 0, lat: 0 }, { lng: 90, lat: 0 }, { lng: 90, lat: 90 }, { lng: 0, lat: 90 }];
  assert.ok(Math.abs((8 * areaWithin(octant)) / 510065621724000 - 1) < 1e-9);
  const hectare = [[0, 0], [100, 0], [100, 100], [0, 100]].map(([x, y]) => ({ lng: 116.6 + x / 90835.6, lat: 35.4 + y / 110949.1 }));
  assert.ok(Math.abs(areaWithin(hectare) / 10000 - 1) < 1e-3);
  assert.equal(areaWithin([...hectare].reverse()).toFixed(6), areaWithin(hectare).toFixed(6));
});
