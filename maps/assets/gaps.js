/* Gaps: outlines of places left out, worst first, each with a badge that says how many it holds. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const BADGE_FONT = '600 12px "Noto Sans SC","Microsoft YaHei","PingFang SC","Segoe UI",system-ui,sans-serif';
  const HALF_HEIGHT = 10;
  const MOST_BADGES = 12; // from afar only the worst gaps have a badge
  const FEW_BELOW_ZOOM = 14.5;

  function pill(g, px, py, half) {
    const straight = Math.max(half - HALF_HEIGHT, 0);
    g.beginPath();
    g.arc(px - straight, py, HALF_HEIGHT, Math.PI / 2, -Math.PI / 2);
    g.arc(px + straight, py, HALF_HEIGHT, -Math.PI / 2, Math.PI / 2);
    g.closePath();
  }

  lifecircle.Gaps = class {
    constructor(block) {
      this.block = block;
      this.spots = lifecircle.spots(block);
      this.runs = lifecircle.runs(block.areas);
      this.first = lifecircle.partsOfRows(this.runs, this.spots.count);
      this.badges = [];
      const colour = lifecircle.data.style.colours.gap;
      this.outlines = lifecircle.areas(this.runs, { edge: colour, width: [[12, 0.6], [14.5, 1.5]] });
      this.tint = lifecircle.areas(this.runs, { fill: colour, alpha: 0.06 });
    }

    draw(view) {
      this.tint(view);
      this.outlines(view);
    }

    drawBadges(view) {
      const { g } = view;
      this.badges = [];
      g.font = BADGE_FONT;
      g.textAlign = "center";
      g.textBaseline = "middle";
      const most = MOST_BADGES * Math.pow(4, Math.max(view.zoom - FEW_BELOW_ZOOM, 0));
      for (let gap = 0; gap < Math.min(this.spots.count, most); gap++) {
        if (view.holds(this.spots.x[gap], this.spots.y[gap])) this._badge(view, gap);
      }
    }

    _badge(view, gap) {
      const { g } = view, text = this._size(gap);
      const px = view.px(this.spots.x[gap]), py = view.py(this.spots.y[gap]);
      const half = g.measureText(text).width / 2 + 7;
      const box = [px - half, py - HALF_HEIGHT, px + half, py + HALF_HEIGHT];
      if (!view.claim(box)) return;
      this.badges.push({ gap, box });
      pill(g, px, py, half);
      g.fillStyle = "#fff";
      g.fill();
      g.strokeStyle = lifecircle.data.style.colours.gap;
      g.lineWidth = gap === this.chosen ? 3 : 1.8;
      g.stroke();
      g.fillStyle = lifecircle.data.style.colours.ink;
      g.fillText(text, px, py + 0.5);
    }

    _size(gap) {
      const count = this.block.size[gap];
      return lifecircle.number(lifecircle.data.people ? Math.floor(count / 10 + 0.5) * 10 : count);
    }

    mark(view, gap) {
      const { g } = view;
      g.beginPath();
      for (let part = this.first[gap]; part < this.first[gap + 1]; part++) lifecircle.trace(view, this.runs, part, true);
      g.strokeStyle = lifecircle.data.style.colours.gap;
      g.lineWidth = 3.5;
      g.stroke();
    }

    /** The gap whose badge lies under a point of the map's layer; else -1. */
    at(point) {
      const hit = this.badges.find(({ box }) => point.x >= box[0] && point.x <= box[2] && point.y >= box[1] && point.y <= box[3]);
      return hit ? hit.gap : -1;
    }

    bounds(gap) {
      const from = this.first[gap], bounds = L.latLngBounds([]);
      for (let part = from; part < this.first[gap + 1]; part++) {
        const [west, north, east, south] = this.runs.box.subarray(4 * part, 4 * part + 4);
        bounds.extend(lifecircle.toLatLng(west, north)).extend(lifecircle.toLatLng(east, south));
      }
      return bounds;
    }
  };

  /** What the card says of a gap. */
  lifecircle.gapCard = function (data, gap) {
    const { say, metres, known } = lifecircle;
    const block = data.gaps, walk = known(block.walk[gap]), straight = known(block.straight[gap]);
    const said = lifecircle.pick(block.said);
    return [
      say("gap_title", { n: gap + 1 }),
      lifecircle.verdict(lifecircle.amount(block.size[gap]), "unserved"),
      said.name[gap] ? lifecircle.element("p", "card-place", lifecircle.named(said.name[gap])) : null,
      lifecircle.facts([
        [say("card_why_most", {}), said.reason[gap] || null],
        [say("card_to", {}), said.facility[gap] ? lifecircle.named(said.facility[gap]) : null],
        [say("card_median_walk", {}), walk === null ? say("card_unreachable", {}) : metres(walk)],
        [say("card_straight", {}), straight === null ? null : metres(straight)],
        [say("card_homes", {}), data.people ? lifecircle.number(block.homes[gap]) : null],
      ]),
    ];
  };
})();
