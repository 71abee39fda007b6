/* Shapes: areas and lines in metres; what is inside, near, crossed. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});

  /** The nearest spot to a point on the segment from (ax, ay) to (bx, by): [x, y]. */
  function onto(px, py, ax, ay, bx, by) {
    const dx = bx - ax, dy = by - ay, square = dx * dx + dy * dy;
    const part = square > 0 ? Math.min(Math.max(((px - ax) * dx + (py - ay) * dy) / square, 0), 1) : 0;
    return [ax + dx * part, ay + dy * part];
  }

  /** On which side of the line a -> b a point lies: > 0 left, < 0 right. */
  const side = (ax, ay, bx, by, px, py) => (bx - ax) * (py - ay) - (by - ay) * (px - ax);

  /**
   * Polygons or lines: runs of vertices, each [[x, y], ...] in metres; rings of areas are closed.
   * kind: "area" or "line".
   */
  lifecircle.Shape = class {
    constructor(kind, runs) {
      Object.assign(this, { kind, runs });
      const xs = runs.flat().map((spot) => spot[0]), ys = runs.flat().map((spot) => spot[1]);
      const least = (all) => all.reduce((a, b) => Math.min(a, b), Infinity);
      const most = (all) => all.reduce((a, b) => Math.max(a, b), -Infinity);
      this.box = [least(xs), least(ys), most(xs), most(ys)];
    }

    /** From a GeoJSON geometry and a way to turn degrees into metres; null for what is neither. */
    static from(geometry, toMetres) {
      const many = { Polygon: [geometry.coordinates], MultiPolygon: geometry.coordinates }[geometry.type];
      const run = (spots) => spots.map(([lon, lat]) => toMetres(lon, lat));
      if (many) return new lifecircle.Shape("area", many.flat().map(run));
      const lines = { LineString: [geometry.coordinates], MultiLineString: geometry.coordinates }[geometry.type];
      return lines ? new lifecircle.Shape("line", lines.map(run)) : null;
    }

    *segments() {
      for (const run of this.runs) for (let k = 1; k < run.length; k++) yield [...run[k - 1], ...run[k]];
    }

    /** Square metres; rings inside others are holes, whichever way they run. */
    area() {
      let sum = 0;
      for (const ring of this.runs) {
        const [x0, y0] = ring[0];
        let twice = 0;
        for (let k = 1; k < ring.length; k++) {
          twice += (ring[k - 1][0] - x0) * (ring[k][1] - y0) - (ring[k][0] - x0) * (ring[k - 1][1] - y0);
        }
        const hole = this.runs.some((other) => other !== ring && around(other, ring[0]) && !around(ring, other[0]));
        sum += ((hole ? -1 : 1) * Math.abs(twice)) / 2;
      }
      return sum;
    }

    holds(px, py) {
      let inside = false;
      for (const ring of this.runs) if (around(ring, [px, py])) inside = !inside;
      return inside || this.near(px, py).metres === 0;
    }

    /** The nearest spot on the edge: {x, y, metres}. */
    near(px, py) {
      let best = { metres: Infinity };
      for (const [ax, ay, bx, by] of this.segments()) {
        const [x, y] = onto(px, py, ax, ay, bx, by), metres = Math.hypot(px - x, py - y);
        if (metres < best.metres) best = { x, y, metres };
      }
      return best;
    }

    /** Vertices along the edge, at most `step` metres apart. */
    along(step) {
      const spots = [];
      for (const [ax, ay, bx, by] of this.segments()) {
        const parts = Math.max(Math.ceil(Math.hypot(bx - ax, by - ay) / step), 1);
        for (let k = 0; k < parts; k++) spots.push([ax + ((bx - ax) * k) / parts, ay + ((by - ay) * k) / parts]);
      }
      return spots;
    }

    /** Where a segment meets the edge: points, and both ends of what runs along it. */
    meets(ax, ay, bx, by) {
      const met = [];
      for (const [cx, cy, dx, dy] of this.segments()) met.push(...meet(ax, ay, bx, by, cx, cy, dx, dy));
      return met;
    }

    /** The spot of the edge that is nearest to a segment: {x, y, metres}. */
    nearTo(ax, ay, bx, by) {
      let best = [[ax, ay], [bx, by]].map(([x, y]) => this.near(x, y)).reduce((a, b) => (b.metres < a.metres ? b : a));
      for (const run of this.runs) {
        for (const [x, y] of run) {
          const [sx, sy] = onto(x, y, ax, ay, bx, by), metres = Math.hypot(x - sx, y - sy);
          if (metres < best.metres) best = { x, y, metres };
        }
      }
      const [cut] = this.meets(ax, ay, bx, by);
      return cut ? { x: cut[0], y: cut[1], metres: 0 } : best;
    }
  };

  /** Whether a ring runs around a point. */
  function around(ring, [px, py]) {
    let inside = false;
    for (let k = 1; k < ring.length; k++) {
      const [ax, ay] = ring[k - 1], [bx, by] = ring[k];
      if (ay > py !== by > py && px < ((bx - ax) * (py - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  }

  /** Where two segments meet: nothing, one point, or both ends of what they share. */
  function meet(ax, ay, bx, by, cx, cy, dx, dy) {
    const apart =
      Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx) ||
      Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by);
    if (apart) return [];
    const a = side(cx, cy, dx, dy, ax, ay), b = side(cx, cy, dx, dy, bx, by);
    const c = side(ax, ay, bx, by, cx, cy), d = side(ax, ay, bx, by, dx, dy);
    if (crosses(a, b) && crosses(c, d)) {
      const part = a / (a - b);
      return [[ax + (bx - ax) * part, ay + (by - ay) * part]];
    }
    const within = (x, y, ux, uy, vx, vy) =>
      x >= Math.min(ux, vx) && x <= Math.max(ux, vx) && y >= Math.min(uy, vy) && y <= Math.max(uy, vy);
    const met = [];
    if (a === 0 && within(ax, ay, cx, cy, dx, dy)) met.push([ax, ay]);
    if (b === 0 && within(bx, by, cx, cy, dx, dy)) met.push([bx, by]);
    if (c === 0 && within(cx, cy, ax, ay, bx, by)) met.push([cx, cy]);
    if (d === 0 && within(dx, dy, ax, ay, bx, by)) met.push([dx, dy]);
    return met;
  }

  const crosses = (one, other) => (one > 0 && other < 0) || (one < 0 && other > 0);

  /** Whether two segments cross, each ending on either side of the other. */
  lifecircle.cross = function (ax, ay, bx, by, cx, cy, dx, dy) {
    return (
      crosses(side(cx, cy, dx, dy, ax, ay), side(cx, cy, dx, dy, bx, by)) &&
      crosses(side(ax, ay, bx, by, cx, cy), side(ax, ay, bx, by, dx, dy))
    );
  };

  /** Shapes in square cells, to find those whose box meets another. */
  lifecircle.Nearby = class {
    constructor(boxes, cell) {
      Object.assign(this, { boxes, cell, cells: new Map(), wide: [] });
      boxes.forEach((box, number) => {
        if (this._count(box) > 10000) this.wide.push(number);
        else this._each(box, (key) => (this.cells.has(key) ? this.cells.get(key).push(number) : this.cells.set(key, [number])));
      });
    }

    /** The numbers of boxes that meet a box, each once. */
    in(box) {
      const found = new Set(this.wide);
      this._each(box, (key) => (this.cells.get(key) || []).forEach((number) => found.add(number)));
      const meets = (o) => o[0] <= box[2] && o[2] >= box[0] && o[1] <= box[3] && o[3] >= box[1];
      return [...found].filter((number) => meets(this.boxes[number])).sort((a, b) => a - b);
    }

    _count([west, south, east, north]) {
      return ((east - west) / this.cell + 1) * ((north - south) / this.cell + 1);
    }

    _each([west, south, east, north], visit) {
      const at = (metres) => Math.floor(metres / this.cell);
      for (let row = at(south); row <= at(north); row++) {
        for (let column = at(west); column <= at(east); column++) visit(column + "," + row);
      }
    }
  };
})();
