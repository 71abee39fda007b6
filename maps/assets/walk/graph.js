/* Streets: the walking network in the page, as arrays; exact, for every length is a multiple of 2^-20 m. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const STEP_M = 2 ** -20;
  const WHOLE = 2 ** 52;
  const CELL_M = 60;
  const EQUAL_M = 1e-6;
  const ONE_SPOT_M = 0.1;
  const STUB_M = 1;

  /** Round to whole numbers, halves to the even one, as the measured figures are rounded. */
  const whole = (x) => (x >= 0 ? x + WHOLE - WHOLE : x - WHOLE + WHOLE);
  const onStep = (metres) => whole(metres / STEP_M) * STEP_M;
  lifecircle.onStep = onStep;

  /** Multiples of the step, told as whole metres and how many steps more. */
  lifecircle.exact = ({ whole: metres, part }) => Float64Array.from(metres, (one, k) => one + part[k] * STEP_M);

  /**
   * n nodes and m straight edges.
   *
   * x, y: metres of the plan's CRS; u, v: the ends of each edge, distances along it count from u;
   * length: metres walked; ground, gated: on the ground, not to be walked through (rule 6);
   * shut: 1 where nobody walks. stubU, stubV: metres shut off at an end, where a gate is closed.
   */
  lifecircle.Streets = class {
    constructor(block) {
      this.x = lifecircle.exact(block.x);
      this.y = lifecircle.exact(block.y);
      this.u = Int32Array.from(block.u);
      this.v = Int32Array.from(block.v);
      this.nodes = this.x.length;
      this.count = this.u.length;
      this.ground = Uint8Array.from(block.ground);
      this.gated = Uint8Array.from(block.gated);
      this.shut = Uint8Array.from(block.shut);
      this.passable = new Uint8Array(this.count);
      this.stubU = new Float64Array(this.count);
      this.stubV = new Float64Array(this.count);
      this.name = block.name;
      this.names = block.names;
      this.length = this._lengths(block.more);
      this._join();
      this._layer();
      this._grid();
      this.weigh();
    }

    /** Lengths are told by how much they exceed the straight one: mostly by nothing. */
    _lengths(more) {
      const { x, y, u, v } = this;
      return lifecircle.exact(more).map((metres, e) => {
        const dx = x[v[e]] - x[u[e]], dy = y[v[e]] - y[u[e]];
        return onStep(Math.sqrt(dx * dx + dy * dy)) + metres;
      });
    }

    /** The edges at each node: places first[node] to first[node + 1] of edgeAt and otherAt. */
    _join() {
      const { u, v, nodes, count } = this;
      const first = (this.first = new Uint32Array(nodes + 1));
      for (let e = 0; e < count; e++) {
        first[u[e] + 1]++;
        first[v[e] + 1]++;
      }
      for (let node = 0; node < nodes; node++) first[node + 1] += first[node];
      const next = first.slice(0, nodes);
      this.edgeAt = new Int32Array(2 * count);
      this.otherAt = new Int32Array(2 * count);
      this.placeOfU = new Uint32Array(count);
      this.placeOfV = new Uint32Array(count);
      for (let e = 0; e < count; e++) {
        const a = (this.placeOfU[e] = next[u[e]]++), b = (this.placeOfV[e] = next[v[e]]++);
        this.edgeAt[a] = this.edgeAt[b] = e;
        this.otherAt[a] = v[e];
        this.otherAt[b] = u[e];
      }
    }

    /**
     * The rows a walk passes: every node; and nodes on gated streets twice more, for a walk leads out
     * of a compound, along open streets, and into another, never through one.
     */
    _layer() {
      const inner = (this.inner = new Int32Array(this.nodes).fill(-1)), of = [];
      const add = (node) => {
        if (inner[node] < 0) inner[node] = of.push(node) - 1;
      };
      for (let e = 0; e < this.count; e++) {
        if (!this.gated[e]) continue;
        add(this.u[e]);
        add(this.v[e]);
      }
      this.innerNode = Int32Array.from(of);
      this.inners = of.length;
      this.rows = this.nodes + 2 * this.inners;
    }

    /** The row at which a walk begins (or ends) at a node of an edge: out of, or into, a compound. */
    rowOut(e, node) {
      return this.gated[e] ? this.nodes + this.inner[node] : node;
    }

    rowInto(e, node) {
      return this.gated[e] ? this.nodes + this.inners + this.inner[node] : node;
    }

    nodeOf(row) {
      return row < this.nodes ? row : this.innerNode[(row - this.nodes) % this.inners];
    }

    /** Metres along every edge from either end, on open streets and within compounds; Infinity where shut. */
    weigh() {
      this.open = new Float64Array(2 * this.count);
      this.within = this.inners ? new Float64Array(2 * this.count) : null;
      for (let e = 0; e < this.count; e++) this.weighEdge(e);
    }

    weighEdge(e) {
      const shut = this.shut[e] || this.stubU[e] > 0 || this.stubV[e] > 0;
      const a = this.placeOfU[e], b = this.placeOfV[e], { gated, open, within } = this;
      open[a] = open[b] = shut || (gated[e] && !this.passable[e]) ? Infinity : this.length[e];
      if (within) within[a] = within[b] = shut || !gated[e] ? Infinity : this.length[e];
    }

    /** How much of an edge is shut off where a gate stands at one of its ends. */
    stub(e) {
      return onStep(Math.min(STUB_M, this.length[e] / 2));
    }

    /** Metres from a spot on an edge to its end u, or v; Infinity where the way there is shut. */
    toU(e, along) {
      if (along === 0) return 0;
      const barred = this.shut[e] || this.stubU[e] > 0 || along > this.length[e] - this.stubV[e];
      return barred ? Infinity : along;
    }

    toV(e, along) {
      const left = this.length[e] - along;
      if (left === 0) return 0;
      const barred = this.shut[e] || this.stubV[e] > 0 || along < this.stubU[e];
      return barred ? Infinity : left;
    }

    /** Metres between two spots on one edge. */
    between(e, a, b) {
      if (a === b) return 0;
      const barred = this.shut[e] || Math.min(a, b) < this.stubU[e] || Math.max(a, b) > this.length[e] - this.stubV[e];
      return barred ? Infinity : Math.abs(a - b);
    }

    spot(e, along) {
      const part = along / this.length[e], { x, y, u, v } = this;
      return [x[u[e]] + (x[v[e]] - x[u[e]]) * part, y[u[e]] + (y[v[e]] - y[u[e]]) * part];
    }

    /** Edges by square cells, to find those near a place. */
    _grid() {
      const { x, y } = this;
      let west = Infinity, south = Infinity, east = -Infinity, north = -Infinity;
      for (let node = 0; node < this.nodes; node++) {
        west = Math.min(west, x[node]);
        east = Math.max(east, x[node]);
        south = Math.min(south, y[node]);
        north = Math.max(north, y[node]);
      }
      Object.assign(this, { west, south, across: Math.floor((east - west) / CELL_M) + 1, up: Math.floor((north - south) / CELL_M) + 1 });
      const start = (this.cellStart = new Uint32Array(this.across * this.up + 1));
      for (let e = 0; e < this.count; e++) this._cellsOf(e, (cell) => start[cell + 1]++);
      for (let cell = 0; cell + 1 < start.length; cell++) start[cell + 1] += start[cell];
      const next = start.slice(0, -1);
      this.cellEdges = new Int32Array(start[start.length - 1]);
      for (let e = 0; e < this.count; e++) this._cellsOf(e, (cell) => (this.cellEdges[next[cell]++] = e));
      this.seen = new Uint32Array(this.count);
      this.look = 0;
    }

    _cellsOf(e, visit) {
      const a = this.u[e], b = this.v[e], { x, y } = this;
      this._cells(Math.min(x[a], x[b]), Math.min(y[a], y[b]), Math.max(x[a], x[b]), Math.max(y[a], y[b]), visit);
    }

    _cells(west, south, east, north, visit) {
      const column = (at) => Math.floor((at - this.west) / CELL_M), line = (at) => Math.floor((at - this.south) / CELL_M);
      const last = Math.min(this.across - 1, column(east)), top = Math.min(this.up - 1, line(north));
      for (let row = Math.max(0, line(south)); row <= top; row++) {
        for (let at = Math.max(0, column(west)); at <= last; at++) visit(row * this.across + at);
      }
    }

    /** Every edge that may touch a box, once. */
    edgesIn(west, south, east, north) {
      const found = [];
      this.look += 1;
      this._cells(west, south, east, north, (cell) => {
        for (let k = this.cellStart[cell]; k < this.cellStart[cell + 1]; k++) {
          const e = this.cellEdges[k];
          if (this.seen[e] === this.look) continue;
          this.seen[e] = this.look;
          found.push(e);
        }
      });
      return found;
    }

    /** The nearest spot on an edge: {edge, along, leg, x, y}; the leg not yet on the step. */
    project(e, px, py) {
      const { x, y, u, v } = this, ax = x[u[e]], ay = y[u[e]];
      const dx = x[v[e]] - ax, dy = y[v[e]] - ay, square = dx * dx + dy * dy;
      let part = ((px - ax) * dx + (py - ay) * dy) / (square > 0 ? square : 1);
      part = Math.min(Math.max(part, 0), 1);
      const sx = ax + dx * part, sy = ay + dy * part;
      const along = Math.min(Math.max(onStep(part * this.length[e]), 0), this.length[e]);
      return { edge: e, along, leg: Math.hypot(px - sx, py - sy), x: sx, y: sy };
    }

    /**
     * The nearest spot on a street within `limit` metres whose leg is `free`, or null (rules 1, 4).
     * which(edge) leaves out streets; free(spot) is asked of those that are near.
     */
    tie(px, py, limit, which, free) {
      for (let radius = Math.min(CELL_M / 2, limit); ; radius = Math.min(2 * radius, limit)) {
        const near = [];
        for (const e of this.edgesIn(px - radius, py - radius, px + radius, py + radius)) {
          if (which && !which(e)) continue;
          const spot = this.project(e, px, py);
          if (spot.leg <= radius && (!free || free(spot))) near.push(spot);
        }
        const best = near.length ? this._nearest(near) : null;
        // a spot just beyond the radius might be as near as the best within it
        if (best && (best.leg + EQUAL_M <= radius || radius >= limit)) return { ...best, leg: onStep(best.leg) };
        if (radius >= limit) return null;
      }
    }

    /** Of equally near spots the first by x, then y; where a street was cut there, the truly nearest piece. */
    _nearest(spots) {
      const least = spots.reduce((metres, spot) => Math.min(metres, spot.leg), Infinity);
      const equal = spots.filter((spot) => spot.leg <= least + EQUAL_M);
      const grain = (spot) => [whole(spot.x / EQUAL_M), whole(spot.y / EQUAL_M)];
      const first = equal.reduce((a, b) => (before(grain(b), grain(a)) ? b : a));
      const here = equal.filter((spot) => Math.hypot(spot.x - first.x, spot.y - first.y) <= ONE_SPOT_M);
      return here.reduce((a, b) => (b.leg < a.leg || (b.leg === a.leg && this._before(b.edge, a.edge)) ? b : a));
    }

    /** Edges are in the order of the coordinates of their ends, wherever they stand in the page. */
    _before(one, other) {
      const ends = (e) => [this.x[this.u[e]], this.y[this.u[e]], this.x[this.v[e]], this.y[this.v[e]]];
      return before(ends(one), ends(other));
    }
  };

  function before(one, other) {
    for (let k = 0; k < one.length; k++) if (one[k] !== other[k]) return one[k] < other[k];
    return false;
  }
})();
