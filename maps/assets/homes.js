/* Homes: outlines where they are larger than 3 px, else dots; coloured by class; found by click. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const SMALLEST_OUTLINE_PX = 3;
  const OUTLINES_PER_FILL = 64;
  const DOT = [[11, 1.1], [13, 1.5], [14, 2], [15, 2.8], [16, 3.8], [17, 5], [19, 8]];

  /**
   * The homes of a page.
   * palette: [{fill, edge, hatch}] by class; the class drawn last lies on top.
   * order: classes in the order of drawing.
   */
  lifecircle.Homes = class {
    constructor(block) {
      this.spots = lifecircle.spots(block);
      this.runs = lifecircle.runs(block.outlines);
      this.first = lifecircle.partsOfRows(this.runs, this.spots.count);
      this.hidden = new Set();
      this.count = this.spots.count;
    }

    paint(classes, palette, order) {
      Object.assign(this, { classes, palette, order });
    }

    draw(view) {
      for (const kind of this.order) {
        if (!this.hidden.has(kind)) this._drawClass(view, kind, this.palette[kind]);
      }
    }

    _drawClass(view, kind, look) {
      const { g } = view;
      g.fillStyle = look.hatch ? lifecircle.hatch(g, look.fill) : look.fill;
      g.strokeStyle = look.edge || "#fff";
      g.lineWidth = look.edge ? 0.9 : 0.7;
      const dots = [];
      let waiting = 0;
      g.beginPath();
      for (let home = 0; home < this.count; home++) {
        if (this.classes[home] !== kind) continue;
        if (!this._outlined(view, home)) {
          if (view.holds(this.spots.x[home], this.spots.y[home])) dots.push(home);
          continue;
        }
        if (!this._trace(view, home) || ++waiting % OUTLINES_PER_FILL) continue;
        this._finish(g);
      }
      this._finish(g);
      this._dots(view, dots, look);
    }

    _finish(g) {
      g.fill();
      g.stroke();
      g.beginPath();
    }

    /** Whether the home is seen as an outline rather than a dot. */
    _outlined(view, home) {
      const part = this.first[home];
      if (part === this.first[home + 1]) return false;
      const { box } = this.runs;
      const across = Math.max(box[4 * part + 2] - box[4 * part], box[4 * part + 3] - box[4 * part + 1]);
      return across * view.scale > SMALLEST_OUTLINE_PX;
    }

    _trace(view, home) {
      let seen = false;
      for (let part = this.first[home]; part < this.first[home + 1]; part++) {
        if (!view.sees(this.runs.box, part)) continue;
        lifecircle.trace(view, this.runs, part, true);
        seen = true;
      }
      return seen;
    }

    _dots(view, dots, look) {
      const { g } = view, radius = lifecircle.byZoom(DOT, view.zoom);
      g.fillStyle = look.hatch && radius > 2.4 ? "#fff" : look.fill;
      g.lineWidth = look.hatch ? 1.3 : 0.8;
      g.strokeStyle = look.hatch ? look.fill : look.edge || "#fff";
      for (const home of dots) {
        const px = view.px(this.spots.x[home]), py = view.py(this.spots.y[home]);
        if (radius < 2.4) {
          g.fillRect(px - radius, py - radius, 2 * radius, 2 * radius);
          continue;
        }
        g.beginPath();
        g.arc(px, py, radius, 0, 2 * Math.PI);
        g.fill();
        g.stroke();
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

    /** The home at a place: the outline around it, else the nearest spot within `slack`. */
    at(place, slack) {
      let nearest = -1, least = slack * slack;
      for (let home = 0; home < this.count; home++) {
        if (this.hidden.has(this.classes[home])) continue;
        const dx = this.spots.x[home] - place.x, dy = this.spots.y[home] - place.y;
        const far = dx * dx + dy * dy;
        if (far <= least) [nearest, least] = [home, far];
        else if (this._around(home, place)) return home;
      }
      return nearest;
    }

    _around(home, place) {
      const from = this.first[home], to = this.first[home + 1], { box } = this.runs;
      if (from === to) return false;
      const b = 4 * from;
      if (box[b] > place.x || box[b + 2] < place.x || box[b + 1] > place.y || box[b + 3] < place.y) return false;
      return lifecircle.within(this.runs, from, to, place.x, place.y);
    }
  };
})();
