/* Entering: where one goes into what was drawn, by the rules of the measured figures (rule 5). */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const STREET_SIDE_M = 15;
  const FALLBACK_M = 30;
  const STEP_ALONG_M = 10;
  const TOUCH_M = 0.05;
  const STEP_M = 2 ** -20;
  const CELL_M = 100;

  /** What no leg crosses: water, railways, motorways, walls. */
  lifecircle.Barriers = class {
    constructor(block) {
      this.shapes = block.map(({ area, runs }) => new lifecircle.Shape(area ? "area" : "line", runs));
      this.pieces = [];
      this.shapes.forEach((shape, of) => {
        for (const [ax, ay, bx, by] of shape.segments()) this.pieces.push({ ax, ay, bx, by, of });
      });
      const box = ({ ax, ay, bx, by }) => [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
      this.nearPieces = new lifecircle.Nearby(this.pieces.map(box), CELL_M);
      this.areas = this.shapes.filter((shape) => shape.kind === "area");
      this.nearAreas = new lifecircle.Nearby(this.areas.map((shape) => shape.box), CELL_M);
    }

    /** Whether a straight leg crosses one, or lies in one; a leg that ends at one crosses nothing. */
    crossed(ax, ay, bx, by) {
      const box = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
      const cut = (k) => {
        const { ax: cx, ay: cy, bx: dx, by: dy } = this.pieces[k];
        return lifecircle.cross(ax, ay, bx, by, cx, cy, dx, dy);
      };
      if (this.nearPieces.in(box).some(cut)) return true;
      const mx = (ax + bx) / 2, my = (ay + by) / 2;
      return this.nearAreas.in(box).some((k) => this.areas[k].holds(mx, my) && this.areas[k].near(mx, my).metres > 0);
    }
  };

  /** The door of a point: where it stands, tied to the nearest street that no barrier parts it from. */
  lifecircle.doorOfPoint = function (town, [x, y]) {
    const free = (spot) => !town.barriers.crossed(x, y, spot.x, spot.y);
    const tie = town.streets.tie(x, y, town.legLimit, null, free);
    return tie ? [{ edge: tie.edge, along: tie.along, leg: tie.leg, x, y, kind: "given" }] : [];
  };

  /** A gate in the edge of an area, as given: tied to the nearest street. */
  lifecircle.doorOfGate = function (town, { x, y }) {
    const tie = town.streets.tie(x, y, town.legLimit);
    return tie ? [{ edge: tie.edge, along: tie.along, leg: tie.leg, x, y, kind: "given" }] : [];
  };

  /**
   * The doors of an area: where a way meets its edge on the ground; else where streets run beside it;
   * else from the nearest street. Parks and green have a side; other grounds only a nearest street.
   */
  lifecircle.doorsOfArea = function (town, shape, asGreen) {
    const crossing = crossings(town, shape);
    if (crossing.length) return crossing;
    const side = asGreen ? beside(town, shape, STREET_SIDE_M, "street side") : [];
    if (side.length) return side;
    const found = beside(town, shape, asGreen ? FALLBACK_M : town.legLimit, "fallback");
    const nearer = (a, b) => a.leg - b.leg || a.x - b.x || a.y - b.y;
    return found.sort(nearer).slice(0, 1);
  };

  function edgesAround(town, shape, metres) {
    const [west, south, east, north] = shape.box, { streets } = town;
    const near = streets.edgesIn(west - metres, south - metres, east + metres, north + metres);
    return near.filter((e) => streets.ground[e]);
  }

  const ends = ({ x, y, u, v }, e) => [x[u[e]], y[u[e]], x[v[e]], y[v[e]]];

  function crossings(town, shape) {
    const doors = [], { streets } = town;
    for (const e of edgesAround(town, shape, TOUCH_M)) {
      const line = ends(streets, e);
      const met = shape.meets(...line);
      if (!met.length && shape.nearTo(...line).metres <= TOUCH_M) met.push(...touching(shape, line));
      for (const [px, py] of met) {
        const { x, y } = shape.near(px, py), tie = streets.project(e, x, y);
        doors.push({ edge: e, along: tie.along, leg: lifecircle.onStep(tie.leg), x, y, kind: "crossing" });
      }
    }
    return distinct(doors);
  }

  /** Where a line touches the edge without meeting it: vertices of either that are near enough to the other. */
  function touching(shape, [ax, ay, bx, by]) {
    const near = (x, y, line) => line.near(x, y).metres <= TOUCH_M;
    const line = new lifecircle.Shape("line", [[[ax, ay], [bx, by]]]);
    const own = [[ax, ay], [bx, by]].filter(([x, y]) => near(x, y, shape));
    return [...own, ...shape.runs.flat().filter(([x, y]) => near(x, y, line))];
  }

  function beside(town, shape, metres, kind) {
    const { streets } = town, doors = [];
    const near = edgesAround(town, shape, metres);
    const ground = (e) => streets.ground[e];
    const spots = shape.along(STEP_ALONG_M);
    const nearest = nearestSpot(streets, shape, near, metres);
    if (nearest) spots.push(nearest);
    for (const [x, y] of spots) {
      const tie = streets.tie(x, y, metres, ground);
      if (!tie) continue;
      const door = streets.project(tie.edge, x, y), leg = lifecircle.onStep(door.leg);
      const [sx, sy] = streets.spot(tie.edge, door.along), over = Math.max(leg, STEP_M);
      const inside = leg > 0 ? [x + (x - sx) / over, y + (y - sy) / over] : [x, y];
      if (town.barriers.crossed(...inside, sx, sy)) continue;
      doors.push({ edge: tie.edge, along: door.along, leg, x, y, kind });
    }
    return distinct(doors);
  }

  /** The spot on the edge that is nearest to a street; a street inside is as near as can be. */
  function nearestSpot(streets, shape, edges, metres) {
    let best = { metres: Infinity };
    for (const e of edges) {
      const line = ends(streets, e);
      const found = shape.holds(line[0], line[1]) ? { x: line[0], y: line[1], metres: 0 } : shape.nearTo(...line);
      if (found.metres < best.metres) best = found;
    }
    return best.metres <= metres ? [best.x, best.y] : null;
  }

  function distinct(doors) {
    const seen = new Set();
    return doors.filter(({ x, y, edge }) => {
      const key = x + "," + y + "," + edge;
      return !seen.has(key) && seen.add(key);
    });
  }
})();
