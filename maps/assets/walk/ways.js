/* Ways: the walk from a home, or from any spot, drawn along the streets it takes. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;

  /** block: the page's `walk`, or null where a page has none; the town is only built when first asked. */
  lifecircle.Ways = class {
    constructor(block) {
      this.block = block;
    }

    get _plan() {
      if (!this.plan && this.block) this.plan = new lifecircle.Plan(this.block, Infinity);
      return this.plan;
    }

    /** The way from a home to what it walks to; null where there is none to draw. */
    ofHome(home) {
      const plan = this._plan, way = plan ? plan.way(0, home) : null;
      return way && way.lonlat.length ? seen(way) : null;
    }

    /** The way from a place on the map; null where no street is near, or leads anywhere. */
    ofSpot({ lat, lng }) {
      const plan = this._plan, way = plan ? plan.wayFrom(0, lng, lat) : null;
      return way ? seen(way) : null;
    }
  };

  /** A way with its vertices in the world's coordinates. */
  function seen(way) {
    const count = way.lonlat.length / 2, x = new Float64Array(count), y = new Float64Array(count);
    for (let k = 0; k < count; k++) {
      const at = lifecircle.fromLatLng({ lng: way.lonlat[2 * k], lat: way.lonlat[2 * k + 1] });
      x[k] = at.x;
      y[k] = at.y;
    }
    return { ...way, x, y };
  }

  /** Draw a way: a dark line with a light edge, and a ring where it begins. */
  lifecircle.drawWay = function (view, way) {
    const { g } = view, { ink } = lifecircle.data.style.colours;
    g.lineJoin = g.lineCap = "round";
    g.beginPath();
    way.x.forEach((x, k) => g[k ? "lineTo" : "moveTo"](view.px(x), view.py(way.y[k])));
    for (const [colour, width] of [["#fff", 7], [ink, 3]]) {
      g.strokeStyle = colour;
      g.lineWidth = width;
      g.stroke();
    }
    g.beginPath();
    g.arc(view.px(way.x[0]), view.py(way.y[0]), 5, 0, 2 * Math.PI);
    g.fillStyle = "#fff";
    g.lineWidth = 2.5;
    g.fill();
    g.stroke();
  };
})();
