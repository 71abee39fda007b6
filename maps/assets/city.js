/* City: the page of a whole place; the reader chooses a question, and every home answers it. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element } = lifecircle;
  const SERVED = 0, UNSERVED = 1, UNCONNECTED = 2; // of a circle: 0 to 4 are its steps, 5 is unconnected
  const STATES = ["served", "unserved", "unconnected"];
  const APART_OF_STEPS = 5;
  const MOST_FROM_AFAR = 500;

  lifecircle.pages = lifecircle.pages || {};
  lifecircle.pages.city = function (map, data) {
    const homes = new lifecircle.Homes(data.homes);
    const facilities = new lifecircle.Facilities(data.facilities);
    const chosen = { question: undefined, home: undefined };
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
      when("facilities", (view) => crowded(view) || facilities.drawSymbols(view)),
      when("facilities", (view) => crowded(view) || facilities.drawNames(view)),
      ...ground.over,
    ]);
    facilities.shown = (row) => chosen.question.counts[row] === 1;
    ask(document.querySelector("input[name=question]:checked").value);
    sheet.addTo(map);
    const card = new lifecircle.Card(document.getElementById("card"), () => choose(undefined));

    /** From afar, so many facilities would hide the homes. */
    function crowded({ zoom }) {
      return zoom < 13.5 && chosen.question.counts.length > MOST_FROM_AFAR;
    }

    /** Let the map, the panel and the legend answer one question. */
    function ask(id) {
      chosen.question = data.questions.find((one) => one.id === id);
      const look = chosen.question.met ? bySteps(data, chosen.question) : byReach(data, chosen.question);
      homes.paint(look.classes, look.palette, look.order);
      for (const section of document.querySelectorAll("[data-question]")) section.hidden = section.dataset.question !== id;
      const view = chosen.question.met ? id : "served";
      for (const part of document.querySelectorAll("[data-view]")) part.hidden = part.dataset.view !== view;
      homes.hidden.clear();
      for (const box of document.querySelectorAll("#legend input[data-layer]")) {
        const rows = box.closest("[data-view]");
        if (!rows || !rows.hidden) hide(box.dataset.layer, box.checked);
      }
    }

    function hide(name, visible) {
      const isStep = name.startsWith("step-");
      let kind = isStep ? Number(name.slice(5)) : STATES.indexOf(name);
      if (kind < 0) return;
      if (name === "unconnected" && chosen.question.met) kind = APART_OF_STEPS;
      if (visible) homes.hidden.delete(kind);
      else homes.hidden.add(kind);
    }

    function choose(home) {
      chosen.home = home;
      sheet.draw();
    }

    function drawChoice(view) {
      if (chosen.home === undefined) return;
      homes.mark(view, chosen.home);
      const row = chosen.question.facility ? chosen.question.facility[chosen.home] : -1;
      if (row < 0) return;
      facilities.outline(view, row, data.style.colours["facility-edge"], 3);
      lifecircle.thread(view, homes.spots, chosen.home, facilities.spots, row);
    }

    function openHome(home) {
      choose(home);
      card.open(() => homeCard(data, facilities, home, chosen.question));
      lifecircle.uncover(map, homes.spots.x[home], homes.spots.y[home]);
    }

    function openFacility(row) {
      choose(undefined);
      card.open(() => facilities.card(row));
    }

    for (const choice of document.querySelectorAll("input[name=question]")) {
      choice.addEventListener("change", () => {
        ask(choice.value);
        if (chosen.home !== undefined) card.open(() => homeCard(data, facilities, chosen.home, chosen.question));
        sheet.draw();
      });
    }

    lifecircle.listen(map, (place, slack, _, byKey) => {
      const facility = on("facilities") && !byKey ? facilities.at(place, slack) : -1;
      const home = facility < 0 ? homes.at(place, byKey ? 1 : slack) : -1;
      const around = facility < 0 && home < 0 && on("facilities") ? facilities.around(place) : -1;
      if (facility >= 0) openFacility(facility);
      else if (home >= 0) openHome(home);
      else if (around >= 0) openFacility(around);
      else card.close();
      if (byKey && home >= 0) card.focus();
    });
    return { card, homes, facilities, openHome, openFacility };
  };

  function byReach(data, { served }) {
    const { colours } = data.style, { connected } = data.homes;
    const classes = new Uint8Array(served.length);
    for (let home = 0; home < classes.length; home++) {
      classes[home] = !connected[home] ? UNCONNECTED : served[home] ? SERVED : UNSERVED;
    }
    const palette = [
      { fill: colours.served },
      { fill: colours.unserved, edge: colours["unserved-edge"] },
      { fill: colours.unconnected, edge: colours.boundary, hatch: true },
    ];
    return { classes, palette, order: [SERVED, UNCONNECTED, UNSERVED] };
  }

  function bySteps(data, { met, step_of: stepOf }) {
    const { colours, steps } = data.style, { connected } = data.homes;
    const classes = met.map((count, home) => (connected[home] ? stepOf[count] : APART_OF_STEPS));
    const palette = steps.map((fill) => ({ fill, edge: "#3A3A3A" }));
    palette.push({ fill: colours.unconnected, edge: colours.boundary, hatch: true });
    return { classes, palette, order: [4, 3, 2, 1, APART_OF_STEPS, 0] };
  }

  /** What a home answers to every question, in one table; the chosen one first in weight. */
  function homeCard(data, facilities, home, chosen) {
    const { say } = lifecircle, block = data.homes;
    const rows = data.questions.map((question) => walkRow(data, facilities, home, question, question === chosen));
    const head = element("tr", "", element("th", "", say("city_column_what")), element("th", "", say("city_column_walk")));
    const table = element("table", "walks", element("thead", "", head), element("tbody", "", ...rows));
    table.setAttribute("aria-label", say("city_walks"));
    return [
      lifecircle.named(block.name[home] || say("one_home")),
      block.connected[home] ? null : lifecircle.remark(say("card_unconnected")),
      table,
      lifecircle.facts([
        [say("card_weight"), block.weight ? lifecircle.number(block.weight[home]) : null],
        [say("card_id"), block.id ? lifecircle.named(block.id[home]) : null],
      ]),
    ];
  }

  function walkRow(data, facilities, home, question, isAsked) {
    const { say, pick, named } = lifecircle;
    const title = element("th", "", named(pick(question.title)));
    title.scope = "row";
    const has = question.met ? question.met[home] === question.of : question.served[home] === 1;
    const row = element("tr", (has ? "has" : "lacks") + (isAsked ? " asked" : ""), title);
    if (question.met) {
      row.append(element("td", "", say("city_met_of", { n: question.met[home], of: question.of })));
      return row;
    }
    const place = question.facility[home];
    if (place >= 0) title.append(element("small", "", named(facilities.title(place))));
    const why = data.homes.connected[home] ? pick(data.reasons)[question.why[home]] : undefined;
    if (!has && why) title.append(element("small", "", why));
    row.append(element("td", "", walkWords(question, home, has)));
    return row;
  }

  function walkWords(question, home, has) {
    const walk = lifecircle.known(question.m[home]);
    if (walk === 0 && has) return lifecircle.say("city_inside");
    if (walk !== null) return lifecircle.metres(walk);
    return lifecircle.say(has ? "city_no_walk" : "city_nowhere");
  }
})();
