/* Stage: the city on one canvas, drawn anew when something is put down; what is under the hand on another. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { inks, shapes } = lifecircle;

  lifecircle.Stage = class {
    constructor(map, data, trial) {
      Object.assign(this, { map, data, trial, aimed: null, outlined: null, way: () => null });
      this.homes = new lifecircle.Homes(data.homes);
      this.facilities = new lifecircle.Facilities(data.facilities);
      this.facilities.shown = (row) => this.counted.has(data.facilities.counts_for[row]);
      this.classes = new lifecircle.HomeClasses(trial.plan);
      this.palette = lifecircle.HomeClasses.palette(data.style.colours);
      this.streets = new lifecircle.StreetsOnMap(trial.plan);
      this.doors = {};
      this.shown = lifecircle.legend((name) => this._switched(name));
      this._settle();
      this.city = new lifecircle.Sheet(this._cityDrawings());
      this.city.on("shown", () => this._shown());
      this.city.addTo(map);
      this.overlay = new lifecircle.Glass((view) => this._drawOverlay(view)).addTo(map);
      trial.on((what) => (what === "kept" || what === "chosen" ? this._renew(what) : this.draw()));
    }

    on(name) {
      return this.shown[name] !== false;
    }

    /** Draw what is under the hand. */
    draw() {
      const start = performance.now();
      this.overlay.draw();
      this.trial.timing.draw = performance.now() - start;
    }

    /** What the pointer would take hold of; null for nothing. */
    aim(found) {
      if (!found && !this.aimed) return;
      this.aimed = found;
      this.draw();
    }

    outline(drawn) {
      if (!drawn && !this.outlined) return;
      this.outlined = drawn;
      this.draw();
    }

    _cityDrawings() {
      const when = (name, draw) => (view) => this.on(name) && draw(view);
      const ground = lifecircle.ground(this.data.ground, (name) => this.on(name));
      return [
        () => void (this.begun = this.next), // a picture is painted from what is so when it is begun
        ...ground.under,
        when("facilities", (view) => this.facilities.drawGrounds(view)),
        (view) => this.homes.draw(view),
        ...ground.between,
        when("entrances", (view) => this._drawDoors(view)),
        when("facilities", (view) => this.facilities.drawSymbols(view)),
        when("facilities", (view) => this.facilities.drawNames(view)),
        ...ground.over,
      ];
    }

    /** Take homes and facilities as they are for the standard asked about. */
    _settle() {
      const { trial } = this, { services } = trial.plan;
      this.counted = new Set(trial.standard.services.map((service) => services[service].id));
      this.painted = trial.question;
      this.next = this.classes.now(trial.number());
      this.homes.paint(this.next, this.palette, lifecircle.HomeClasses.ORDER);
    }

    /** A picture of the city is finished: what it shows need not be drawn over it. */
    _shown() {
      this.classes.onScreen = this.begun;
      if (this.overlay) this.draw();
    }

    /** The city is drawn anew only if homes look otherwise, or the question is another one. */
    _renew(what) {
      if (what === "kept" || this.painted !== this.trial.question) {
        this._settle();
        this.city.draw();
      }
      this.draw();
    }

    _switched(name) {
      const kind = lifecircle.HomeClasses.NAMES.indexOf(name);
      if (kind >= 0) this.homes.hidden[this.on(name) ? "delete" : "add"](kind);
      this.city.draw();
      this.draw();
    }

    _drawDoors(view) {
      for (const id of this.counted) {
        const block = this.data.entrances[id];
        if (block) (this.doors[id] = this.doors[id] || new lifecircle.Entrances(block)).draw(view);
      }
    }

    _drawOverlay(view) {
      const { trial } = this;
      if (this.on("reach")) this._drawReached(view);
      this.homes.drawOver(view, this.classes.changed(trial.number()));
      if (this.on("changes")) this._drawChanges(view);
      if (this.aimed) inks.aim(view, this.aimed);
      if (this.outlined) inks.outline(view, this.outlined.corners, this.outlined.pointer);
      const way = this.way();
      if (way) inks.way(view, way.lonlat);
    }

    /** All changes, also one that has no effect, and the one under the hand where it is now. */
    _drawChanges(view) {
      const { trial } = this, { ghost } = trial;
      const now = (change, row) => ({ row, change: ghost && ghost.row === row ? ghost.change : change });
      const listed = trial.changes.map(now).filter((one) => one.change.geometry); // a file may name things only
      if (ghost && ghost.row < 0) listed.push(ghost);
      const look = ({ row }) => ({ chosen: row === trial.selected || row < 0, refused: trial.refusals.has(row) });
      for (const one of listed) this._drawOne(view, one.change, look(one), this._streetsOf(trial.order.indexOf(one.row)));
      trial.order.forEach((_, k) => inks.entrances(view, trial.plan.entrancesOf(k)));
      for (const one of listed) {
        const label = one.row < 0 ? "+" : String(one.row + 1);
        if (one.row >= 0 || one.change.geometry.type === "Point") inks.badge(view, one.change, label, look(one));
      }
      const chosen = !ghost && trial.changes[trial.selected];
      if (chosen && chosen.geometry) inks.handles(view, chosen.geometry);
    }

    _drawOne(view, change, look, streets) {
      const stood = change.do === "move_facility" && this._stood(change.target);
      if (stood) {
        inks.thread(view, stood, shapes.middle(change.geometry));
        inks.cross(view, stood);
      }
      inks.streets(view, streets, change);
      inks.change(view, change, look);
    }

    /** The streets that a change closes or opens. */
    _streetsOf(k) {
      const { closes = [], passes = [] } = this.trial.plan.effects[k] || {};
      return [...closes, ...passes].flatMap((e) => this.streets.edge(e));
    }

    /** Streets from which what is new is within reach; for a circle they would be all there are. */
    _drawReached(view) {
      const { order, standard } = this.trial;
      if (standard.kind === "circle") return;
      order.forEach((_, k) => {
        for (const service of standard.services) inks.reached(view, this.streets.reachedFrom(service, k));
      });
    }

    /** Where a facility stands today. */
    _stood(target) {
      const { plan } = this.trial;
      this.places = this.places || new Map(plan.facilities.map((one) => [one.id, one]));
      const found = this.places.get(target);
      return found && lifecircle.spotOf(plan, found);
    }
  };
})();
