/* What if: one tries changes on the map, and sees at once who is served. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;

  /** A spot within a facility to point at, in degrees: the middle of its box, if that lies inside. */
  lifecircle.spotOf = function (plan, { x, y, shape }) {
    if (!shape) return plan.toDegrees(x, y);
    const [west, south, east, north] = shape.box, middle = [(west + east) / 2, (south + north) / 2];
    return plan.toDegrees(...(shape.holds(...middle) ? middle : [x, y]));
  };

  /** A facility as a change speaks of it. */
  lifecircle.facilityOf = function (plan, one) {
    const at = lifecircle.spotOf(plan, one), { name, category, id, shape } = one;
    const rings = shape && shape.runs.map((run) => run.map(([x, y]) => plan.toDegrees(x, y)));
    return { name: name || "", category, target: id, at, geometry: shape ? lifecircle.shapes.ofRings(rings) : lifecircle.shapes.point(at) };
  };

  lifecircle.pages = lifecircle.pages || {};
  lifecircle.pages.whatif = function (map, data) {
    const plan = new lifecircle.Plan(data.walk);
    const trial = new lifecircle.Trial(plan, plan.standards[0].id);
    const stage = new lifecircle.Stage(map, data, trial);
    const card = new lifecircle.TrialCard(trial, stage.homes, () => stage.draw());
    stage.way = () => card.way;
    const work = new Desk(map, trial, stage, card);
    const tools = lifecircle.trialTools(work);
    const bar = new lifecircle.ToolBar(plan.addable, work.options, { chosen: take, acted: (name) => act(name) });
    Object.assign(work, { bar, home: () => bar.choose("look", false) });
    const hands = lifecircle.hands(map, () => tools[bar.name], {
      Delete: () => trial.selected >= 0 && trial.remove(trial.selected),
      Backspace: () => trial.selected >= 0 && trial.remove(trial.selected),
      Escape: () => act("cancel"),
    });
    let inHand = tools.look;

    function take(name, byKey) {
      if (inHand !== tools[name] && inHand.cancel) inHand.cancel();
      inHand = tools[name];
      work.askAbout({ area: work.options.what, bus_stop: "bus_stop", other: work.options.other }[name]);
      stage.aim(null);
      card.close();
      map.doubleClickZoom[name === "look" ? "enable" : "disable"]();
      document.body.classList.toggle("aiming", name !== "look");
      if (byKey) hands.byKeyboard();
    }

    function act(name) {
      const tool = tools[bar.name];
      if (tool[name]) tool[name]();
      if (name === "cancel") bar.choose("look", false);
    }

    const panel = lifecircle.whatifPanel(trial, {
      place: data.place,
      pickUp: (row) => {
        bar.choose("look", false);
        tools.look.pickUp(row);
        bar.say("whatif_hint_carry", {});
        hands.byKeyboard();
      },
      show: (row) => work.bring(row),
      tell: (key, values, grave) => bar.say(key, values, grave),
    });
    window.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.target.matches("input")) return;
      const key = event.key.toLowerCase(), again = key === "y" || (key === "z" && event.shiftKey);
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (again) trial.redo();
      else trial.undo();
    });
    const openHome = (home) => card.openHome(home);
    return { homes: stage.homes, plan, trial, stage, bar, card: card.card, openHome, panel, tools, timing: trial.timing };
  };

  /** What the tools work at: the trial, and what they need of the map and the page. */
  class Desk {
    constructor(map, trial, stage, card) {
      Object.assign(this, { map, trial, stage, card });
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
      if (!refused) this.home();
      if (refused) this.bar.say(() => lifecircle.refusal(refused), {}, true);
      else if (this.trial.changes.length) this.bar.say("whatif_hint_placed", {});
    }

    /** Pixels between a place and a point of the map. */
    apart(place, point) {
      return this.map.latLngToContainerPoint([place[1], place[0]]).distanceTo(point);
    }

    ask(place, where) {
      const slack = where.slack / (256 * 2 ** this.map.getZoom());
      this.card.ask(place, where.byKey ? 1e-5 : slack, where.byKey);
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
      return nearest && lifecircle.facilityOf(plan, nearest);
    }

    /** Bring a change into view, and choose it. */
    bring(row) {
      const { geometry } = this.trial.changes[row];
      this.trial.select(row);
      if (!geometry) return;
      const places = lifecircle.shapes.places(geometry).map(([lng, lat]) => [lat, lng]);
      lifecircle.goTo(this.map, L.latLngBounds(places));
    }
  }
})();
