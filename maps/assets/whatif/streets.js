/* Streets of a trial: stretches between junctions, and those from which something new is within reach. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});

  /** The stretch of a street around an edge, from junction to junction, over edges that pass `which`: its nodes in order. */
  lifecircle.stretch = function (streets, edge, which) {
    const seen = new Set([edge]);
    const beyond = (node) => {
      const run = [];
      for (let at = node; ; ) {
        run.push(at);
        const next = onlyOther(streets, at, seen, which);
        if (next < 0) return run;
        seen.add(next);
        at = streets.u[next] === at ? streets.v[next] : streets.u[next];
      }
    };
    return [...beyond(streets.u[edge]).reverse(), ...beyond(streets.v[edge])];
  };

  /** At a node where only two edges meet, the one not seen yet, if it passes; else -1. */
  function onlyOther(streets, node, seen, which) {
    const from = streets.first[node];
    if (streets.first[node + 1] - from !== 2) return -1;
    const edges = [streets.edgeAt[from], streets.edgeAt[from + 1]], next = edges.find((e) => !seen.has(e));
    return next !== undefined && which(next) ? next : -1;
  }

  /** Where nodes lie on the map, 0 to 1 over the world; found once each. */
  lifecircle.StreetsOnMap = class {
    constructor(plan) {
      this.plan = plan;
      this.x = new Float64Array(plan.streets.nodes).fill(NaN);
      this.y = new Float64Array(plan.streets.nodes);
    }

    _place(node) {
      if (!Number.isNaN(this.x[node])) return;
      const { x, y } = this.plan.streets, [lng, lat] = this.plan.toDegrees(x[node], y[node]);
      const place = lifecircle.fromLatLng({ lng, lat });
      this.x[node] = place.x;
      this.y[node] = place.y;
    }

    /** One edge: [x, y, x, y]. */
    edge(e) {
      const { u, v } = this.plan.streets;
      return this.part(e, u[e], v[e], 0, 1);
    }

    part(e, a, b, from, to) {
      this._place(a);
      this._place(b);
      const { x, y } = this, dx = x[b] - x[a], dy = y[b] - y[a];
      return [x[a] + from * dx, y[a] + from * dy, x[a] + to * dx, y[a] + to * dy];
    }

    /** Parts of streets from which change k of the plan is the nearest of a service, and within reach: x, y, x, y of each. */
    reachedFrom(number, k) {
      const { plan } = this, { streets } = plan, { field, reach } = plan.services[number], effect = plan.effects[k];
      if (!field || !effect || !effect.doors || !effect.doors.length) return [];
      const left = (e, node) => {
        const row = streets.rowInto(e, node), door = field.door[row];
        return door >= 0 && field.doors[door].added === effect ? Math.max(reach - field.metres[row], 0) / streets.length[e] : 0;
      };
      const pieces = [];
      for (const e of streets.edgesIn(...around(effect.doors, reach))) {
        const u = streets.u[e], v = streets.v[e], a = left(e, u), b = left(e, v);
        if (a + b >= 1) pieces.push(...this.part(e, u, v, 0, 1));
        else {
          if (a > 0) pieces.push(...this.part(e, u, v, 0, a));
          if (b > 0) pieces.push(...this.part(e, u, v, 1 - b, 1));
        }
      }
      return pieces;
    }
  };

  /** The box around doors, some metres wider: nobody walks farther than that. */
  function around(doors, metres) {
    const xs = doors.map((door) => door.x), ys = doors.map((door) => door.y);
    return [Math.min(...xs) - metres, Math.min(...ys) - metres, Math.max(...xs) + metres, Math.max(...ys) + metres];
  }
})();
