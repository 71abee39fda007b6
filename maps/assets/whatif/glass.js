/* Glass: a light canvas over the city, wiped and drawn in one go while the hand moves. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;

  lifecircle.Glass = L.Renderer.extend({
    options: { padding: 0.1 },

    /** `draw(view)` draws everything; a view is what drawings of a sheet get. */
    initialize: function (draw) {
      this._draw = draw;
      L.Renderer.prototype.initialize.call(this, {});
    },

    _initContainer: function () {
      this._container = document.createElement("canvas");
      this._context = this._container.getContext("2d");
    },

    _updatePaths: function () {},

    _reset: function () {
      this._update();
    },

    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize(), canvas = this._container;
      this._ratio = lifecircle.sharpness || Math.min(window.devicePixelRatio || 1, 2); // print asks for more
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = size.x * this._ratio;
      canvas.height = size.y * this._ratio;
      canvas.style.width = size.x + "px";
      canvas.style.height = size.y + "px";
      this.draw();
    },

    draw: function () {
      if (!this._bounds || this._map._animatingZoom) return;
      const g = this._context, { min } = this._bounds, ratio = this._ratio;
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.clearRect(0, 0, this._container.width, this._container.height);
      g.setTransform(ratio, 0, 0, ratio, -min.x * ratio, -min.y * ratio);
      this._draw(this._view(g));
    },

    _view: function (g) {
      const map = this._map, scale = 256 * 2 ** map.getZoom(), { min, max } = this._bounds, { x: left, y: top } = map.getPixelOrigin();
      const west = (min.x + left) / scale, north = (min.y + top) / scale, east = (max.x + left) / scale, south = (max.y + top) / scale;
      return {
        g,
        scale,
        left,
        top,
        zoom: map.getZoom(),
        px: (x) => x * scale - left,
        py: (y) => y * scale - top,
        sees: (box, i) => box[4 * i] <= east && box[4 * i + 2] >= west && box[4 * i + 1] <= south && box[4 * i + 3] >= north,
        holds: (x, y) => x >= west && x <= east && y >= north && y <= south,
      };
    },
  });
})();
