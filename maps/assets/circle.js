/* Circle: the page of the 15-minute circle; how many services each home has, and which it lacks. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element } = lifecircle;

  lifecircle.pages = lifecircle.pages || {};
  lifecircle.pages.circle = function (map, data) {
    const homes = new lifecircle.Homes(data.homes);
    const facilities = new lifecircle.Facilities(data.facilities);
    const state = { category: null, home: undefined, service: null };
    const shown = lifecircle.legend((name, visible) => {
      hide(name, visible);
      sheet.draw();
    });
    const on = (name) => shown[name] !== false;
    const when = (name, draw) => (view) => on(name) && draw(view);
    const ground = lifecircle.ground(data.ground, on);
    const sheet = new lifecircle.Sheet([
      ...ground.under,
      when("facilities", (view) => facilities.drawGrounds(view)),
      (view) => homes.draw(view),
      ...ground.between,
      (view) => drawChoice(view),
      when("facilities", (view) => facilities.drawSymbols(view)),
      when("facilities", (view) => facilities.drawNames(view)),
      ...ground.over,
    ]);
    facilities.shown = (row) => state.category !== null && facilities.block.category[row] === state.category;
    recolour(null);
    lifecircle.onLanguage(() => recolour(state.category));
    sheet.addTo(map);
    const card = new lifecircle.Card(document.getElementById("card"), () => choose(undefined));

    /** Colour by the number of services met, or by one service. */
    function recolour(category) {
      state.category = category;
      const look = category === null ? byCount(data) : byService(data, category);
      homes.paint(look.classes, look.palette, look.order);
      homes.hidden.clear();
      const service = data.services.find(({ id }) => id === category);
      document.getElementById("service-shares").textContent = service ? lifecircle.pick(service.shares) : "";
      for (const view of document.querySelectorAll("[data-view]")) {
        view.hidden = (view.dataset.view === "overall") !== (category === null);
      }
      for (const button of document.querySelectorAll("[data-category]")) {
        button.setAttribute("aria-pressed", String((button.dataset.category || null) === category));
      }
      for (const box of document.querySelectorAll("#legend input[data-layer]")) hide(box.dataset.layer, box.checked);
    }

    function hide(name, visible) {
      const kinds = state.category === null ? { unconnected: 5 } : { served: 0, unserved: 1, unconnected: 2 };
      if (state.category === null && name.startsWith("step-")) kinds[name] = Number(name.slice(5));
      if (!(name in kinds)) return;
      if (visible) homes.hidden.delete(kinds[name]);
      else homes.hidden.add(kinds[name]);
    }

    function choose(home) {
      state.home = home;
      sheet.draw();
    }

    function drawChoice(view) {
      if (state.home === undefined) return;
      homes.mark(view, state.home);
      const service = data.services.find(({ id }) => id === state.category);
      if (!service || service.facility[state.home] < 0) return;
      lifecircle.thread(view, homes.spots, state.home, facilities.spots, service.facility[state.home]);
    }

    function openFacility(row) {
      choose(undefined);
      card.open(() => facilities.card(row));
    }

    function openHome(home) {
      choose(home);
      card.open(() => homeCard(data, facilities, home));
      lifecircle.uncover(map, homes.spots.x[home], homes.spots.y[home]);
    }

    lifecircle.listen(map, (place, slack, _, byKey) => {
      const facility = on("facilities") && !byKey ? facilities.at(place, slack) : -1;
      const home = facility < 0 ? homes.at(place, byKey ? 1 : slack) : -1;
      if (facility >= 0) openFacility(facility);
      else if (home >= 0) openHome(home);
      else card.close();
      if (byKey && home >= 0) card.focus();
    });

    for (const button of document.querySelectorAll("[data-category]")) {
      button.addEventListener("click", () => {
        recolour(button.dataset.category || null);
        sheet.draw();
      });
    }
    return { card, homes, openHome, openFacility, recolour };
  };

  /** Classes 0 to 4 are the steps of the count, 5 is unconnected. */
  function byCount(data) {
    const { colours, steps } = data.style;
    const palette = steps.map((fill) => ({ fill, edge: "#3A3A3A" }));
    palette.push({ fill: colours.unconnected, edge: colours.boundary, hatch: true });
    const classes = Uint8Array.from(data.homes.met, (met, home) => (data.homes.connected[home] ? data.step_of[met] : 5));
    return { classes, palette, order: [4, 3, 2, 1, 5, 0] };
  }

  function byService(data, category) {
    const { colours } = data.style;
    const { m, reach_m: reach } = data.services.find(({ id }) => id === category);
    const palette = [
      { fill: colours.served },
      { fill: colours.unserved, edge: colours["unserved-edge"] },
      { fill: colours.unconnected, edge: colours.boundary, hatch: true },
    ];
    const classes = Uint8Array.from(m, (walk, home) => (!data.homes.connected[home] ? 2 : walk >= 0 && walk <= reach ? 0 : 1));
    return { classes, palette, order: [0, 2, 1] };
  }

  function homeCard(data, facilities, home) {
    const { say } = lifecircle;
    const must = data.services.filter((service) => service.must_have);
    const has = ({ m, reach_m: reach }) => m[home] >= 0 && m[home] <= reach;
    const missing = must.filter((service) => !has(service)), met = must.filter(has);
    const optional = data.services.filter((service) => !service.must_have);
    const list = (services) => serviceList(services, facilities, home, has);
    const section = (heading, services) => (services.length ? element("section", "", element("h3", "", heading), list(services)) : null);
    return [
      lifecircle.named(data.homes.name[home] || say("one_home", {})),
      lifecircle.verdict(say("card_met_of", { n: met.length, of: must.length }), data.homes.connected[home] ? null : "unconnected"),
      section(say("card_missing", { n: missing.length }), missing),
      section(say("card_met", { n: met.length }), met),
      section(say("card_optional", {}), optional),
      lifecircle.facts([[say("card_id", {}), lifecircle.named(data.homes.id[home])]]),
    ];
  }

  function serviceList(services, facilities, home, has) {
    const { say, metres } = lifecircle;
    const list = element("ul", "services");
    for (const service of services) {
      const walk = lifecircle.known(service.m[home]), row = service.facility[home];
      const nowhere = service.absent ? "circle_absent_short" : "card_nowhere";
      const far = element("span", "far", walk === null ? say(nowhere, {}) : metres(walk));
      const own = row >= 0 && facilities.block.name[row];
      const title = element("span", "service", lifecircle.pick(service.name), own ? element("small", "", lifecircle.named(own)) : "");
      list.append(element("li", has(service) ? "has" : "lacks", title, far));
    }
    return list;
  }
})();
