/* Answers: what a plan can be asked: whom each standard serves now and as measured, ways walked, what is near. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const BEFORE = 1, NOW = 2, UNCONNECTED = 4;

  Object.assign(lifecircle.Plan.prototype, {
    /** Per home: 1 served as measured, 2 served now, 4 unconnected, added up. */
    state(number) {
      const state = this._still(number).state.slice();
      this._eachChanged(number, (home, bits) => (state[home] = bits));
      return state;
    },

    /** Homes whose answer is another than was measured. */
    turned(number) {
      const still = this._still(number), turned = new Set(still.turned);
      this._eachChanged(number, (home, bits) => (isTurned(bits) ? turned.add(home) : turned.delete(home)));
      return Int32Array.from(turned);
    },

    /** People served as measured and now, gained and lost, in all and by zone: counts only what changed. */
    result(number) {
      const { state, whole, zones: parts } = this._still(number), { weight, zone } = this.homes;
      const sum = { ...whole }, zones = parts.map((part) => ({ ...part }));
      this._eachChanged(number, (home, bits) => {
        for (const one of zone[home] >= 0 ? [sum, zones[zone[home]]] : [sum]) {
          tally(one, state[home], weight[home], -1);
          tally(one, bits, weight[home], 1);
        }
      });
      const side = (served) => ({ served, share: sum.total ? served / sum.total : null });
      return { ...sum, before: side(sum.before), after: side(sum.after), zones };
    },

    /** The services a standard is served by: any of them, or for a circle all. */
    _servicesOf(number) {
      const { kind, must, services } = this.standards[number];
      return (kind === "circle" && must.length ? must : services).map((k) => this._ready(k));
    },

    /** What holds of a home: `walks` says by which column of a service. */
    _bits(services, all, home, walks) {
      let before = all, now = all;
      for (const service of services) {
        const was = service.before[home] <= service.reach_m, is = service[walks][home] <= service.reach;
        before = all ? before && was : before || was;
        now = all ? now && is : now || is;
      }
      return (before ? BEFORE : 0) | (now ? NOW : 0) | (this.homes.edge[home] < 0 ? UNCONNECTED : 0);
    },

    /** All homes counted as if nothing had changed but the reach; kept until the reach is moved. */
    _still(number) {
      const services = this._servicesOf(number), key = services.map((one) => one.reach).join();
      const kept = this.still.get(number);
      if (kept && kept.key === key) return kept;
      const { weight, zone, count } = this.homes, all = this.standards[number].kind === "circle";
      const made = { key, state: new Uint8Array(count), whole: nobody(), zones: this.zones.map(nobody), turned: [] };
      for (let home = 0; home < count; home++) {
        const bits = (made.state[home] = this._bits(services, all, home, "before"));
        tally(made.whole, bits, weight[home], 1);
        if (zone[home] >= 0) tally(made.zones[zone[home]], bits, weight[home], 1);
        if (isTurned(bits)) made.turned.push(home);
      }
      this.still.set(number, made);
      return made;
    },

    /** Visit every home whose walk to a standard's services has changed, once, with what holds of it. */
    _eachChanged(number, visit) {
      const services = this._servicesOf(number), all = this.standards[number].kind === "circle";
      const round = (this.round += 1), { stamp } = this;
      for (const record of this.laid) {
        for (const service of services) {
          for (const home of record.past.get(service.number).homes) {
            if (stamp[home] === round) continue;
            stamp[home] = round;
            visit(home, this._bits(services, all, home, "walks"));
          }
        }
      }
    },

    /** The way from a home to what it walks to now: {metres, facility, kind, lonlat}; null where there is none. */
    way(number, home) {
      const service = this._ready(number), { x, y, edge, along, leg } = this.homes;
      const metres = service.walks[home];
      if (!(metres < Infinity)) return null;
      if (service.inside[home] > 0) return { metres, inside: true, facility: null, kind: null, lonlat: new Float64Array(0) };
      const other = this.moved.get(home), tie = other || { edge: edge[home], along: along[home], leg: leg[home] };
      return this._wayFrom(service, [x[home], y[home]], tie, metres);
    },

    /** The way from any place: tied to the nearest street that no barrier parts it from; null where there is none. */
    wayFrom(number, lon, lat) {
      const service = this._ready(number), [x, y] = this.toMetres(lon, lat);
      const free = (spot) => !this.barriers.crossed(x, y, spot.x, spot.y);
      const tie = this.streets.tie(x, y, this.legLimit, (e) => !this.streets.shut[e], free);
      if (!tie) return null;
      const metres = tie.leg + service.field.metresAt(tie.edge, tie.along);
      return metres < Infinity ? { ...this._wayFrom(service, [x, y], tie, metres), leg_m: tie.leg } : null;
    },

    _wayFrom(service, from, tie, metres) {
      const { streets } = this, { field } = service, walk = field.walk(tie.edge, tie.along);
      const spots = [from, streets.spot(tie.edge, tie.along)];
      if (walk.row >= 0) {
        for (const row of field.rowsFrom(walk.row)) {
          const node = streets.nodeOf(row);
          spots.push([streets.x[node], streets.y[node]]);
        }
      }
      const door = field.doors[walk.door];
      spots.push(streets.spot(door.edge, door.along), [door.x, door.y]);
      const lonlat = Float64Array.from(spots.flatMap(([x, y]) => this.toDegrees(x, y)));
      return { metres, inside: false, facility: this._facilityOf(door), kind: door.kind, lonlat };
    },

    _facilityOf(door) {
      if (door.added) return { name: door.added.change.name || null, category: door.added.change.category || null, added: true, row: -1 };
      const { name, category, row } = this.facilities[door.facility];
      return { name, category, added: false, row };
    },

    /** The street nearest to a place: {edge, lonlat, name, through, metres}, or null. */
    nearestStreet(lon, lat, within_m) {
      const [px, py] = this.toMetres(lon, lat), { streets } = this, { x, y, u, v } = streets;
      const tie = streets.tie(px, py, within_m, (e) => !streets.shut[e]);
      if (!tie) return null;
      const e = tie.edge, lonlat = [u[e], v[e]].map((node) => this.toDegrees(x[node], y[node]));
      return { edge: e, lonlat, name: streets.names[streets.name[e]] || null, through: !streets.gated[e] || streets.passable[e] === 1, metres: tie.leg };
    },

    /** The entrance nearest to a place: {lon, lat, kind, facility}, or null. */
    nearestGate(lon, lat, within_m) {
      const [x, y] = this.toMetres(lon, lat);
      let best = { metres: within_m };
      for (const service of this.services) {
        for (const door of service.doors) {
          const metres = Math.hypot(door.x - x, door.y - y);
          if (metres <= best.metres && this.facilities[door.facility].shape) best = { metres, door };
        }
      }
      if (!best.door) return null;
      const [gateLon, gateLat] = this.toDegrees(best.door.x, best.door.y);
      return { lon: gateLon, lat: gateLat, kind: best.door.kind, facility: this._facilityOf(best.door) };
    },

    /** The facility nearest to a place, 0 m within it: {row, id, name, category, metres}, or null. */
    nearestFacility(lon, lat, within_m) {
      const point = this.toMetres(lon, lat);
      let best = { metres: Infinity };
      for (const { row, id, name, category, metresTo } of this.facilities) {
        const metres = metresTo(point);
        if (metres <= within_m && metres < best.metres) best = { row, id, name, category, metres };
      }
      return best.metres < Infinity ? best : null;
    },

    /** The entrances found for a change: [{lon, lat, kind}]. */
    entrancesOf(k) {
      const doors = (this.effects[k] && this.effects[k].doors) || [];
      return doors.map((door) => {
        const [lon, lat] = this.toDegrees(door.x, door.y);
        return { lon, lat, kind: door.kind };
      });
    },

    /** Parts of streets from which what a change adds is within reach: Float64Array lon, lat, lon, lat of each. */
    reachedFrom(number, k) {
      const service = this._ready(number), { streets } = this, { field } = service, parts = [];
      const own = (row) => field.door[row] >= 0 && field.doors[field.door[row]].added === this.effects[k];
      for (let e = 0; e < streets.count; e++) {
        const u = streets.rowInto(e, streets.u[e]), v = streets.rowInto(e, streets.v[e]), { length } = streets;
        if (!own(u) && !own(v)) continue;
        const left = (row) => (own(row) ? Math.max(service.reach - field.metres[row], 0) / length[e] : 0);
        const a = left(u), b = left(v);
        if (a + b >= 1) parts.push([e, 0, 1]);
        else {
          if (a > 0) parts.push([e, 0, a]);
          if (b > 0) parts.push([e, 1 - b, 1]);
        }
      }
      return Float64Array.from(parts.flatMap(([e, from, to]) => [from, to].flatMap((part) => this.toDegrees(...streets.spot(e, part * streets.length[e])))));
    },
  });

  const nobody = () => ({ total: 0, before: 0, after: 0, gained: 0, lost: 0, gained_homes: 0, lost_homes: 0 });

  const isTurned = (bits) => Boolean(bits & BEFORE) !== Boolean(bits & NOW);

  /** Add a home to a sum, or take it away (`by` -1). */
  function tally(sum, state, people, by) {
    const was = state & BEFORE, is = state & NOW;
    sum.total += by * people;
    if (was) sum.before += by * people;
    if (is) sum.after += by * people;
    if (is && !was) {
      sum.gained += by * people;
      sum.gained_homes += by;
    }
    if (was && !is) {
      sum.lost += by * people;
      sum.lost_homes += by;
    }
  }
})();
