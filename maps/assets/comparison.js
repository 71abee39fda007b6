/* Comparison: the page of a scenario; before on the left of the divider, after on its right. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;

  lifecircle.pages = lifecircle.pages || {};
  lifecircle.pages.comparison = function (map, data) {
    const difference = new lifecircle.Difference(data.homes);
    const facilities = new lifecircle.Facilities(data.facilities);
    const numbered = new lifecircle.Numbered(data.numbered);
    const gone = new Set(data.gone);
    const chosen = {};
    const shown = lifecircle.legend((name, visible) => {
      difference.show(name, visible);
      redraw();
    });
    const on = (name) => shown[name] !== false;
    const when = (name, draw) => (view) => on(name) && draw(view);
    const seen = (row) => on(numbered.goes(row) ? "changes-gone" : "changes");
    const ground = lifecircle.ground(data.ground, on);

    const side = (after) => {
      const stands = (row) => !after || !gone.has(row);
      const places = (draw) => when("facilities", (view) => {
        facilities.shown = stands;
        draw(view);
        facilities.shown = () => true;
      });
      return new lifecircle.Sheet([
        places((view) => facilities.drawGrounds(view)),
        (view) => numbered.drawShapes(view, (row) => seen(row) && numbered.goes(row) !== after),
        (view) => difference.draw(view, after),
        places((view) => facilities.drawSymbols(view)),
      ]);
    };
    const sheets = [
      new lifecircle.Sheet(ground.under),
      side(false),
      side(true),
      new lifecircle.Sheet([
        ...ground.between,
        (view) => chosen.home !== undefined && difference.homes.mark(view, chosen.home),
        (view) => numbered.drawBadges(view, seen),
        when("facilities", (view) => facilities.drawNames(view)),
        ...ground.over,
      ]),
    ];
    for (const sheet of sheets) sheet.addTo(map);
    const swipe = new lifecircle.Swipe(map, sheets[1], sheets[2]);
    const card = new lifecircle.Card(document.getElementById("card"), () => choose({}));

    function redraw() {
      for (const sheet of sheets) sheet.draw();
    }

    function choose({ home, row = -1 }) {
      chosen.home = home;
      numbered.choose(row);
      redraw();
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
      const bounds = numbered.bounds(row);
      if (bounds) lifecircle.goTo(map, bounds);
    }

    numbered.listen(openNumbered);
    lifecircle.listen(map, (place, slack, point, byKey) => {
      const row = byKey ? -1 : numbered.at(point);
      const facility = row < 0 && on("facilities") && !byKey ? facilities.at(place, slack) : -1;
      const home = row < 0 && facility < 0 ? difference.homes.at(place, byKey ? 1 : slack) : -1;
      if (row >= 0) openNumbered(row);
      else if (facility >= 0) openFacility(facility);
      else if (home >= 0) openHome(home);
      else card.close();
      if (byKey && home >= 0) card.focus();
    });
    return { card, homes: difference.homes, swipe, numbered, openHome, openFacility, openNumbered };
  };
})();
