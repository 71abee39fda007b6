/* Cells: a public page; squares that hold many homes, coloured by the share of them served. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element } = lifecircle;
  const REACH = [[11, 0.8], [14, 1.3], [16, 2.2], [18, 4.5]];
  const CLASSES = 5, UNKNOWN = 255;
  const none = { xy: [], n: [], of: [] };

  lifecircle.pages = lifecircle.pages || {};
  lifecircle.pages.cells = function (map, data) {
    const cells = new lifecircle.Homes(data.homes);
    const facilities = new lifecircle.Facilities(data.facilities);
    const gaps = data.gaps ? new lifecircle.Gaps(data.gaps) : null;
    const chosen = { service: null };
    const shown = lifecircle.legend(switched);
    const on = (name) => shown[name] !== false;
    const when = (name, draw) => (view) => on(name) && draw(view);
    const { colours } = data.style;
    const ground = lifecircle.ground(data.ground, on);
    const reach = lifecircle.lines(lifecircle.runs(data.reach || none), { colour: colours.served, width: REACH, alpha: 0.7 });
    const area = { fill: colours.area, alpha: 0.5, edge: colours["area-edge"], width: [[12, 0.5], [15, 1.2]] };
    const sheet = new lifecircle.Sheet([
      ...ground.under,
      when("area", lifecircle.areas(lifecircle.runs(data.area || none), area)),
      when("facilities", (view) => facilities.drawGrounds(view)),
      faded((view) => cells.draw(view)),
      when("reach", reach),
      when("gaps", (view) => gaps && gaps.draw(view)),
      ...ground.between,
      (view) => drawChoice(view),
      when("facilities", (view) => facilities.drawSymbols(view)),
      when("gaps", (view) => gaps && gaps.drawBadges(view)),
      when("facilities", (view) => facilities.drawNames(view)),
      ...ground.over,
    ]);
    if (data.services) facilities.shown = (row) => facilities.block.category[row] === chosen.service;
    recolour(null);
    sheet.addTo(map);
    const card = new lifecircle.Card(document.getElementById("card"), () => choose({}));
    if (data.services) lifecircle.onLanguage(() => recolour(chosen.service));

    /** Colour by what the page is about, or by one service of a circle. */
    function recolour(service) {
      chosen.service = service;
      const one = data.services && data.services.find(({ id }) => id === service);
      const share = one ? one.share : data.homes.share;
      const kind = (per_cent) => (per_cent === UNKNOWN ? CLASSES : Math.min(Math.floor((per_cent * CLASSES) / 100), CLASSES - 1));
      const classes = Uint8Array.from(share, kind);
      const palette = data.shares.map((fill) => ({ fill, edge: "#6E6E6E" }));
      palette.push({ fill: colours.unconnected, edge: colours.boundary, hatch: true });
      cells.paint(classes, palette, [...palette.keys()]);
      for (const view of document.querySelectorAll("[data-view]")) {
        view.hidden = (view.dataset.view === "overall") !== (service === null);
      }
      for (const button of document.querySelectorAll("[data-category]")) {
        button.setAttribute("aria-pressed", String((button.dataset.category || null) === service));
      }
      const said = document.getElementById("service-shares");
      if (said) said.textContent = one ? lifecircle.pick(one.shares) : "";
    }

    function switched(name, visible) {
      const kind = name === "unconnected" ? CLASSES : name.startsWith("share-") ? Number(name.slice(6)) : -1;
      if (kind >= 0 && visible) cells.hidden.delete(kind);
      if (kind >= 0 && !visible) cells.hidden.add(kind);
      sheet.draw();
    }

    function choose({ home, gap }) {
      Object.assign(chosen, { home, gap });
      if (gaps) gaps.chosen = gap;
      sheet.draw();
    }

    function drawChoice(view) {
      if (chosen.gap !== undefined) gaps.mark(view, chosen.gap);
      if (chosen.home !== undefined) cells.mark(view, chosen.home);
    }

    function openHome(home) {
      choose({ home });
      card.open(() => cellCard(data, chosen.service, home));
      lifecircle.uncover(map, cells.spots.x[home], cells.spots.y[home]);
    }

    function openFacility(row) {
      choose({});
      card.open(() => facilities.card(row));
    }

    function openGap(gap) {
      choose({ gap });
      card.open(() => lifecircle.gapCard(data, gap));
    }

    lifecircle.listen(map, (place, slack, point, byKey) => {
      const gap = gaps && on("gaps") && !byKey ? gaps.at(point) : -1;
      const facility = gap < 0 && on("facilities") && !byKey ? facilities.at(place, slack) : -1;
      const home = gap < 0 && facility < 0 ? cells.at(place, byKey ? 1 : slack) : -1;
      if (gap >= 0) openGap(gap);
      else if (facility >= 0) openFacility(facility);
      else if (home >= 0) openHome(home);
      else card.close();
      if (byKey && home >= 0) card.focus();
    });
    for (const button of document.querySelectorAll("[data-gap]")) {
      button.addEventListener("click", () => {
        const gap = Number(button.dataset.gap);
        openGap(gap);
        lifecircle.goTo(map, gaps.bounds(gap));
      });
    }
    for (const button of document.querySelectorAll("[data-category]")) {
      button.addEventListener("click", () => {
        recolour(button.dataset.category || null);
        sheet.draw();
      });
    }
    return { card, homes: cells, openHome, openFacility, openGap: gaps ? openGap : undefined };
  };

  /** Streets and water are to be seen through what is drawn over all of them. */
  function faded(draw) {
    return function (view) {
      view.g.globalAlpha = 0.72;
      return draw(view);
    };
  }

  function cellCard(data, service, cell) {
    const { say } = lifecircle;
    const one = data.services && data.services.find(({ id }) => id === service);
    const share = (one ? one.share : data.homes.share)[cell];
    const what = data.services && !one ? "cell_services" : "cell_served";
    return [
      say("cell_title", { n: data.homes.side[cell] }),
      share === UNKNOWN
        ? lifecircle.remark(say("card_unconnected", {}))
        : element("p", "card-figure", element("strong", "", say("cell_share", { n: share })), " ", say(what, {})),
      lifecircle.facts([[say(data.people ? "card_weight" : "card_homes", {}), lifecircle.amount(data.homes.people[cell])]]),
    ];
  }
})();
