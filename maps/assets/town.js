/* Town: the quiet ground both kinds of page stand on, and what happens on a click. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const STREET = [[11, 0.4], [13, 0.7], [14, 1], [15, 1.5], [16, 2.4], [18, 5]];
  const STREETS_SHOWN = [[10.5, 0.15], [12.5, 0.5], [14, 1]];
  const HIT_PX = 9;

  /** Drawings of the ground, each asking whether it is switched on. */
  lifecircle.ground = function (ground, on) {
    const { colours } = lifecircle.data.style;
    const runs = Object.fromEntries(Object.entries(ground.areas).map(([kind, block]) => [kind, lifecircle.runs(block)]));
    const when = (name, draw) => (view) => on(name) && draw(view);
    const zones = lifecircle.zones(ground.zones);
    const veil = lifecircle.veil(runs.boundary, colours.paper);
    return {
      under: [
        when("green", lifecircle.areas(runs.green, { fill: colours.green })),
        when("water", lifecircle.areas(runs.water, { fill: colours.water })),
        when("streets", lifecircle.lines(lifecircle.runs(ground.streets), { colour: colours.street, width: STREET, share: STREETS_SHOWN })),
        (view) => lifecircle.baseSeen || veil(view),
      ],
      between: [when("zones", zones.lines)],
      over: [
        lifecircle.areas(runs.boundary, { edge: colours.boundary, width: [[12, 1.2]], dash: [6, 4] }),
        when("zones", zones.names),
        when("streets", lifecircle.streetNames(ground.names)),
      ],
    };
  };

  /** Lines between zones, and the name of each. */
  lifecircle.zones = function (block) {
    const colour = lifecircle.data.style.colours.zone, spots = lifecircle.spots(block), runs = lifecircle.runs(block.areas);
    const halo = lifecircle.areas(runs, { edge: "#fff", width: [[11, 2.4], [15, 4]] });
    const edges = lifecircle.areas(runs, { edge: colour, width: [[11, 1], [15, 1.8]], dash: [10, 4, 2, 4] });
    const lines = (view) => {
      halo(view);
      edges(view);
    };
    const names = (view) => {
      for (let row = 0; row < spots.count; row++) {
        if (!block.name[row] || !view.holds(spots.x[row], spots.y[row])) continue;
        const at = [view.px(spots.x[row]), view.py(spots.y[row])];
        lifecircle.label(view, block.name[row], at, 0, lifecircle.data.style.colours.ink, "600 12px");
      }
    };
    return { lines, names };
  };

  /** Ask `answer(place, slack, point)` what a click hit; Enter asks at the middle of the map. */
  lifecircle.listen = function (map, answer) {
    const ask = (latlng, byKey) => {
      const slack = (HIT_PX * (L.Browser.mobile ? 1.6 : 1)) / (256 * Math.pow(2, map.getZoom()));
      answer(lifecircle.fromLatLng(latlng), slack, map.latLngToLayerPoint(latlng), byKey);
    };
    map.on("click", (event) => ask(event.latlng, false));
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== map.getContainer()) return;
      event.preventDefault(); // else the same key press would close the card it opens
      ask(map.getCenter(), true);
    });
  };

  /** A thin dashed line from a home to a place it walks to. */
  lifecircle.thread = function (view, from, a, to, b) {
    const { g } = view;
    g.beginPath();
    g.moveTo(view.px(from.x[a]), view.py(from.y[a]));
    g.lineTo(view.px(to.x[b]), view.py(to.y[b]));
    g.strokeStyle = "#fff";
    g.lineWidth = 4;
    g.stroke();
    g.setLineDash([5, 4]);
    g.strokeStyle = lifecircle.data.style.colours.ink;
    g.lineWidth = 1.5;
    g.stroke();
    g.setLineDash([]);
  };
})();
