/* Tools: what each of them does with a place on the map. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { shapes, placing } = lifecircle;
  const STREET_M = 40, GATE_M = 60, FACILITY_PX = 14;

  /**
   * All tools by name. The desk they work at has: trial, options {what, form, area_m2, other, gated},
   * placed(kept), tell(key, values), ask(place, where), apart(place, point), aim(found), outline(drawn),
   * cursor(onMine), aimFacility(place, px), askAbout(category).
   */
  lifecircle.trialTools = function (desk) {
    const facility = (category, geometry) => ({ do: "add_facility", name: "", category, geometry });
    const spot = (category) => placing(desk, (place) => facility(category(), shapes.point(place)));
    return {
      look: new lifecircle.Look(desk),
      area: area(desk, facility),
      bus_stop: spot(() => "bus_stop"),
      other: spot(() => desk.options.other),
      move: new lifecircle.Move(desk),
      remove: remove(desk),
      close_street: street(desk, () => "close_street", "whatif_none_street", walkable),
      open: street(desk, () => (desk.options.gated === "compound" ? "open_gate" : "open_street"), "whatif_none_gated", gated),
      add_gate: placing(desk, (place) => ({ do: "add_gate", name: "", geometry: shapes.point(place) })),
      close_gate: closeGate(desk),
    };
  };

  /** A park: a ready shape that follows the hand, or an outline drawn corner by corner. */
  function area(desk, facility) {
    const { options } = desk;
    const ready = placing(desk, (place) =>
      facility(options.what, shapes.regular(desk.trial.plan, options.form, place, options.area_m2)),
    );
    const outline = new lifecircle.Outline(desk, (geometry) => facility(options.what, geometry));
    let inUse = ready;
    const now = () => {
      const chosen = options.form === "outline" ? outline : ready;
      if (chosen !== inUse) inUse.cancel(); // an outline that was begun is not left behind
      return (inUse = chosen);
    };
    const asked = ["hover", "act", "leave", "cancel", "back", "finish"];
    const ask = (name) => (...told) => {
      const tool = now();
      if (tool[name]) tool[name](...told);
    };
    return Object.fromEntries(asked.map((name) => [name, ask(name)]));
  }

  function remove(desk) {
    return {
      hover: (place) => desk.aimFacility(place, FACILITY_PX),
      leave: () => desk.aim(null),
      act: (place) => {
        const found = desk.aimFacility(place, FACILITY_PX);
        if (!found) return desk.tell("whatif_none_facility");
        const { name, category, target, at } = found;
        desk.placed(desk.trial.add({ do: "remove_facility", name, category, target, geometry: shapes.point(at) }));
      },
    };
  }

  /** A street under the hand, from junction to junction: closed, or opened to walk through. */
  function street(desk, deed, missing, which) {
    const { plan } = desk.trial, { streets } = plan;
    const near = (place) => {
      const tie = streets.tie(...plan.toMetres(...place), STREET_M, which(streets));
      const nodes = tie && lifecircle.stretch(streets, tie.edge, which(streets));
      const line = tie && nodes.map((node) => plan.toDegrees(streets.x[node], streets.y[node]));
      desk.aim(tie ? { line } : null);
      return tie && { line, name: streets.names[streets.name[tie.edge]] || "" };
    };
    return {
      hover: near,
      leave: () => desk.aim(null),
      act: (place) => {
        const found = near(place);
        if (!found) return desk.tell(missing);
        const geometry = { type: "LineString", coordinates: found.line };
        desk.placed(desk.trial.add({ do: deed(), name: found.name, geometry: deed() === "open_gate" ? shapes.point(shapes.middle(geometry)) : geometry }));
      },
    };
  }

  const walkable = (streets) => (e) => !streets.shut[e];
  const gated = (streets) => (e) => streets.gated[e] === 1 && !streets.passable[e];

  function closeGate(desk) {
    const near = (place) => {
      const found = desk.trial.plan.nearestGate(...place, GATE_M);
      desk.aim(found ? { place: [found.lon, found.lat] } : null);
      return found;
    };
    return {
      hover: near,
      leave: () => desk.aim(null),
      act: (place) => {
        const found = near(place);
        if (!found) return desk.tell("whatif_none_gate");
        desk.placed(desk.trial.add({ do: "close_gate", name: "", geometry: shapes.point([found.lon, found.lat]) }));
      },
    };
  }
})();
