/* Check: where the data are faulty; a press on a kind of fault shows its places, and its card. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const HOME = [[11, 0.6], [14, 1.2], [17, 2.6]];
  const PLACE = [[10, 2.4], [13, 3.4], [16, 5.5]];
  const LINE = [[11, 1.8], [14, 3], [17, 5]];
  const SMALLEST = 0.000002; // of the world: some 80 m, the least one flies to
  const FROM_MILD = ["note", "mind", "serious", "stops"]; // the worst are drawn last

  lifecircle.pages = lifecircle.pages || {};
  lifecircle.pages.check = function (map, data) {
    const faulty = new Faulty(data.places, data.faults);
    const homes = lifecircle.spots(data.homes);
    const shown = lifecircle.legend(() => sheet.draw());
    const on = (name) => shown[name] !== false;
    const ground = lifecircle.ground(data.ground, on);
    const sheet = new lifecircle.Sheet([
      ...ground.under,
      (view) => on("homes") && drawHomes(view, homes),
      ...ground.between,
      (view) => faulty.draw(view, on),
      ...ground.over,
    ]).addTo(map);
    const card = new lifecircle.Card(document.getElementById("card"), () => choose(-1));

    function choose(fault) {
      faulty.choose(fault);
      sheet.draw();
    }

    /** Show one kind of fault; from a place on the map, its name goes first, and the map stays. */
    function openFault(fault, place = -1) {
      choose(fault);
      card.open(() => cardOf(fault, place < 0 ? "" : lifecircle.pick(data.places.name)[place]));
      const bounds = place < 0 && faulty.bounds(fault);
      if (bounds) lifecircle.goTo(map, bounds);
    }

    for (const button of document.querySelectorAll("[data-fault]")) {
      button.addEventListener("click", () => openFault(Number(button.dataset.fault)));
    }
    lifecircle.listen(map, (place, slack, point, byKey) => {
      const row = faulty.at(place, byKey ? 1 : slack, on);
      if (row >= 0) openFault(data.places.fault[row], row);
      else card.close();
      if (byKey && row >= 0) card.focus();
    });
    return { card, openFault };
  };

  /** What a card says of a kind of fault: it waits in the list. */
  function cardOf(fault, place) {
    const waiting = document.getElementById("numbered-" + fault);
    const body = waiting.querySelector("div").cloneNode(true);
    const here = place ? lifecircle.element("p", "card-place", lifecircle.named(place)) : null;
    return [lifecircle.named(`${fault + 1} · ${waiting.querySelector("h3").textContent}`), here, body];
  }

  function drawHomes(view, homes) {
    const { g } = view, size = 2 * lifecircle.byZoom(HOME, view.zoom);
    g.fillStyle = lifecircle.data.style.colours["quiet-served"];
    for (let home = 0; home < homes.count; home++) {
      if (!view.holds(homes.x[home], homes.y[home])) continue;
      g.fillRect(view.px(homes.x[home]) - size / 2, view.py(homes.y[home]) - size / 2, size, size);
    }
  }

  const Faulty = class {
    constructor(block, faults) {
      this.block = block;
      this.faults = faults;
      this.spots = lifecircle.spots(block);
      this.lines = lifecircle.runs(block.lines);
      this.areas = lifecircle.runs(block.areas);
      this.drawn = new Set([...this.lines.of, ...this.areas.of]); // rows that are more than a spot
      this.chosen = -1;
    }

    severity(row) {
      return this.faults[this.block.fault[row]].severity;
    }

    /** Whether a row is not drawn with the others: it is chosen, or as wide as the town. */
    apart(row) {
      const fault = this.block.fault[row];
      return fault === this.chosen || this.faults[fault].wide;
    }

    /** Draw all places, the worst last; those of the chosen kind above all, and the others faint. */
    draw(view, on) {
      for (const severity of FROM_MILD) {
        if (on(severity)) this._layer(view, (row) => this.severity(row) === severity && !this.apart(row), severity, false);
      }
      if (this.chosen >= 0) this._layer(view, (row) => this.block.fault[row] === this.chosen, this.faults[this.chosen].severity, true);
    }

    _layer(view, mine, severity, bold) {
      const { g } = view, colour = lifecircle.data.style.severity[severity];
      g.globalAlpha = bold || this.chosen < 0 ? 1 : 0.25;
      g.lineJoin = g.lineCap = "round";
      this._runs(view, this.areas, mine, colour, bold ? 3 : 1.6, true);
      this._runs(view, this.lines, mine, colour, lifecircle.byZoom(LINE, view.zoom) + (bold ? 2 : 0), false);
      this._dots(view, mine, colour, severity, bold);
      g.globalAlpha = 1;
    }

    _runs(view, runs, mine, colour, width, closed) {
      const { g } = view, strokes = [["#fff", width + 2.5], [colour, width]];
      for (const [ink, wide] of strokes) {
        g.strokeStyle = ink;
        g.lineWidth = wide;
        for (let part = 0; part < runs.parts; part++) {
          if (!mine(runs.of[part]) || !view.sees(runs.box, part)) continue;
          g.beginPath();
          lifecircle.trace(view, runs, part, closed);
          g.stroke();
        }
      }
    }

    /** Spots: discs; squares where nothing can be measured for them. */
    _dots(view, mine, colour, severity, bold) {
      const { g } = view, r = lifecircle.byZoom(PLACE, view.zoom) + (bold ? 2 : 0);
      g.fillStyle = colour;
      g.strokeStyle = bold ? lifecircle.data.style.colours.ink : "#fff";
      g.lineWidth = bold ? 1.6 : 1;
      this.block.row.forEach((row, at) => {
        if ((this.drawn.has(row) && view.zoom > 14) || !mine(row) || !view.holds(this.spots.x[at], this.spots.y[at])) return;
        const px = view.px(this.spots.x[at]), py = view.py(this.spots.y[at]);
        g.beginPath();
        if (severity === "stops") g.rect(px - r, py - r, 2 * r, 2 * r);
        else g.arc(px, py, r, 0, 2 * Math.PI);
        g.fill();
        g.stroke();
      });
    }

    /** The row of the place nearest to a spot of the world, the chosen kind first; else -1. */
    at(place, slack, on) {
      let found = -1, least = slack * slack, rank = -1;
      this.block.row.forEach((row, at) => {
        if (this.block.fault[row] !== this.chosen && (this.apart(row) || !on(this.severity(row)))) return;
        const dx = this.spots.x[at] - place.x, dy = this.spots.y[at] - place.y, far = dx * dx + dy * dy;
        const mine = this.block.fault[row] === this.chosen ? 9 : FROM_MILD.indexOf(this.severity(row));
        if (far > slack * slack || mine < rank || (mine === rank && far > least)) return;
        [found, least, rank] = [row, far, mine];
      });
      return found;
    }

    /** Where the places of a kind of fault are; null where it has none. */
    bounds(fault) {
      let west = 1, north = 1, east = 0, south = 0;
      const take = (x0, y0, x1, y1) => {
        [west, north, east, south] = [Math.min(west, x0), Math.min(north, y0), Math.max(east, x1), Math.max(south, y1)];
      };
      this.block.row.forEach((row, at) => {
        if (this.block.fault[row] === fault) take(this.spots.x[at], this.spots.y[at], this.spots.x[at], this.spots.y[at]);
      });
      for (const runs of [this.areas, this.lines]) {
        for (let part = 0; part < runs.parts; part++) {
          if (this.block.fault[runs.of[part]] === fault) take(...runs.box.subarray(4 * part, 4 * part + 4));
        }
      }
      if (west > east) return null;
      return L.latLngBounds(lifecircle.toLatLng(west - SMALLEST, north - SMALLEST), lifecircle.toLatLng(east + SMALLEST, south + SMALLEST));
    }

    /** Mark the kind of fault that the card speaks of; -1 marks none. */
    choose(fault) {
      this.chosen = fault;
      for (const button of document.querySelectorAll("[data-fault]")) {
        const mine = Number(button.dataset.fault) === fault;
        if (mine) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
        if (mine) button.scrollIntoView({ block: "nearest" });
      }
    }
  };
})();
