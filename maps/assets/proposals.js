/* Proposals: what to build where; each with its card, the homes it gains and the streets they walk. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const DOT = [[11, 0.9], [14, 1.6], [17, 3]];
  const WAY = [[11, 1.2], [14, 2], [17, 3.5]];

  lifecircle.pages = lifecircle.pages || {};
  lifecircle.pages.proposals = function (map, data) {
    const difference = new lifecircle.Difference(data.homes);
    const facilities = new lifecircle.Facilities(data.facilities);
    const numbered = new lifecircle.Numbered(data.numbered);
    const candidates = lifecircle.spots(data.candidates);
    const ways = lifecircle.runs(data.ways);
    const chosen = { row: -1 };
    const shown = lifecircle.legend((name, visible) => {
      difference.show(name, visible);
      sheet.draw();
    });
    const on = (name) => shown[name] !== false;
    const when = (name, draw) => (view) => on(name) && draw(view);
    const ground = lifecircle.ground(data.ground, on);
    const all = () => true;
    const sheet = new lifecircle.Sheet([
      ...ground.under,
      when("facilities", (view) => facilities.drawGrounds(view)),
      when("candidates", (view) => drawDots(view, candidates)),
      (view) => difference.draw(view, true),
      ...ground.between,
      when("ways", (view) => drawWays(view, ways, chosen.row)),
      when("proposals", (view) => numbered.drawShapes(view, all)),
      (view) => chosen.home !== undefined && difference.homes.mark(view, chosen.home),
      when("facilities", (view) => facilities.drawSymbols(view)),
      when("proposals", (view) => numbered.drawBadges(view, all)),
      when("facilities", (view) => facilities.drawNames(view)),
      ...ground.over,
    ]).addTo(map);
    const card = new lifecircle.Card(document.getElementById("card"), () => choose({}));

    function choose({ home, row = -1 }) {
      Object.assign(chosen, { home, row });
      numbered.choose(row);
      difference.single(row < 0 ? null : data.gained[row]);
      sheet.draw();
    }

    function openFacility(row) {
      choose({});
      card.open(() => facilities.card(row));
    }

    function openHome(home) {
      choose({ home });
      card.open(() => difference.card(home));
      lifecircle.uncover(map, difference.homes.spots.x[home], difference.homes.spots.y[home]);
    }

    function openNumbered(row) {
      choose({ row });
      card.open(() => numbered.card(row));
      const { x, y } = difference.homes.spots, gained = data.gained[row];
      const bounds = numbered.bounds(row, { x: Array.from(gained, (home) => x[home]), y: Array.from(gained, (home) => y[home]) });
      if (bounds) lifecircle.goTo(map, bounds);
    }

    numbered.listen(openNumbered);
    lifecircle.listen(map, (place, slack, point, byKey) => {
      const row = byKey || !on("proposals") ? -1 : numbered.at(point);
      const facility = row < 0 && on("facilities") && !byKey ? facilities.at(place, slack) : -1;
      const home = row < 0 && facility < 0 ? difference.homes.at(place, byKey ? 1 : slack) : -1;
      if (row >= 0) openNumbered(row);
      else if (facility >= 0) openFacility(facility);
      else if (home >= 0) openHome(home);
      else card.close();
      if (byKey && home >= 0) card.focus();
    });
    return { card, homes: difference.homes, numbered, openHome, openFacility, openNumbered };
  };

  /** All that were tried, as faint dots. */
  function drawDots(view, spots) {
    const { g } = view, radius = lifecircle.byZoom(DOT, view.zoom);
    g.fillStyle = lifecircle.data.style.colours.candidate;
    g.globalAlpha = 0.7;
    for (let spot = 0; spot < spots.count; spot++) {
      if (!view.holds(spots.x[spot], spots.y[spot])) continue;
      g.beginPath();
      g.arc(view.px(spots.x[spot]), view.py(spots.y[spot]), radius, 0, 2 * Math.PI);
      g.fill();
    }
  }

  /** The streets walked to each proposal; those of the chosen one bold. */
  function drawWays(view, ways, chosen) {
    const { g } = view, { colours } = lifecircle.data.style;
    g.lineJoin = g.lineCap = "round";
    for (let part = 0; part < ways.parts; part++) {
      const bold = ways.of[part] === chosen;
      if ((chosen >= 0 && !bold) || !view.sees(ways.box, part)) continue;
      const width = lifecircle.byZoom(WAY, view.zoom) + (bold ? 1.5 : 0);
      g.beginPath();
      lifecircle.trace(view, ways, part, false);
      for (const [colour, extra] of [["#fff", 2.5], [colours.change, 0]]) {
        g.strokeStyle = colour;
        g.lineWidth = width + extra;
        g.stroke();
      }
    }
  }
})();
