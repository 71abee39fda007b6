/* Card of a what-if: how far a home or any spot is, now and before, the way walked, and why not. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element, say } = lifecircle;
  const AFTER = 2, APART = 4; // bits of plan.state

  lifecircle.TrialCard = class {
    /** `places`: the homes and their names; `drawn()` draws the overlay anew. */
    constructor(trial, homes, drawn) {
      Object.assign(this, { trial, homes, drawn, asked: null, way: null });
      this.card = new lifecircle.Card(document.getElementById("card"), () => this._forget());
      trial.on((what) => what !== "tried" && this.asked && this._tell());
    }

    /** Tell of what lies at a place: a home, else the spot itself. */
    ask([lng, lat], slack, byKey) {
      this.asked = { home: this.homes.at(lifecircle.fromLatLng({ lng, lat }), slack), lng, lat, service: null };
      this._tell();
      if (byKey) this.card.focus();
    }

    openHome(home) {
      this.asked = { home, service: null };
      this._tell();
    }

    close() {
      if (this.asked) this.card.close();
    }

    _forget() {
      this.asked = this.way = null;
      this.drawn();
    }

    _tell() {
      this._walk();
      this.card.open(() => this._content());
      this.drawn();
    }

    /** The way to the nearest of the service asked for; of several, the nearest of all that is in question. */
    _walk() {
      const { plan, standard } = this.trial, { asked } = this;
      const services = asked.service === null ? standard.services : [asked.service];
      const some = asked.service !== null || standard.kind !== "circle" ? services : services.slice(0, 0);
      const ways = some.map((service) => this._way(service)).filter(Boolean);
      this.way = ways.reduce((best, one) => (!best || one.metres < best.metres ? one : best), null);
    }

    _way(service) {
      const { plan } = this.trial, { home, lng, lat } = this.asked;
      return home >= 0 ? plan.way(service, home) : plan.wayFrom(service, lng, lat);
    }

    _content() {
      const { home } = this.asked, { data } = lifecircle;
      const title = home < 0 ? say("whatif_spot") : lifecircle.named(data.homes.name[home] || say("one_home"));
      return [title, ...this._verdict(), this._facts(), this._services(), this._why()];
    }

    _verdict() {
      const { standard, plan } = this.trial, { home } = this.asked;
      if (home < 0) return standard.kind === "circle" ? [] : [lifecircle.verdict(this._walkWords(), this._near() ? "served" : "unserved")];
      const bits = plan.state(this.trial.number())[home];
      const kind = bits & AFTER ? "served" : bits & APART ? "unconnected" : "unserved";
      const figure = standard.kind === "circle" ? lifecircle.pick(standard) : this._walkWords();
      return [lifecircle.verdict(figure, kind), bits & APART ? lifecircle.remark(say("card_unconnected")) : null];
    }

    /** Whether the walk that is drawn is within reach. */
    _near() {
      const { standard } = this.trial;
      return standard.services.some((service) => {
        const way = this._way(service);
        return way && way.metres <= this.trial.reach_m(service);
      });
    }

    _walkWords() {
      if (!this.way) return say("whatif_far");
      return this.way.metres === 0 ? say("card_inside") : say("card_walk", { walk: lifecircle.metres(this.way.metres) });
    }

    _facts() {
      const { way } = this, before = this._before();
      const name = way && way.facility && lifecircle.named(way.facility.name || lifecircle.categoryName(way.facility.category));
      return lifecircle.facts([
        [say("card_before"), before],
        [say("card_to"), name],
        ["", way && way.facility && way.facility.added ? say("whatif_new") : null],
        [say("card_by"), way && way.metres > 0 && way.kind ? say("kind_" + way.kind.replace(/ /g, "_")) : null],
        [say("whatif_leg"), way && way.leg_m !== undefined ? lifecircle.metres(way.leg_m) : null],
        [say("card_weight"), this.asked.home >= 0 && lifecircle.data.people ? lifecircle.number(this.trial.plan.homes.weight[this.asked.home]) : null],
      ]);
    }

    /** The walk before any change, where that was another one. */
    _before() {
      const { plan, standard } = this.trial, { home, service } = this.asked;
      if (home < 0 || (standard.kind === "circle" && service === null)) return null;
      const least = (far) => Math.min(...(service === null ? standard.services : [service]).map(far));
      const before = least((one) => plan.before_m(one, home)), now = least((one) => plan.walk_m(one, home));
      if (before === now) return null;
      return Number.isFinite(before) ? lifecircle.metres(before) : say("whatif_far");
    }

    /** Of a standard of several services, each with its walk; a click draws the way there. */
    _services() {
      const { standard, plan } = this.trial;
      if (standard.kind === "plain") return null;
      const optional = (service) => standard.kind === "circle" && !standard.must.includes(service);
      const listed = [...standard.services].sort((a, b) => optional(a) - optional(b));
      const rows = listed.map((service) => {
        const way = this._way(service), metres = way ? way.metres : Infinity;
        const met = metres <= this.trial.reach_m(service);
        const button = lifecircle.button("", null, () => {
          this.asked.service = service;
          this._tell();
        });
        button.setAttribute("aria-pressed", String(this.asked.service === service));
        button.append(lifecircle.pick(plan.services[service]), optional(service) ? element("small", "", say("card_optional")) : "", element("span", "far", way ? lifecircle.metres(metres) : say("card_nowhere")));
        return element("li", met ? "" : "lacks", button);
      });
      return element("ul", "services", ...rows);
    }

    /** Why the home was unserved when the place was measured, before any change. */
    _why() {
      const { home, service } = this.asked, { standard, plan } = this.trial;
      const id = service === null ? standard.id : plan.services[service].id;
      const rows = lifecircle.data.why[id], why = home >= 0 && rows ? rows[home] : -1;
      return why < 0 ? null : lifecircle.facts([[say("whatif_why"), lifecircle.pick(lifecircle.data.reasons)[why]]]);
    }
  };
})();
