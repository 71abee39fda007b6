/* Sheet: one canvas under all drawings, kept in step with the map as it moves and zooms. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;

  /** What a drawing needs to know: the context, the scale, and what part of the world is seen. */
  function viewOf(map, context, bounds) {
    const scale = 256 * Math.pow(2, map.getZoom());
    const origin = map.getPixelOrigin();
    const view = {
      g: context,
      zoom: map.getZoom(),
      scale,
      left: origin.x,
      top: origin.y,
      west: (bounds.min.x + origin.x) / scale,
      north: (bounds.min.y + origin.y) / scale,
      east: (bounds.max.x + origin.x) / scale,
      south: (bounds.max.y + origin.y) / scale,
      taken: [],
    };
    view.px = (x) => x * scale - view.left;
    view.py = (y) => y * scale - view.top;
    view.sees = (box, i) =>
      box[4 * i] <= view.east && box[4 * i + 2] >= view.west && box[4 * i + 1] <= view.south && box[4 * i + 3] >= view.north;
    view.holds = (x, y) => x >= view.west && x <= view.east && y >= view.north && y <= view.south;
    view.claim = (box) => claim(view.taken, box);
    return view;
  }

  /** Take a place for a label if no other label stands there. */
  function claim(taken, box) {
    const free = taken.every((o) => box[0] > o[2] || box[2] < o[0] || box[1] > o[3] || box[3] < o[1]);
    if (free) taken.push(box);
    return free;
  }

  lifecircle.Sheet = L.Renderer.extend({
    options: { padding: 0.15 },

    initialize: function (drawings) {
      this._drawings = drawings;
      L.Renderer.prototype.initialize.call(this, {});
    },

    _initContainer: function () {
      this._container = document.createElement("canvas");
      this._context = this._container.getContext("2d");
    },

    _updatePaths: function () {},

    /** The canvas itself, for those who show only a part of it. */
    getCanvas: function () {
      return this._container;
    },

    // Leaflet would shift the canvas by fractions of a pixel here, and blur it.
    _reset: function () {
      this._update();
    },

    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      this._ratio = Math.min(window.devicePixelRatio || 1, 2);
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = size.x * this._ratio;
      this._container.height = size.y * this._ratio;
      this._container.style.width = size.x + "px";
      this._container.style.height = size.y + "px";
      this.draw();
    },

    /** Draw everything anew, in order. */
    draw: function () {
      if (!this._bounds) return;
      const g = this._context, { min } = this._bounds, ratio = this._ratio;
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.clearRect(0, 0, this._container.width, this._container.height);
      g.setTransform(ratio, 0, 0, ratio, -min.x * ratio, -min.y * ratio);
      const view = viewOf(this._map, g, this._bounds);
      for (const draw of this._drawings) {
        g.save();
        draw(view);
        g.restore();
      }
    },
  });
})();
