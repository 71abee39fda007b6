/* Symbols: what one walks to, and where one enters it. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const SIZE = [[11, 2.2], [13, 3.2], [14, 4.5], [15, 6.5], [16, 8], [18, 10]];
  const GLYPH_PX = 6; // smaller symbols are plain shapes
  const ENTRANCE_ZOOM = 15;
  const NAME_ZOOM = 16.5;

  function bus(g, r) {
    g.fillRect(-0.55 * r, -0.6 * r, 1.1 * r, 0.95 * r);
    g.fillRect(-0.42 * r, 0.3 * r, 0.25 * r, 0.28 * r);
    g.fillRect(0.17 * r, 0.3 * r, 0.25 * r, 0.28 * r);
    g.fillStyle = lifecircle.data.style.colours.facility; // its windows
    g.fillRect(-0.4 * r, -0.45 * r, 0.8 * r, 0.4 * r);
  }

  function tree(g, r) {
    g.beginPath();
    g.arc(0, -0.2 * r, 0.45 * r, 0, 2 * Math.PI);
    g.fill();
    g.fillRect(-0.1 * r, 0.1 * r, 0.2 * r, 0.55 * r);
  }

  function spot(g, r) {
    g.beginPath();
    g.arc(0, 0, 0.34 * r, 0, 2 * Math.PI);
    g.fill();
  }

  /** The outline of a symbol: stops are squares, parks discs, all else diamonds. */
  function shape(g, category, r) {
    g.beginPath();
    if (category === "bus_stop") g.rect(-r, -r, 2 * r, 2 * r);
    else if (category === "park" || category === "green") g.arc(0, 0, r, 0, 2 * Math.PI);
    else {
      const d = 1.25 * r;
      g.moveTo(0, -d);
      g.lineTo(d, 0);
      g.lineTo(0, d);
      g.lineTo(-d, 0);
      g.closePath();
    }
  }

  const GLYPHS = { bus_stop: bus, park: tree, green: tree };

  function symbol(g, category, r) {
    const { colours } = lifecircle.data.style;
    shape(g, category, r);
    g.fillStyle = colours.facility;
    g.fill();
    g.strokeStyle = "#fff";
    g.lineWidth = r < GLYPH_PX ? 0.7 : 1.2;
    g.stroke();
    if (r < GLYPH_PX) return;
    g.fillStyle = "#fff";
    (GLYPHS[category] || spot)(g, r);
  }

  lifecircle.Facilities = class {
    constructor(block) {
      this.block = block;
      this.spots = lifecircle.spots(block);
      this.runs = lifecircle.runs(block.areas);
      this.first = lifecircle.partsOfRows(this.runs, this.spots.count);
      this.shown = () => true;
    }

    /** The areas of facilities, drawn under the homes. */
    drawGrounds(view) {
      const { colours } = lifecircle.data.style;
      view.g.fillStyle = colours.facility;
      for (let row = 0; row < this.spots.count; row++) {
        if (!this.shown(row) || this.first[row] === this.first[row + 1]) continue;
        this.outline(view, row, colours["facility-edge"], 1);
        view.g.globalAlpha = 0.3;
        view.g.fill();
        view.g.globalAlpha = 1;
      }
    }

    drawSymbols(view) {
      const { g } = view, r = lifecircle.byZoom(SIZE, view.zoom);
      for (let row = 0; row < this.spots.count; row++) {
        if (!this.shown(row) || !view.holds(this.spots.x[row], this.spots.y[row])) continue;
        g.save();
        g.translate(view.px(this.spots.x[row]), view.py(this.spots.y[row]));
        symbol(g, this.block.category[row], r);
        g.restore();
      }
    }

    /** Names under the symbols, once there is room; no other label may hide a symbol. */
    drawNames(view) {
      const r = lifecircle.byZoom(SIZE, view.zoom), { colours } = lifecircle.data.style;
      for (let row = 0; row < this.spots.count; row++) {
        if (!this.shown(row) || !view.holds(this.spots.x[row], this.spots.y[row])) continue;
        const px = view.px(this.spots.x[row]), py = view.py(this.spots.y[row]);
        view.taken.push([px - r, py - r, px + r, py + r]);
      }
      if (view.zoom < NAME_ZOOM) return;
      for (let row = 0; row < this.spots.count; row++) {
        const name = this.block.name[row];
        if (!name || !this.shown(row) || !view.holds(this.spots.x[row], this.spots.y[row])) continue;
        const at = [view.px(this.spots.x[row]), view.py(this.spots.y[row]) + r + 9];
        lifecircle.label(view, name, at, 0, colours["facility-edge"]);
      }
    }

    /** Draw the edge of one facility's area. */
    outline(view, row, colour, width) {
      const { g } = view;
      g.beginPath();
      for (let part = this.first[row]; part < this.first[row + 1]; part++) lifecircle.trace(view, this.runs, part, true);
      g.strokeStyle = colour;
      g.lineWidth = width;
      g.stroke();
    }

    /** The facility whose symbol lies nearest to a place, within `slack`; else -1. */
    at(place, slack) {
      let nearest = -1, least = slack * slack;
      for (let row = 0; row < this.spots.count; row++) {
        const dx = this.spots.x[row] - place.x, dy = this.spots.y[row] - place.y;
        if (this.shown(row) && dx * dx + dy * dy <= least) [nearest, least] = [row, dx * dx + dy * dy];
      }
      return nearest;
    }

    /** The facility whose area holds a place; else -1. */
    around(place) {
      for (let row = 0; row < this.spots.count; row++) {
        const from = this.first[row], to = this.first[row + 1];
        if (this.shown(row) && from < to && lifecircle.within(this.runs, from, to, place.x, place.y)) return row;
      }
      return -1;
    }

    /** What a card says of one: its name, and what kind of place it is. */
    card(row) {
      const kind = lifecircle.pick(lifecircle.data.categories)[this.block.category[row]];
      const named = Boolean(this.block.name[row]) && kind;
      return [lifecircle.named(this.title(row)), named ? lifecircle.element("p", "card-place", kind) : null];
    }

    /** The name to show: its own, else what kind of place it is. */
    title(row) {
      return this.block.name[row] || lifecircle.pick(lifecircle.data.categories)[this.block.category[row]] || lifecircle.say("one_facility");
    }
  };

  lifecircle.Entrances = class {
    constructor(block) {
      this.block = block;
      this.spots = lifecircle.spots(block);
    }

    draw(view) {
      if (view.zoom < ENTRANCE_ZOOM) return;
      for (let row = 0; row < this.spots.count; row++) {
        const kind = this.block.kind[row];
        if (kind === "point" || !view.holds(this.spots.x[row], this.spots.y[row])) continue;
        if (kind === "street_side") this.dot(view, row);
        else this.ring(view, row, 3.2, 1.5);
      }
    }

    /** A dot: somewhere along a side that is open to the street. */
    dot(view, row) {
      const { g } = view;
      g.beginPath();
      g.arc(view.px(this.spots.x[row]), view.py(this.spots.y[row]), 2, 0, 2 * Math.PI);
      g.fillStyle = lifecircle.data.style.colours.entrance;
      g.fill();
      g.strokeStyle = "#fff";
      g.lineWidth = 0.8;
      g.stroke();
    }

    /** One entrance: a ring, dashed where it is only assumed. */
    ring(view, row, radius, width) {
      const { g } = view;
      g.beginPath();
      g.arc(view.px(this.spots.x[row]), view.py(this.spots.y[row]), radius, 0, 2 * Math.PI);
      g.fillStyle = "#fff";
      g.fill();
      g.setLineDash(this.block.kind[row] === "fallback" ? [2.2, 1.8] : []);
      g.strokeStyle = lifecircle.data.style.colours.entrance;
      g.lineWidth = width;
      g.stroke();
      g.setLineDash([]);
    }
  };
})();
