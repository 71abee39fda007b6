/* Homes: outlines where they are larger than 3 px, else dots; coloured by class; found by click. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const SMALLEST_OUTLINE_PX = 3;
  const OUTLINES_PER_FILL = 64; // one long path is far slower than many short ones
  const DOTS_AT_ONCE = 256;
  const DOT = [[11, 1.1], [13, 1.5], [14, 2], [15, 2.8], [16, 3.8], [17, 5], [19, 8]];
  const SPECK = 2.4; // smaller dots are squares, written pixel by pixel
  const EDGED_FROM_PX = 7; // a pale edge around less than this only dims it

  /** The middle of each row's outline; where it has none, the next of the spots given. */
  function middles(runs, first, given) {
    const count = first.length - 1, x = new Float64Array(count), y = new Float64Array(count), { box } = runs;
    for (let row = 0, next = 0; row < count; row++) {
      const at = 4 * first[row], outlined = first[row] < first[row + 1];
      x[row] = outlined ? (box[at] + box[at + 2]) / 2 : given.x[next];
      y[row] = outlined ? (box[at + 1] + box[at + 3]) / 2 : given.y[next];
      if (!outlined) next++;
    }
    return { x, y, count };
  }

  /**
   * The homes of a page: a block of spots, with outlines; where it has a count, the spots are only
   * those of homes without outline.
   * palette: [{fill, edge, hatch}] by class; the class drawn last lies on top.
   * order: classes in the order of drawing.
   */
  lifecircle.Homes = class {
    constructor(block) {
      this.runs = lifecircle.runs(block.outlines);
      this.first = lifecircle.partsOfRows(this.runs, block.count || block.xy.length / 2);
      this.spots = block.count ? middles(this.runs, this.first, lifecircle.spots(block)) : lifecircle.spots(block);
      this.chunks = new lifecircle.Chunks(this.spots, this.runs, this.first);
      this.hidden = new Set();
      this.count = this.spots.count;
    }

    paint(classes, palette, order) {
      Object.assign(this, { classes, palette, order });
    }

    /** Draw what is seen, in steps: whoever calls may rest at each `yield`. */
    *draw(view) {
      const { dots, outlines } = this._seen(view);
      const radius = lifecircle.byZoom(DOT, view.zoom);
      yield;
      if (radius < SPECK) this._specks(view, dots, radius);
      for (const kind of this.order) {
        if (this.hidden.has(kind)) continue;
        yield* this._outlines(view, outlines[kind], this.palette[kind]);
        if (radius >= SPECK) yield* this._dots(view, dots[kind], this.palette[kind], radius);
      }
    }

    /** The homes in view, by class: those seen as outlines, and those seen as dots. */
    _seen(view) {
      const { classes, hidden, spots } = this;
      const dots = this.palette.map(() => []), outlines = this.palette.map(() => []);
      for (const [from, to] of this.chunks.meeting(view.west, view.north, view.east, view.south)) {
        for (let home = from; home < to; home++) {
          const kind = classes[home];
          if (hidden.size && hidden.has(kind)) continue;
          if (this._outlined(view, home)) outlines[kind].push(home);
          else if (view.holds(spots.x[home], spots.y[home])) dots[kind].push(home);
        }
      }
      return { dots, outlines };
    }

    *_outlines(view, homes, look) {
      const { g } = view;
      g.fillStyle = look.hatch ? lifecircle.hatch(g, look.fill) : look.fill;
      g.strokeStyle = look.edge || "#fff";
      g.lineWidth = look.edge ? 0.9 : 0.7;
      for (let next = 0; next < homes.length; ) {
        const end = Math.min(next + OUTLINES_PER_FILL, homes.length);
        let across = 0;
        g.beginPath();
        for (; next < end; next++) {
          this._trace(view, homes[next]);
          across += this._across(homes[next]) * view.scale;
        }
        g.fill();
        if (look.edge || across > EDGED_FROM_PX * OUTLINES_PER_FILL) g.stroke();
        yield;
      }
    }

    /** How far a home's first outline reaches, of the world. */
    _across(home) {
      const at = 4 * this.first[home], { box } = this.runs;
      return Math.max(box[at + 2] - box[at], box[at + 3] - box[at + 1]);
    }

    /** Whether the home is seen as an outline rather than a dot. */
    _outlined(view, home) {
      return this.first[home] < this.first[home + 1] && this._across(home) * view.scale > SMALLEST_OUTLINE_PX;
    }

    _trace(view, home) {
      for (let part = this.first[home]; part < this.first[home + 1]; part++) {
        if (view.sees(this.runs.box, part)) lifecircle.trace(view, this.runs, part, true);
      }
    }

    /** Thousands of dots too small to be round, as pixels: each some hundred times faster than a path. */
    _specks(view, dots, radius) {
      const { x, y } = this.spots;
      if (!dots.some((homes) => homes.length)) return;
      const specks = new lifecircle.Specks(view, radius);
      for (const kind of this.order) {
        const homes = dots[kind];
        if (!homes.length) continue;
        specks.colour(this.palette[kind].fill);
        for (let i = 0; i < homes.length; i++) specks.put(x[homes[i]], y[homes[i]]);
      }
      specks.show();
    }

    *_dots(view, homes, look, radius) {
      const { g } = view;
      g.fillStyle = look.hatch ? "#fff" : look.fill;
      g.lineWidth = look.hatch ? 1.3 : 0.8;
      g.strokeStyle = look.hatch ? look.fill : look.edge || "#fff";
      for (let i = 0; i < homes.length; i++) {
        g.beginPath();
        g.arc(view.px(this.spots.x[homes[i]]), view.py(this.spots.y[homes[i]]), radius, 0, 2 * Math.PI);
        g.fill();
        g.stroke();
        if (i % DOTS_AT_ONCE === 0) yield;
      }
    }

    /** Draw a few homes over those that are painted, at once and in the look of another class: rows by class. */
    drawOver(view, rows) {
      const { x, y } = this.spots, radius = lifecircle.byZoom(DOT, view.zoom);
      for (const kind of this.order) {
        if (!rows[kind].length || this.hidden.has(kind)) continue;
        const look = this.palette[kind], seen = rows[kind].filter((home) => view.holds(x[home], y[home]));
        const dots = seen.filter((home) => !this._outlined(view, home));
        const steps = [this._outlines(view, seen.filter((home) => this._outlined(view, home)), look)];
        if (radius >= SPECK) steps.push(this._dots(view, dots, look, radius));
        for (const each of steps) while (!each.next().done);
        if (radius >= SPECK) continue;
        view.g.fillStyle = look.fill;
        for (const home of dots) view.g.fillRect(view.px(x[home]) - radius, view.py(y[home]) - radius, 2 * radius, 2 * radius);
      }
    }

    /** Mark the home that a card speaks of. */
    mark(view, home) {
      const { g } = view;
      g.strokeStyle = "#222";
      g.lineWidth = 2.5;
      g.beginPath();
      if (this._outlined(view, home)) this._trace(view, home);
      else {
        const radius = lifecircle.byZoom(DOT, view.zoom) + 3;
        g.arc(view.px(this.spots.x[home]), view.py(this.spots.y[home]), radius, 0, 2 * Math.PI);
      }
      g.stroke();
    }

    /** The home at a place: the outline around it, else the nearest spot within `slack`; else -1. */
    at(place, slack) {
      const { x, y } = this.spots;
      let nearest = -1, least = slack * slack;
      const near = this.chunks.meeting(place.x - slack, place.y - slack, place.x + slack, place.y + slack);
      for (const [from, to] of near) {
        for (let home = from; home < to; home++) {
          if (this.hidden.has(this.classes[home])) continue;
          const far = (x[home] - place.x) ** 2 + (y[home] - place.y) ** 2;
          if (this._around(home, place)) return home;
          if (far <= least) [nearest, least] = [home, far];
        }
      }
      return nearest;
    }

    _around(home, place) {
      const from = this.first[home], to = this.first[home + 1], { box } = this.runs;
      for (let at = 4 * from; at < 4 * to; at += 4) {
        const misses = box[at] > place.x || box[at + 2] < place.x || box[at + 1] > place.y || box[at + 3] < place.y;
        if (!misses) return lifecircle.within(this.runs, from, to, place.x, place.y);
      }
      return false;
    }
  };
})();
