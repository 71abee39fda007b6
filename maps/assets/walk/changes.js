/* Changes: what each change of a scenario does, found by the rules that `lifecircle compare` follows. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const MEANT_M = 50;
  const GATE_M = 30;
  const BESIDE_M = 5;
  const JOIN_M = 15;
  const LOOK_M = 1;

  const refused = (key, values) => ({ refused: { key, values: values || {} } });

  /** A change's shape: {point} or {shape}, in metres; null where it has none that is understood. */
  function placed(plan, change) {
    const { geometry } = change;
    if (!geometry || !geometry.coordinates) return null;
    if (geometry.type === "Point") return { point: plan.toMetres(...geometry.coordinates) };
    const shape = lifecircle.Shape.from(geometry, plan.toMetres);
    return shape && { shape };
  }

  /** The middle of a change's shape, good enough to point at something. */
  function pointOf(place) {
    if (place.point) return place.point;
    const [west, south, east, north] = place.shape.box;
    return [(west + east) / 2, (south + north) / 2];
  }

  function addFacility(plan, change, place) {
    const counts = Object.hasOwn(plan.countsAs, change.category) ? plan.countsAs[change.category] : [change.category];
    return newFacility(plan, place, counts, {});
  }

  function newFacility(plan, place, categories, removes) {
    const asked = plan.services.filter((service) => categories.includes(service.category));
    if (!asked.length) return refused("whatif_refused_category");
    const area = place.shape && place.shape.kind === "area" ? place.shape.area() : 0;
    const fits = ({ area_m2: size }) => !size || (area >= size[0] && (size[1] === null || area < size[1]));
    const takes = asked.filter(fits).map((service) => service.number);
    if (!takes.length) {
      const least = Math.min(...asked.map(({ area_m2: size }) => size[0]));
      return refused("whatif_refused_size", { area: Math.round(area), least });
    }
    return { place, takes, removes };
  }

  /** Rows of facilities that a change names or points at, by service. */
  function meant(plan, change, place) {
    const removes = {}, green = change.category === "park" ? ["park", "green"] : [change.category];
    for (const service of plan.services) {
      if (change.category && !green.includes(service.category)) continue;
      let rows = Array.from(service.facilities).filter((row) => named(plan.facilities[row], change.target));
      if (place && change.do === "remove_facility") rows = pointedAt(plan, rows, pointOf(place));
      if (rows.length > 1) return null;
      if (rows.length) removes[service.number] = rows[0];
    }
    return removes;
  }

  const named = (facility, target) => target === undefined || target === null || facility.id === target || facility.name === target;

  function pointedAt(plan, rows, point) {
    const far = rows.map((row) => plan.facilities[row].metresTo(point));
    const nearest = far.reduce((best, metres, k) => (metres < far[best] ? k : best), 0);
    return rows.length && far[nearest] <= MEANT_M ? [rows[nearest]] : [];
  }

  function removeFacility(plan, change, place) {
    const removes = meant(plan, change, place);
    return removes && Object.keys(removes).length ? { removes, takes: [] } : refused("whatif_refused_facility");
  }

  function moveFacility(plan, change, place) {
    const removes = change.target ? meant(plan, change, null) : null;
    if (!removes || !Object.keys(removes).length) return refused("whatif_refused_facility");
    const categories = Object.keys(removes).map((number) => plan.services[number].category);
    return newFacility(plan, place, categories, removes);
  }

  /** A gate belongs to the nearest park or green near by: present, or drawn in this scenario. */
  function addGate(plan, change, place) {
    const [x, y] = pointOf(place);
    const areas = [...plan.facilities.map((facility) => facility.shape), ...plan.drawn()].filter((shape) => shape && shape.kind === "area");
    const near = areas.some((shape) => metresTo(shape, x, y) <= GATE_M);
    return near ? { gate: [x, y] } : refused("whatif_refused_gate", { metres: GATE_M });
  }

  function metresTo(shape, x, y) {
    const [west, south, east, north] = shape.box;
    const apart = Math.hypot(Math.max(west - x, x - east, 0), Math.max(south - y, y - north, 0));
    if (apart > GATE_M) return apart;
    return shape.kind === "area" && shape.holds(x, y) ? 0 : shape.near(x, y).metres;
  }
  lifecircle.metresTo = metresTo;

  function closeGate(plan, change, place) {
    const [x, y] = pointOf(place);
    let best = { metres: Infinity };
    for (const service of plan.services) {
      for (const door of service.doors) {
        const metres = Math.hypot(door.x - x, door.y - y);
        if (metres < best.metres) best = { metres, door };
      }
    }
    if (best.metres <= GATE_M) return { shuts: best.door };
    const mouths = mouthsNear(plan.streets, x, y);
    return mouths ? { mouths } : refused("whatif_refused_gate", { metres: GATE_M });
  }

  /** Where gated streets meet an open one: [edge, node] of those at the nearest such node. */
  function mouthsNear(streets, x, y) {
    const near = streets.edgesIn(x - GATE_M, y - GATE_M, x + GATE_M, y + GATE_M);
    const at = (node) => Array.from({ length: streets.first[node + 1] - streets.first[node] }, (_, k) => streets.edgeAt[streets.first[node] + k]);
    let best = { metres: GATE_M };
    for (const e of near) {
      for (const node of [streets.u[e], streets.v[e]]) {
        const metres = Math.hypot(streets.x[node] - x, streets.y[node] - y), edges = at(node);
        const mouth = edges.some((k) => streets.gated[k]) && edges.some((k) => !streets.gated[k]);
        if (mouth && (metres < best.metres || (metres === best.metres && best.node === undefined))) best = { metres, node, edges };
      }
    }
    if (best.node === undefined) return null;
    return best.edges.filter((e) => streets.gated[e]).map((e) => [e, best.node]);
  }

  /** A whole compound: the gated streets that hang together with the nearest one. */
  function openGate(plan, change, place) {
    const { streets } = plan, [x, y] = pointOf(place);
    const nearest = streets.tie(x, y, GATE_M, (e) => streets.gated[e]);
    if (!nearest) return refused("whatif_refused_gated", { metres: GATE_M });
    const found = new Set([nearest.edge]), queue = [nearest.edge];
    while (queue.length) {
      const e = queue.pop();
      for (const node of [streets.u[e], streets.v[e]]) {
        for (let k = streets.first[node]; k < streets.first[node + 1]; k++) {
          const next = streets.edgeAt[k];
          if (!streets.gated[next] || found.has(next)) continue;
          found.add(next);
          queue.push(next);
        }
      }
    }
    return { passes: [...found] };
  }

  function closeStreet(plan, change, place) {
    const closes = meantStreets(plan.streets, change, place, () => true);
    return closes.length ? { closes } : refused("whatif_refused_street");
  }

  function openStreet(plan, change, place) {
    const { streets } = plan;
    const passes = meantStreets(streets, change, place, (e) => streets.gated[e] === 1);
    return passes.length ? { passes } : refused("whatif_refused_gated", { metres: JOIN_M });
  }

  /** The edges a change names, points at, crosses, or runs along. */
  function meantStreets(streets, change, place, which) {
    if (change.target) {
      const name = streets.names.indexOf(change.target), found = [];
      for (let e = 0; e < streets.count; e++) if (name >= 0 && streets.name[e] === name && which(e)) found.push(e);
      return found;
    }
    if (!place) return [];
    if (place.point) {
      const spot = streets.tie(...place.point, JOIN_M, which);
      return spot ? [spot.edge] : [];
    }
    const { shape } = place, [west, south, east, north] = shape.box;
    const near = streets.edgesIn(west - BESIDE_M, south - BESIDE_M, east + BESIDE_M, north + BESIDE_M).filter(which);
    return near.filter((e) => isAlong(streets, e, shape) || (streets.ground[e] && isCrossed(streets, e, shape)));
  }

  function isCrossed(streets, e, shape) {
    const { x, y, u, v } = streets;
    for (const [ax, ay, bx, by] of shape.segments()) {
      if (lifecircle.cross(ax, ay, bx, by, x[u[e]], y[u[e]], x[v[e]], y[v[e]])) return true;
    }
    return false;
  }

  /** Whether a line runs beside an edge all the way. */
  function isAlong(streets, e, shape) {
    const { x, y, u, v } = streets, dx = x[v[e]] - x[u[e]], dy = y[v[e]] - y[u[e]];
    const parts = Math.max(Math.ceil(Math.hypot(dx, dy) / LOOK_M), 1);
    for (let k = 0; k <= parts; k++) {
      if (shape.near(x[u[e]] + (dx * k) / parts, y[u[e]] + (dy * k) / parts).metres > BESIDE_M) return false;
    }
    return true;
  }

  /** The verbs a page can try: in which order they are laid, whether they need a place, and what they do. */
  const VERBS = {
    close_street: { turn: 0, effect: closeStreet },
    open_street: { turn: 0, effect: openStreet },
    open_gate: { turn: 0, needsPlace: true, effect: openGate },
    add_facility: { turn: 1, needsPlace: true, effect: addFacility },
    move_facility: { turn: 1, needsPlace: true, effect: moveFacility },
    remove_facility: { turn: 1, effect: removeFacility },
    add_gate: { turn: 2, needsPlace: true, effect: addGate },
    close_gate: { turn: 3, needsPlace: true, effect: closeGate },
  };

  lifecircle.canTry = (verb) => Object.hasOwn(VERBS, verb);

  /** In which turn a change is laid: streets, facilities, gates, gates closed. */
  lifecircle.turnOf = (change) => (lifecircle.canTry(change.do) ? VERBS[change.do].turn : 0);

  /** What a change does: {takes, place, removes, gate, shuts, mouths, closes, passes}, or {refused}. */
  lifecircle.effectOf = function (plan, change) {
    if (!lifecircle.canTry(change.do)) return refused("whatif_refused_verb", { do: String(change.do) });
    const verb = VERBS[change.do], place = placed(plan, change);
    if (!place && (verb.needsPlace || change.geometry || !change.target)) return refused("whatif_refused_place");
    return verb.effect(plan, change, place);
  };
})();
