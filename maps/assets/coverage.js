/* Coverage: the page of one standard; who is served, who is not, and why. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const SERVED = 0, UNSERVED = 1, UNCONNECTED = 2;
  const STATES = ["served", "unserved", "unconnected"];
  const REACH = [[11, 0.8], [14, 1.3], [16, 2.2], [18, 4.5]];
  const NOTICED_DETOUR = 1.3;

  lifecircle.pages = lifecircle.pages || {};
  lifecircle.pages.coverage = function (map, data) {
    const homes = new lifecircle.Homes(data.homes);
    const facilities = new lifecircle.Facilities(data.facilities);
    const entrances = new lifecircle.Entrances(data.entrances);
    const gaps = new lifecircle.Gaps(data.gaps);
    const ways = data.walk ? new lifecircle.Ways(data.walk) : null;
    const chosen = {};
    const shown = lifecircle.legend(switched);
    const on = (name) => shown[name] !== false;
    const when = (name, draw) => (view) => on(name) && draw(view);

    homes.paint(Uint8Array.from(data.homes.state), palette(data.style.colours), [SERVED, UNCONNECTED, UNSERVED]);
    const ground = lifecircle.ground(data.ground, on);
    const reach = lifecircle.lines(lifecircle.runs(data.reach), { colour: data.style.colours.served, width: REACH, alpha: 0.7 });
    const look = { fill: data.style.colours.area, alpha: 0.5, edge: data.style.colours["area-edge"], width: [[12, 0.5], [15, 1.2]] };
    const sheet = new lifecircle.Sheet([
      ...ground.under,
      when("area", lifecircle.areas(lifecircle.runs(data.area), look)),
      when("facilities", (view) => facilities.drawGrounds(view)),
      when("reach", reach),
      when("gaps", (view) => gaps.draw(view)),
      (view) => homes.draw(view),
      ...ground.between,
      (view) => drawChoice(view),
      when("entrances", (view) => entrances.draw(view)),
      when("facilities", (view) => facilities.drawSymbols(view)),
      when("gaps", (view) => gaps.drawBadges(view)),
      when("facilities", (view) => facilities.drawNames(view)),
      ...ground.over,
    ]).addTo(map);
    const card = new lifecircle.Card(document.getElementById("card"), () => choose({}));

    function switched(name, visible) {
      const state = STATES.indexOf(name);
      if (state >= 0 && visible) homes.hidden.delete(state);
      if (state >= 0 && !visible) homes.hidden.add(state);
      sheet.draw();
    }

    function choose(choice) {
      for (const key of ["home", "gap", "way"]) delete chosen[key];
      Object.assign(chosen, choice);
      gaps.chosen = chosen.gap;
      sheet.draw();
    }

    function drawChoice(view) {
      if (chosen.gap !== undefined) gaps.mark(view, chosen.gap);
      if (chosen.way) lifecircle.drawWay(view, chosen.way);
      if (chosen.home === undefined) return;
      homes.mark(view, chosen.home);
      const facility = data.homes.facility[chosen.home], entrance = data.homes.entrance[chosen.home];
      if (facility >= 0) facilities.outline(view, facility, data.style.colours["facility-edge"], 3);
      if (entrance < 0) return;
      if (!chosen.way) lifecircle.thread(view, homes.spots, chosen.home, entrances.spots, entrance);
      entrances.ring(view, entrance, 6, 2.5);
    }

    function openFacility(row) {
      choose({});
      card.open(() => facilities.card(row));
    }

    function openHome(home) {
      choose({ home, way: ways && ways.ofHome(home) });
      card.open(() => homeCard(data, facilities, home));
      lifecircle.uncover(map, homes.spots.x[home], homes.spots.y[home]);
    }

    /** A place that is no home; where the page holds no streets to walk on, there is nothing to say of it. */
    function openSpot(latlng) {
      if (!ways) {
        card.close();
        return;
      }
      const way = ways.ofSpot(latlng);
      choose({ way });
      card.open(() => lifecircle.spotCard(way, data.walk_reach_m));
    }

    function openGap(gap) {
      choose({ gap });
      card.open(() => lifecircle.gapCard(data, gap));
    }

    lifecircle.listen(map, (place, slack, point, byKey) => {
      const gap = on("gaps") && !byKey ? gaps.at(point) : -1;
      const facility = gap < 0 && on("facilities") && !byKey ? facilities.at(place, slack) : -1;
      const home = gap < 0 && facility < 0 ? homes.at(place, byKey ? 1 : slack) : -1;
      const around = gap < 0 && facility < 0 && home < 0 && on("facilities") ? facilities.around(place) : -1;
      if (gap >= 0) openGap(gap);
      else if (facility >= 0) openFacility(facility);
      else if (home >= 0) openHome(home);
      else if (around >= 0) openFacility(around);
      else openSpot(lifecircle.toLatLng(place.x, place.y));
      if (byKey && home >= 0) card.focus();
    });

    for (const button of document.querySelectorAll("[data-gap]")) {
      button.addEventListener("click", () => {
        const gap = Number(button.dataset.gap);
        openGap(gap);
        lifecircle.goTo(map, gaps.bounds(gap));
      });
    }
    return { card, homes, openHome, openFacility, openSpot, openGap };
  };

  function palette(colours) {
    return [
      { fill: colours.served },
      { fill: colours.unserved, edge: colours["unserved-edge"] },
      { fill: colours.unconnected, edge: colours.boundary, hatch: true },
    ];
  }

  function homeCard(data, facilities, home) {
    const { say, metres, known } = lifecircle;
    const block = data.homes;
    const state = block.state[home], walk = known(block.m[home]), straight = known(block.straight[home]);
    const facility = block.facility[home], entrance = block.entrance[home];
    const detour = walk && straight ? walk / straight : 0;
    const why = state === UNCONNECTED ? undefined : lifecircle.pick(data.reasons)[block.why[home]];
    const missedInside = state === UNSERVED && straight !== null && straight <= data.reach_m;
    return [
      lifecircle.named(block.name[home] || say("one_home", {})),
      lifecircle.verdict(walkWords(state, walk, data), STATES[state]),
      missedInside ? lifecircle.remark(say("card_in_radius", { reach: lifecircle.number(data.reach_m) })) : null,
      state === UNCONNECTED ? lifecircle.remark(say("card_unconnected", {})) : null,
      lifecircle.facts([
        [say("card_why", {}), why],
        [say("card_to", {}), facility < 0 ? null : lifecircle.named(facilities.title(facility))],
        [say("card_by", {}), entrance < 0 || walk === 0 ? null : say("kind_" + data.entrances.kind[entrance], {})],
        [say("card_straight", {}), straight === null ? null : metres(straight)],
        [say("card_detour", {}), detour < NOTICED_DETOUR ? null : say("card_times", { n: detour.toFixed(1) })],
        [say("card_weight", {}), block.weight ? lifecircle.number(block.weight[home]) : null],
        [say("card_id", {}), lifecircle.named(block.id[home])],
      ]),
      data.homes.uncertain.includes(home) ? lifecircle.remark(say("card_uncertain", {})) : null,
    ];
  }

  function walkWords(state, walk, data) {
    const { say, metres } = lifecircle;
    if (walk === 0 && state === SERVED) return say("card_inside", {});
    if (walk !== null) return say("card_walk", { walk: metres(walk) });
    return say(data.facilities.name.length ? "card_unreachable" : "card_none", {});
  }
})();
