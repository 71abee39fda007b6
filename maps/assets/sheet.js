/* Sheet: one canvas under all drawings; it moves and stretches with the map, and is drawn anew in slices. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const FIRST_SLICE_MS = 14; // what is done by then is seen at once
  const SLICE_MS = 9; // of each frame: the rest is for moving what is there
  const busy = new Set();

  /** Whether any sheet is still being drawn. */
  lifecircle.drawing = function () {
    return busy.size > 0;
  };

  /** What a drawing needs to know: the context, the scale, and what part of the world is seen. */
  function viewOf(map, context, bounds, ratio) {
    const scale = 256 * Math.pow(2, map.getZoom());
    const origin = map.getPixelOrigin();
    const view = {
      g: context,
      zoom: map.getZoom(),
      scale,
      ratio,
      min: bounds.min,
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

  /** Drawings one after another; one that is a generator may be interrupted where it yields. */
  function* stepsOf(drawings, view) {
    for (const draw of drawings) {
      view.g.save();
      const steps = draw(view);
      if (steps && steps.next) yield* steps;
      view.g.restore();
      yield;
    }
  }

  /**
   * What is seen is a finished picture. A new one is drawn beside it, a slice each frame, and takes
   * its place when it is done; until then the old one follows the map.
   */
  lifecircle.Sheet = L.Renderer.extend({
    options: { padding: 0.15 },

    initialize: function (drawings) {
      this._drawings = drawings;
      L.Renderer.prototype.initialize.call(this, {});
    },

    getEvents: function () {
      return { ...L.Renderer.prototype.getEvents.call(this), move: this._uncovered };
    },

    _initContainer: function () {
      this._container = document.createElement("canvas");
      this._context = this._container.getContext("2d");
      // Beside what is seen; kept in memory, so that each slice is painted when it is drawn.
      this._beside = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    },

    _destroyContainer: function () {
      this._drop();
      L.DomUtil.remove(this._container);
      this._container = this._bounds = this._shown = undefined;
    },

    _updatePaths: function () {},

    /** The canvas itself, for those who show only a part of it. */
    getCanvas: function () {
      return this._container;
    },

    _reset: function () {
      this._update();
    },

    /** The map has come to rest elsewhere: draw what is seen there. */
    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      const picture = this._pictureHere();
      if (picture.name === (this._picture || this._shown || {}).name) return;
      this._begin(picture);
    },

    /** The reader drags the map beyond what is drawn: do not wait for the end. */
    _uncovered: function () {
      if (!this._bounds || this._picture || this._map._animatingZoom || this._map.getZoom() !== this._zoom) return;
      const seen = this._map.containerPointToLayerPoint([0, 0]);
      if (!this._bounds.contains(L.bounds(seen, seen.add(this._map.getSize())))) this._update();
    },

    /** Draw everything anew, in order. */
    draw: function () {
      if (!this._map || !this._bounds) return;
      if (this._picture) this._picture.stale = true; // it is finished first, else none ever would be
      else this._begin(this._pictureHere());
    },

    /** Finish at once whatever is being drawn, as for a print. */
    finish: function () {
      while (this._picture) this._go(Infinity);
    },

    /** A picture of what is seen now, its name telling it from any other. */
    _pictureHere: function () {
      const map = this._map, size = map.getSize(), { padding } = this.options;
      const min = map.containerPointToLayerPoint(size.multiplyBy(-padding)).round();
      const bounds = L.bounds(min, min.add(size.multiplyBy(1 + 2 * padding)).round());
      const ratio = lifecircle.sharpness || Math.min(window.devicePixelRatio || 1, 2); // print asks for more
      const name = [map.getZoom(), map.getPixelOrigin(), bounds.min, bounds.max, ratio].join(" ");
      return { name, bounds, ratio, center: map.getCenter(), zoom: map.getZoom() };
    },

    _begin: function (picture) {
      this._drop();
      const g = this._beside, { bounds, ratio } = picture, size = bounds.getSize();
      g.canvas.width = size.x * ratio; // this also wipes it
      g.canvas.height = size.y * ratio;
      g.setTransform(ratio, 0, 0, ratio, -bounds.min.x * ratio, -bounds.min.y * ratio);
      picture.steps = stepsOf(this._drawings, viewOf(this._map, g, bounds, ratio));
      this._picture = picture;
      busy.add(this);
      this._go(FIRST_SLICE_MS);
      if (this._picture && this._shown) this._updateTransform(this._map.getCenter(), this._map.getZoom());
    },

    /** Draw for some time, then let the browser show a frame. */
    _go: function (time) {
      const picture = this._picture, end = performance.now() + time;
      let done = false;
      do {
        for (let step = 0; step < 16 && !done; step++) done = picture.steps.next().done;
        this._beside.getImageData(0, 0, 1, 1); // else the browser only takes note, and paints it all at the end
      } while (!done && performance.now() < end);
      if (done) this._show(picture);
      else this._frame = requestAnimationFrame(() => this._go(SLICE_MS));
    },

    /** Let a finished picture take the place of the old one. */
    _show: function (picture) {
      const { bounds, ratio } = picture, size = bounds.getSize(), canvas = this._container;
      this._drop();
      if (canvas.width !== size.x * ratio || canvas.height !== size.y * ratio) {
        canvas.width = size.x * ratio;
        canvas.height = size.y * ratio;
        canvas.style.width = size.x + "px";
        canvas.style.height = size.y + "px";
      }
      this._context.globalCompositeOperation = "copy";
      this._context.drawImage(this._beside.canvas, 0, 0);
      Object.assign(this, { _shown: picture, _bounds: bounds, _center: picture.center, _zoom: picture.zoom });
      // Leaflet would place it by fractions of a pixel here, and blur it.
      L.DomUtil.setPosition(canvas, bounds.min);
      this.fire("shown");
      if (picture.stale) this._begin(this._pictureHere());
    },

    /** Stop drawing the picture that was begun. */
    _drop: function () {
      cancelAnimationFrame(this._frame);
      this._picture = undefined;
      busy.delete(this);
    },
  });
})();
