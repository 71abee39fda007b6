/* Places: integer steps of a micro-degree become Web Mercator coordinates, 0 to 1 over the world. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const PER_DEGREE = 1e6;
  const RADIANS = Math.PI / 180 / PER_DEGREE;
  const STRAIGHT_FOR = 2000; // micro-degrees of latitude over which Mercator bends by less than 3 mm

  function worldX(longitude) {
    return (longitude / PER_DEGREE + 180) / 360;
  }

  function worldY(latitude) {
    const sine = Math.sin(latitude * RADIANS);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  /** Decode a block of points: arrays x and y. */
  lifecircle.spots = function (block) {
    const steps = block.xy, count = steps.length / 2;
    const x = new Float64Array(count), y = new Float64Array(count);
    let longitude = 0, latitude = 0, anchor = NaN, north = 0, slope = 0;
    for (let i = 0; i < count; i++) {
      longitude += steps[2 * i];
      latitude += steps[2 * i + 1];
      if (!(Math.abs(latitude - anchor) < STRAIGHT_FOR)) {
        anchor = latitude;
        north = worldY(latitude);
        slope = RADIANS / (2 * Math.PI * Math.cos(latitude * RADIANS));
      }
      x[i] = worldX(longitude);
      y[i] = north - slope * (latitude - anchor);
    }
    return { x, y, count };
  };

  /** Decode lines or rings: vertices, where each part starts, the row it belongs to, and its box. */
  lifecircle.runs = function (block) {
    const { x, y } = lifecircle.spots(block);
    const parts = block.n.length;
    const start = new Uint32Array(parts + 1);
    const box = new Float64Array(4 * parts);
    for (let part = 0; part < parts; part++) {
      const end = (start[part + 1] = start[part] + block.n[part]);
      let west = 1, north = 1, east = 0, south = 0;
      for (let v = start[part]; v < end; v++) {
        if (x[v] < west) west = x[v];
        if (x[v] > east) east = x[v];
        if (y[v] < north) north = y[v];
        if (y[v] > south) south = y[v];
      }
      box[4 * part] = west;
      box[4 * part + 1] = north;
      box[4 * part + 2] = east;
      box[4 * part + 3] = south;
    }
    return { x, y, start, box, of: block.of, parts };
  };

  /** Whether a point lies in the rings [from, to) taken together; holes count as outside. */
  lifecircle.within = function (runs, from, to, px, py) {
    let inside = false;
    for (let part = from; part < to; part++) {
      const first = runs.start[part], end = runs.start[part + 1];
      for (let a = first, b = end - 1; a < end; b = a++) {
        const crosses = runs.y[a] > py !== runs.y[b] > py;
        if (crosses && px < ((runs.x[b] - runs.x[a]) * (py - runs.y[a])) / (runs.y[b] - runs.y[a]) + runs.x[a]) {
          inside = !inside;
        }
      }
    }
    return inside;
  };

  /** Where the parts of each row begin: row r owns parts [first[r], first[r + 1]). */
  lifecircle.partsOfRows = function (runs, rows) {
    const first = new Uint32Array(rows + 1);
    for (let part = 0; part < runs.parts; part++) first[runs.of[part] + 1]++;
    for (let row = 0; row < rows; row++) first[row + 1] += first[row];
    return first;
  };

  lifecircle.toLatLng = function (x, y) {
    const latitude = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
    return L.latLng(latitude, x * 360 - 180);
  };

  lifecircle.fromLatLng = function (place) {
    return { x: worldX(place.lng * PER_DEGREE), y: worldY(place.lat * PER_DEGREE) };
  };
})();
