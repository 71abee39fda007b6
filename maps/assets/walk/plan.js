/* Plan: the measured town in the page, and what becomes of it as changes are laid on it. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const LIMIT_M = 2000;
  const LEAST_M = 100;
  const BESIDE_M = 5;
  const GATE_M = 30;

  lifecircle.Plan = class {
    constructor(block, limit = LIMIT_M) {
      Object.assign(this, { limit, legLimit: block.leg_limit_m, countsAs: block.counts_as, zones: block.zones, standards: block.standards });
      this.projection = new lifecircle.Projection(block.projection);
      this.toMetres = (lon, lat) => this.projection.toMetres(lon, lat);
      this.toDegrees = (x, y) => this.projection.toDegrees(x, y);
      this.streets = new lifecircle.Streets(block.streets);
      this.barriers = new lifecircle.Barriers(shapesOf(block.barriers));
      this.homes = homesOf(block.homes);
      this.homesOn = new lifecircle.Groups(this.homes.edge, this.streets.count);
      this.facilities = facilitiesOf(block.facilities, this);
      this.services = block.services.map((service, number) => serviceOf(service, number, this.homes.count, this.facilities.length));
      const categories = new Set(this.services.map((service) => service.category));
      this.addable = Object.keys(this.countsAs).filter((key) => this.countsAs[key].some((one) => categories.has(one)));
      this.changes = [];
      this.effects = [];
      this.laid = [];
      this.still = new Map();
      this.moved = new Map();
      this.stamp = new Uint32Array(this.homes.count);
      this.round = 0;
    }

    /** Lay a list of changes; gives for each null, or why it has no effect. */
    lay(changes) {
      const order = changes.map((_, k) => k).sort((a, b) => lifecircle.turnOf(changes[a]) - lifecircle.turnOf(changes[b]) || a - b);
      const groups = grouped(order.map((k) => changes[k]));
      let same = 0;
      while (same < groups.length && same < this.laid.length && alike(groups[same], this.laid[same].changes)) same++;
      while (this.laid.length > same) this._take(this.laid.pop());
      this.changes = changes.slice();
      for (const group of groups.slice(same)) this.laid.push(this._lay(group));
      const effects = this.laid.flatMap((record) => record.effects);
      this.effects = new Array(changes.length);
      order.forEach((k, place) => (this.effects[k] = effects[place]));
      return this.effects.map((effect) => effect.refused || null);
    }

    /** A reach in metres, or null for the standard's own. */
    reach(number, metres) {
      const service = this.services[number];
      service.reach = metres === null ? service.reach_m : Math.min(Math.max(metres, LEAST_M), LIMIT_M);
    }

    /** Metres walked now, and as measured; Infinity beyond 2,000 m. */
    walk_m(number, home) {
      return this._ready(number).walks[home];
    }

    before_m(number, home) {
      return this._ready(number).before[home];
    }

    /** Make a service's field, the first time it is asked for. */
    _ready(number) {
      const service = this.services[number];
      if (service.field) return service;
      const { changes } = this;
      this.lay([]);
      service.field = new lifecircle.Field(this.streets, service.doors, this.limit);
      service.walks = Float64Array.from(this.homes.edge, (_, home) => this._walk(service, home));
      service.before = service.walks.slice();
      this.lay(changes);
      return service;
    }

    get _active() {
      return this.services.filter((service) => service.field);
    }

    _walk(service, home) {
      const { edge, along, leg } = this.homes, e = edge[home];
      if (e < 0) return Infinity;
      if (service.inside[home] > 0) return 0;
      if (!this.moved.has(home)) return leg[home] + service.field.metresAt(e, along[home]);
      const other = this.moved.get(home);
      const byOther = other ? other.leg + service.field.metresAt(other.edge, other.along) : Infinity;
      return Math.max(byOther, leg[home] + service.field.walkByEnds(e, along[home]));
    }

    /** Lay changes that belong together; gives the record by which they are taken away again. */
    _lay(changes) {
      const record = { changes, undo: [], past: new Map() };
      record.effects = changes.map((change) => ({ change, ...lifecircle.effectOf(this, change) }));
      for (const service of this._active) {
        record.past.set(service.number, { field: service.field.now(), homes: [], walks: [] });
      }
      const touched = new Set();
      this._layStreets(record, touched);
      record.effects.forEach((effect) => this._layPlaces(record, effect, touched));
      for (const service of this._active) this._recount(service, record.past.get(service.number), touched);
      return record;
    }

    _take(record) {
      record.undo.reverse().forEach((undo) => undo());
      for (const [number, past] of record.past) {
        const service = this.services[number];
        service.field.back(past.field);
        for (let k = past.homes.length - 1; k >= 0; k--) service.walks[past.homes[k]] = past.walks[k];
      }
    }

    /** Close streets and let gated ones be passed, all of a scenario at once. */
    _layStreets(record, touched) {
      const { streets } = this;
      const every = (key) => [...new Set(record.effects.flatMap((effect) => effect[key] || []))];
      const closes = every("closes"), passes = every("passes"), mouths = record.effects.flatMap((effect) => effect.mouths || []);
      if (!closes.length && !passes.length && !mouths.length) return;
      const edges = [...closes, ...passes, ...mouths.map(([e]) => e)];
      record.undo.push(() => edges.forEach((e) => streets.weighEdge(e))); // the last to be undone
      this._set(record, streets.shut, closes, () => 1);
      this._set(record, streets.passable, passes, () => 1);
      for (const [e, node] of mouths) this._set(record, streets.u[e] === node ? streets.stubU : streets.stubV, [e], () => streets.stub(e));
      edges.forEach((e) => streets.weighEdge(e));
      this._move(record, closes, touched);
      edges.forEach((e) => this.homesOn.each(e, (home) => touched.add(home)));
      const longer = [...closes, ...mouths.map(([e]) => e)];
      for (const service of this._active) service.field.changed(longer, passes);
    }

    /** Set values of an array, and remember the old ones. */
    _set(record, array, places, value) {
      const was = places.map((place) => array[place]);
      places.forEach((place) => (array[place] = value(place)));
      record.undo.push(() => places.forEach((place, k) => (array[place] = was[k])));
    }

    /** Homes on closed streets leave by the nearest that none closes (nobody gains by it). */
    _move(record, closes, touched) {
      const { x, y } = this.homes, open = new Set(closes), leaves = [];
      for (const e of closes) {
        this.homesOn.each(e, (home) => {
          const free = (spot) => !this.barriers.crossed(x[home], y[home], spot.x, spot.y);
          this.moved.set(home, this.streets.tie(x[home], y[home], this.legLimit, (other) => !open.has(other), free));
          leaves.push(home);
          touched.add(home);
        });
      }
      record.undo.push(() => leaves.forEach((home) => this.moved.delete(home)));
    }

    /** Facilities added and removed, gates opened and closed. */
    _layPlaces(record, effect, touched) {
      if (effect.refused) return;
      for (const [number, row] of Object.entries(effect.removes || {})) this._remove(record, this.services[number], row, touched);
      if (effect.place && effect.takes) this._add(record, effect, touched);
      if (effect.gate) this._gate(record, effect, touched);
      if (effect.shuts) this._shut(record, effect.shuts, touched);
    }

    _remove(record, service, row, touched) {
      if (!service.field) return;
      service.field.shut(service.doorsOf(row));
      this._set(record, service.gone, [row], () => 1);
      this._dwell(record, service, service.homesIn.get(row) || [], -1, touched);
      this._besideDoors(service, service.doorsOf(row), touched);
    }

    _add(record, effect, touched) {
      const { place } = effect, found = new Map();
      const doors = (asGreen) => {
        if (!found.has(asGreen)) {
          found.set(asGreen, place.point ? lifecircle.doorOfPoint(this, place.point) : lifecircle.doorsOfArea(this, place.shape, asGreen));
        }
        return found.get(asGreen);
      };
      effect.doors = doors(effect.takes.some((number) => this.services[number].as_green));
      effect.home = place.shape && place.shape.kind === "area" ? this._homesIn(place.shape) : [];
      for (const service of effect.takes.map((number) => this.services[number])) {
        if (!service.field) continue;
        const numbers = service.field.add(doors(service.as_green).map((door) => ({ ...door, added: effect })));
        this._dwell(record, service, effect.home, 1, touched);
        this._besideDoors(service, numbers, touched);
      }
    }

    _gate(record, effect, touched) {
      const [x, y] = effect.gate;
      for (const service of this._active.filter((one) => one.as_green)) {
        const areas = [...Array.from(service.facilities, (row) => ({ row, shape: this.facilities[row].shape })), ...this._drawnFor(service)];
        let best = { metres: Infinity };
        for (const one of areas) {
          if (!one.shape || one.shape.kind !== "area") continue;
          const metres = lifecircle.metresTo(one.shape, x, y);
          if (metres < best.metres) best = { ...one, metres };
        }
        if (best.metres > GATE_M || (best.row !== undefined && service.gone[best.row])) continue;
        const onto = best.metres === 0 ? { x, y } : best.shape.near(x, y);
        const found = lifecircle.doorOfGate(this, onto).map((door) => ({ ...door, facility: best.row, added: best.effect }));
        effect.doors = found;
        this._besideDoors(service, service.field.add(found), touched);
      }
    }

    /** Shut every entrance beside a spot. */
    _shut(record, spot, touched) {
      for (const service of this._active) {
        const numbers = service.field.doors.flatMap((door, number) =>
          service.field.isOpen[number] && Math.hypot(door.x - spot.x, door.y - spot.y) <= BESIDE_M ? [number] : [],
        );
        service.field.shut(numbers);
        this._besideDoors(service, numbers, touched);
      }
    }

    /** Homes come to lie inside one facility more, or less. */
    _dwell(record, service, homes, by, touched) {
      for (const home of homes) {
        service.inside[home] += by;
        touched.add(home);
      }
      record.undo.push(() => homes.forEach((home) => (service.inside[home] -= by)));
    }

    _besideDoors(service, numbers, touched) {
      for (const number of numbers) this.homesOn.each(service.field.doors[number].edge, (home) => touched.add(home));
    }

    _homesIn(shape) {
      const [west, south, east, north] = shape.box, { x, y, count } = this.homes, found = [];
      for (let home = 0; home < count; home++) {
        if (x[home] < west || x[home] > east || y[home] < south || y[home] > north) continue;
        if (shape.holds(x[home], y[home])) found.push(home);
      }
      return found;
    }

    /** Walk anew from every home that what was laid may have touched. */
    _recount(service, past, touched) {
      const { streets, homesOn, stamp } = this, { field, walks } = service, round = (this.round += 1);
      const again = (home) => {
        if (stamp[home] === round) return;
        stamp[home] = round;
        const metres = this._walk(service, home);
        if (metres === walks[home]) return;
        past.homes.push(home);
        past.walks.push(walks[home]);
        walks[home] = metres;
      };
      touched.forEach(again);
      for (const home of this.moved.keys()) again(home);
      field.changedSince(past.field, (row) => {
        const node = streets.nodeOf(row);
        for (let k = streets.first[node]; k < streets.first[node + 1]; k++) homesOn.each(streets.edgeAt[k], again);
      });
    }

    /** The shapes of all facilities that the scenario adds, whatever they count for. */
    drawn() {
      return this.changes.filter((change) => change.do === "add_facility" || change.do === "move_facility").flatMap((change) => {
        const shape = change.geometry && change.geometry.type !== "Point" && lifecircle.Shape.from(change.geometry, this.toMetres);
        return shape ? [shape] : [];
      });
    }

    _drawnFor(service) {
      return this.laid.flatMap((record) => record.effects).flatMap((effect) =>
        effect.place && effect.takes && effect.takes.includes(service.number) && effect.place.shape ? [{ effect, shape: effect.place.shape }] : [],
      );
    }
  };

  /** Streets' changes are laid together, the others one by one. */
  function grouped(changes) {
    const streets = changes.filter((change) => lifecircle.turnOf(change) === 0);
    const others = changes.filter((change) => lifecircle.turnOf(change) > 0).map((change) => [change]);
    return streets.length ? [streets, ...others] : others;
  }

  const alike = (one, other) => one.length === other.length && one.every((change, k) => change === other[k]);

  /** Numbers by the group each belongs to. */
  lifecircle.Groups = class {
    constructor(groupOf, groups) {
      this.first = new Uint32Array(groups + 1);
      for (const group of groupOf) if (group >= 0) this.first[group + 1]++;
      for (let group = 0; group < groups; group++) this.first[group + 1] += this.first[group];
      const next = this.first.slice(0, groups);
      this.members = new Uint32Array(this.first[groups]);
      groupOf.forEach((group, number) => group >= 0 && (this.members[next[group]++] = number));
    }

    each(group, visit) {
      for (let k = this.first[group]; k < this.first[group + 1]; k++) visit(this.members[k]);
    }
  };

  /** Shapes told as runs of coordinates: xy flat in metres, n vertices each, of which shape, area or not. */
  function shapesOf({ xy, n, of, area }) {
    const shapes = Array.from(area, (one) => ({ area: one === 1, runs: [] }));
    let at = 0;
    n.forEach((count, run) => {
      const spots = Array.from({ length: count }, (_, k) => [xy[2 * (at + k)], xy[2 * (at + k) + 1]]);
      at += count;
      shapes[of[run]].runs.push(spots);
    });
    return shapes;
  }

  function homesOf(block) {
    const { exact } = lifecircle;
    return {
      count: block.edge.length,
      x: exact(block.x),
      y: exact(block.y),
      edge: Int32Array.from(block.edge),
      along: exact(block.along),
      leg: exact(block.leg),
      weight: Float64Array.from(block.weight),
      zone: Int32Array.from(block.zone),
    };
  }

  function facilitiesOf(block, plan) {
    return shapesOf(block.shapes).map(({ area, runs }, row) => {
      const [x, y] = runs[0][0];
      const shape = area ? new lifecircle.Shape("area", runs) : null;
      const metresTo = ([px, py]) => (shape ? lifecircle.metresTo(shape, px, py) : Math.hypot(px - x, py - y));
      return { row, id: block.id[row], name: block.name[row], category: block.category[row], x, y, shape, metresTo };
    });
  }

  function serviceOf(service, number, homes, facilities) {
    const { doors, kinds } = service, inside = new Int32Array(homes), homesIn = new Map();
    service.inside.home.forEach((home, k) => {
      inside[home] += 1;
      keep(homesIn, service.inside.facility[k], home);
    });
    const along = lifecircle.exact(doors.along), leg = lifecircle.exact(doors.leg);
    const made = Array.from(doors.edge, (edge, k) => ({
      edge,
      along: along[k],
      leg: leg[k],
      x: doors.x[k],
      y: doors.y[k],
      kind: kinds[doors.kind[k]],
      facility: doors.facility[k],
    }));
    const of = new Map();
    made.forEach((door, k) => keep(of, door.facility, k));
    const doorsOf = (row) => of.get(row) || [], gone = new Uint8Array(facilities);
    return { ...service, number, reach: service.reach_m, field: null, doors: made, doorsOf, inside, homesIn, gone };
  }

  function keep(lists, key, value) {
    if (lists.has(key)) lists.get(key).push(value);
    else lists.set(key, [value]);
  }
})();
