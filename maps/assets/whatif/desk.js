/* Desk: what the tools work at: the trial, and what they need of the map and the page. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { shapes } = lifecircle;
  const BY_KEY = 1e-5; // of the world: whoever asks by keyboard means the home nearest to the cross

  /** A spot within a facility to point at, in degrees: the middle of its box, if that lies inside. */
  lifecircle.spotOf = function (plan, { x, y, shape }) {
    if (!shape) return plan.toDegrees(x, y);
    const [west, south, east, north] = shape.box, middle = [(west + east) / 2, (south + north) / 2];
    return plan.toDegrees(...(shape.holds(...middle) ? middle : [x, y]));
  };

  /** A facility as a change speaks of it. */
  function facilityOf(plan, one) {
    const at = lifecircle.spotOf(plan, one), { name, category, id, shape } = one;
    const rings = shape && shape.runs.map((run) => run.map(([x, y]) => plan.toDegrees(x, y)));
    return { name: name || "", category, target: id, at, geometry: shape ? shapes.ofRings(rings) : shapes.point(at) };
  }

  lifecircle.Desk = class {
    /** `bar` is set once there is one. */
    constructor(map, trial, stage, card) {
      Object.assign(this, { map, trial, stage, card, bar: null });
      this.options = { what: "park", form: "square", area_m2: 10000, other: null, gated: "street" };
    }

    aim(found) {
      this.stage.aim(found);
    }

    outline(drawn) {
      this.stage.outline(drawn);
    }

    cursor(onMine) {
      this.map.getContainer().classList.toggle("on-mine", onMine);
    }

    tell(key, values = {}) {
      this.bar.say(key, values, true);
    }

    /** Look at a standard that counts what is about to be added; the present one, if it does. */
    askAbout(category) {
      const { plan, standard } = this.trial, counted = plan.countsAs[category] || [];
      const counts = (one) => one.services.some((service) => counted.includes(plan.services[service].category));
      const other = category && !counts(standard) && plan.standards.find(counts);
      if (other) this.trial.ask(other.id);
    }

    /** Something was put down: say so, or why it has no effect; the hand is free again. */
    placed(refused) {
      if (refused) return this.bar.say(() => lifecircle.refusal(refused), {}, true);
      this.bar.choose("look", false);
      if (this.trial.changes.length) this.bar.say("whatif_hint_placed", {});
    }

    /** Pixels between a place and a point of the map. */
    apart(place, point) {
      return this.map.latLngToContainerPoint([place[1], place[0]]).distanceTo(point);
    }

    /** The corners of a shape that one can take hold of now. */
    gripped(geometry) {
      const at = ([lng, lat]) => this.map.latLngToContainerPoint([lat, lng]);
      return lifecircle.gripped(geometry, (place) => [at(place).x, at(place).y]);
    }

    ask(place, { slack, byKey }) {
      this.card.ask(place, byKey ? BY_KEY : slack / (256 * 2 ** this.map.getZoom()), byKey);
    }

    /** The facility under the hand, of those the question counts, ready to be moved or removed; else null. */
    aimFacility(place, px) {
      const { plan, standard } = this.trial, spot = plan.toMetres(...place);
      const perPixel = this.map.distance(...[0, 1].map((k) => this.map.containerPointToLatLng([0, k])));
      const rows = new Set(standard.services.flatMap((service) => Array.from(plan.services[service].facilities)));
      let nearest = null, least = px * perPixel;
      for (const row of rows) {
        const metres = plan.facilities[row].metresTo(spot);
        if (metres <= least) [nearest, least] = [plan.facilities[row], metres];
      }
      this.aim(nearest && { place: lifecircle.spotOf(plan, nearest) });
      return nearest && facilityOf(plan, nearest);
    }

    /** Bring a change into view, and choose it. */
    bring(row) {
      const { geometry } = this.trial.changes[row];
      this.trial.select(row);
      if (!geometry) return;
      lifecircle.goTo(this.map, L.latLngBounds(shapes.places(geometry).map(([lng, lat]) => [lat, lng])));
    }
  };
})();
