/* Numbered: measures and proposals, each with a badge that bears its number, tied to its row of the list. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const BADGE_FONT = '700 12px "Noto Sans SC","Microsoft YaHei","PingFang SC","Segoe UI",system-ui,sans-serif';
  const RADIUS = 11;
  const LINE = [[11, 2.5], [14, 4], [17, 6]];
  const SMALLEST = 0.000002; // of the world: some 80 m, the least one flies to

  lifecircle.Numbered = class {
    constructor(block) {
      this.block = block;
      this.spots = lifecircle.spots(block);
      this.areas = lifecircle.runs(block.areas);
      this.lines = lifecircle.runs(block.lines);
      this.at_ = new Map(block.row.map((row, spot) => [row, spot]));
      this.badges = [];
      this.chosen = -1;
    }

    goes(row) {
      return this.block.goes[row] === 1;
    }

    /** Draw the shapes of some rows: areas tinted, lines bold; dashed where they go. */
    drawShapes(view, shown) {
      const { g } = view, { colours } = lifecircle.data.style;
      const each = (runs, closed, paint) => {
        for (let part = 0; part < runs.parts; part++) {
          const row = runs.of[part];
          if (!shown(row) || !view.sees(runs.box, part)) continue;
          g.beginPath();
          lifecircle.trace(view, runs, part, closed);
          g.setLineDash(this.goes(row) ? [6, 5] : []);
          paint(row);
        }
        g.setLineDash([]);
      };
      g.lineJoin = "round";
      each(this.areas, true, (row) => {
        g.fillStyle = colours.change;
        g.globalAlpha = this.goes(row) ? 0.08 : 0.25;
        g.fill();
        g.globalAlpha = 1;
        this._stroke(g, row === this.chosen ? 3.5 : 2);
      });
      each(this.lines, false, (row) => this._stroke(g, lifecircle.byZoom(LINE, view.zoom) + (row === this.chosen ? 2 : 0)));
    }

    _stroke(g, width) {
      g.strokeStyle = "#fff";
      g.lineWidth = width + 3;
      g.stroke();
      g.strokeStyle = lifecircle.data.style.colours.change;
      g.lineWidth = width;
      g.stroke();
    }

    /** Draw the badges, the first on top; one that is chosen is larger. */
    drawBadges(view, shown) {
      this.badges = [];
      const order = [...this.at_.keys()].filter(shown).sort((a, b) => b - a);
      if (this.chosen >= 0) order.sort((a, b) => (a === this.chosen) - (b === this.chosen));
      for (const row of order) {
        const spot = this.at_.get(row), x = this.spots.x[spot], y = this.spots.y[spot];
        if (view.holds(x, y)) this._badge(view, row, view.px(x), view.py(y));
      }
    }

    _badge(view, row, px, py) {
      const { g } = view, { colours } = lifecircle.data.style;
      const radius = row === this.chosen ? RADIUS + 3 : RADIUS;
      g.beginPath();
      g.arc(px, py, radius + 1.5, 0, 2 * Math.PI);
      g.fillStyle = "#fff";
      g.fill();
      g.beginPath();
      g.arc(px, py, radius, 0, 2 * Math.PI);
      g.fillStyle = this.goes(row) ? "#fff" : colours.change;
      g.fill();
      g.strokeStyle = colours.change;
      g.lineWidth = 2;
      g.stroke();
      g.font = BADGE_FONT;
      g.textAlign = "center";
      g.textBaseline = "middle";
      g.fillStyle = this.goes(row) ? colours.change : "#fff";
      g.fillText(String(row + 1), px, py + 0.5);
      const reach = radius + 2;
      view.taken.push([px - reach, py - reach, px + reach, py + reach]);
      this.badges.unshift({ row, px, py, reach });
    }

    /** The row whose badge lies under a point of the map's layer; else -1. */
    at(point) {
      const hit = this.badges.find(({ px, py, reach }) => Math.hypot(point.x - px, point.y - py) <= reach);
      return hit ? hit.row : -1;
    }

    /** Where a row is, and other spots that belong with it; null where it has no place. */
    bounds(row, spots = { x: [], y: [] }) {
      const x = [...spots.x], y = [...spots.y];
      for (const runs of [this.areas, this.lines]) {
        for (let part = 0; part < runs.parts; part++) {
          if (runs.of[part] !== row) continue;
          x.push(runs.box[4 * part], runs.box[4 * part + 2]);
          y.push(runs.box[4 * part + 1], runs.box[4 * part + 3]);
        }
      }
      if (this.at_.has(row)) {
        x.push(this.spots.x[this.at_.get(row)]);
        y.push(this.spots.y[this.at_.get(row)]);
      }
      if (!x.length) return null;
      const ends = (values) => values.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [1, 0]);
      const [west, east] = ends(x), [north, south] = ends(y);
      return L.latLngBounds(lifecircle.toLatLng(west - SMALLEST, north - SMALLEST), lifecircle.toLatLng(east + SMALLEST, south + SMALLEST));
    }

    /** Tie the rows of the list to the map: a press opens the card of its row. */
    listen(open) {
      for (const button of document.querySelectorAll("[data-numbered]")) {
        button.addEventListener("click", () => open(Number(button.dataset.numbered)));
      }
    }

    /** Mark the row that a card speaks of, on the map and in the list; -1 marks none. */
    choose(row) {
      this.chosen = row;
      for (const button of document.querySelectorAll("[data-numbered]")) {
        const mine = Number(button.dataset.numbered) === row;
        if (mine) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
        if (mine) button.scrollIntoView({ block: "nearest" });
      }
    }

    /** What the card of a row says: it waits in the list. */
    card(row) {
      const waiting = document.getElementById("numbered-" + row);
      const body = waiting.querySelector("div").cloneNode(true);
      return [lifecircle.named(`${row + 1} · ${waiting.querySelector("h3").textContent}`), body];
    }
  };
})();
