/* Marks: how lines and areas are put on the sheet, thinner as one zooms out. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const VERTICES_PER_STROKE = 600; // one long path is far slower than many short ones
  const PARTS_PER_FILL = 64;
  const SMALLEST_PX = 1; // areas below this are not drawn

  /** A size between those given for zoom levels: [[12, 0.5], [16, 2]] means 1.25 at zoom 14. */
  lifecircle.byZoom = function (stops, zoom) {
    let [lastZoom, lastSize] = stops[0];
    if (zoom <= lastZoom) return lastSize;
    for (const [nextZoom, nextSize] of stops) {
      if (zoom <= nextZoom) {
        return lastSize + ((nextSize - lastSize) * (zoom - lastZoom)) / (nextZoom - lastZoom);
      }
      [lastZoom, lastSize] = [nextZoom, nextSize];
    }
    return lastSize;
  };

  /** Add one line or ring to the path, leaving out vertices closer than the eye can tell. */
  lifecircle.trace = function (view, runs, part, closed) {
    const { g, scale, left, top } = view, { x, y, start } = runs;
    const end = start[part + 1];
    let v = start[part];
    let lastX = x[v] * scale - left, lastY = y[v] * scale - top;
    g.moveTo(lastX, lastY);
    for (v++; v < end; v++) {
      const px = x[v] * scale - left, py = y[v] * scale - top;
      if (Math.abs(px - lastX) + Math.abs(py - lastY) < 0.8 && v < end - 1) continue;
      g.lineTo(px, py);
      lastX = px;
      lastY = py;
    }
    if (closed) g.closePath();
  };

  /**
   * Draw lines in one colour; `width` is a list of [zoom, pixels].
   * `share`, a list of [zoom, 0 to 1], draws only so many of them, the first ones, from afar.
   */
  lifecircle.lines = function (runs, look) {
    return function* (view) {
      const { g } = view;
      g.strokeStyle = look.colour;
      g.globalAlpha = look.alpha || 1;
      g.lineWidth = lifecircle.byZoom(look.width, view.zoom);
      g.lineJoin = g.lineCap = "round";
      let vertices = 0;
      g.beginPath();
      const drawn = look.share ? Math.ceil(runs.parts * lifecircle.byZoom(look.share, view.zoom)) : runs.parts;
      for (let part = 0; part < drawn; part++) {
        if (!view.sees(runs.box, part)) continue;
        lifecircle.trace(view, runs, part, false);
        vertices += runs.start[part + 1] - runs.start[part];
        if (vertices < VERTICES_PER_STROKE) continue;
        g.stroke();
        yield;
        g.beginPath();
        vertices = 0;
      }
      g.stroke();
    };
  };

  /** Draw areas; `width` of the edge is a list of [zoom, pixels]. Holes stay open, because rings run the other way round. */
  lifecircle.areas = function (runs, look) {
    return function (view) {
      const { g } = view;
      g.globalAlpha = look.alpha || 1;
      g.fillStyle = look.fill || "transparent";
      g.strokeStyle = look.edge || "transparent";
      g.lineWidth = look.width ? lifecircle.byZoom(look.width, view.zoom) : 1;
      g.setLineDash(look.dash || []);
      const finish = () => {
        if (look.fill) g.fill();
        g.globalAlpha = 1;
        if (look.edge) g.stroke();
        g.globalAlpha = look.alpha || 1;
        g.beginPath();
      };
      let waiting = 0;
      g.beginPath();
      for (let part = 0; part < runs.parts; part++) {
        if (waiting > PARTS_PER_FILL && runs.of[part] !== runs.of[part - 1]) {
          finish();
          waiting = 0;
        }
        if (!view.sees(runs.box, part) || small(view, runs.box, part)) continue;
        lifecircle.trace(view, runs, part, true);
        waiting++;
      }
      finish();
    };
  };

  function small(view, box, part) {
    return Math.max(box[4 * part + 2] - box[4 * part], box[4 * part + 3] - box[4 * part + 1]) * view.scale < SMALLEST_PX;
  }

  /** Lay a thin veil over what lies outside the study area. */
  lifecircle.veil = function (runs, colour) {
    return function (view) {
      if (!runs.parts) return;
      const { g } = view;
      const x0 = view.px(view.west), y0 = view.py(view.north);
      g.beginPath();
      g.rect(x0, y0, view.px(view.east) - x0, view.py(view.south) - y0);
      for (let part = 0; part < runs.parts; part++) lifecircle.trace(view, runs, part, true);
      g.fillStyle = colour;
      g.globalAlpha = 0.6;
      g.fill("evenodd");
    };
  };

  /** A fine hatch, for what is unknown. */
  lifecircle.hatch = function (context, colour) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 6;
    const t = tile.getContext("2d");
    t.strokeStyle = colour;
    t.lineWidth = 1.4;
    t.beginPath();
    for (const shift of [-6, 0, 6]) {
      t.moveTo(shift - 1, 7);
      t.lineTo(shift + 7, -1);
    }
    t.stroke();
    return context.createPattern(tile, "repeat");
  };
})();
