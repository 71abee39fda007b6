/* Overlay: what changes under the hand, on a canvas of its own over the city, which is not drawn anew. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { shapes } = lifecircle;
  const BADGE_PX = 11, HANDLE_PX = 6;
  const BADGE_FONT = '700 12px "Noto Sans SC","Microsoft YaHei","PingFang SC","Segoe UI",system-ui,sans-serif';
  const LINE = [[11, 2.5], [14, 4], [17, 7]];
  const REACHED = [[11, 1.2], [14, 2], [17, 4]];
  const PIECES_PER_STROKE = 300; // one long path is far slower than many short ones
  const GOES = /^(remove_|close_)/;

  /** Add places in degrees to the path. */
  function path(view, places, closed) {
    places.forEach(([lng, lat], k) => {
      const { x, y } = lifecircle.fromLatLng({ lng, lat });
      view.g[k ? "lineTo" : "moveTo"](view.px(x), view.py(y));
    });
    if (closed) view.g.closePath();
  }

  /** Where a place in degrees stands on the canvas. */
  function spot(view, [lng, lat]) {
    const { x, y } = lifecircle.fromLatLng({ lng, lat });
    return [view.px(x), view.py(y)];
  }

  /** A stroke with a white halo. */
  function stroke(view, colour, width, dash = []) {
    const { g } = view;
    g.lineJoin = g.lineCap = "round";
    g.strokeStyle = "#fff";
    g.lineWidth = width + 3;
    g.stroke();
    g.setLineDash(dash);
    g.strokeStyle = colour;
    g.lineWidth = width;
    g.stroke();
    g.setLineDash([]);
  }

  function disc(view, [px, py], radius, fill, edge, width) {
    const { g } = view;
    g.beginPath();
    g.arc(px, py, radius, 0, 2 * Math.PI);
    g.fillStyle = fill;
    g.fill();
    g.strokeStyle = edge;
    g.lineWidth = width;
    g.stroke();
  }

  const inks = (lifecircle.inks = {});

  /** Streets from which what is new is within reach: x, y, x, y of each piece, of the world. */
  inks.reached = function (view, pieces) {
    const { g } = view;
    g.strokeStyle = lifecircle.data.style.colours.served;
    g.globalAlpha = 0.55;
    g.lineWidth = lifecircle.byZoom(REACHED, view.zoom);
    for (let from = 0; from < pieces.length; from += 4 * PIECES_PER_STROKE) {
      g.beginPath();
      for (let k = from; k < Math.min(from + 4 * PIECES_PER_STROKE, pieces.length); k += 4) {
        g.moveTo(view.px(pieces[k]), view.py(pieces[k + 1]));
        g.lineTo(view.px(pieces[k + 2]), view.py(pieces[k + 3]));
      }
      g.stroke();
    }
    g.globalAlpha = 1;
  };

  /** One change: its outline, line or spot; dashed where it takes something away. */
  inks.change = function (view, change, { chosen, refused }) {
    const { g } = view, { colours } = lifecircle.data.style, { geometry } = change;
    const colour = refused ? colours.gap : colours.change, lines = shapes.lines(geometry);
    const dash = GOES.test(change.do) || refused ? [6, 5] : [];
    g.beginPath();
    if (refused) for (const line of lines) path(view, line, false);
    for (const ring of shapes.rings(geometry)) path(view, ring, true);
    if (shapes.rings(geometry).length) {
      g.fillStyle = colour;
      g.globalAlpha = dash.length ? 0.08 : 0.25;
      g.fill("evenodd");
      g.globalAlpha = 1;
    }
    stroke(view, colour, lines.length ? lifecircle.byZoom(LINE, view.zoom) : chosen ? 3.5 : 2, dash);
  };

  /** Streets that a change closes (dashed) or opens: x, y, x, y of each, of the world. */
  inks.streets = function (view, pieces, change) {
    if (!pieces.length) return;
    view.g.beginPath();
    for (let k = 0; k < pieces.length; k += 4) {
      view.g.moveTo(view.px(pieces[k]), view.py(pieces[k + 1]));
      view.g.lineTo(view.px(pieces[k + 2]), view.py(pieces[k + 3]));
    }
    stroke(view, lifecircle.data.style.colours.change, lifecircle.byZoom(LINE, view.zoom), GOES.test(change.do) ? [6, 5] : []);
  };

  /** The badge of a change: its number; hollow where it takes something away. */
  inks.badge = function (view, change, label, { chosen, refused }) {
    const { g } = view, { colours } = lifecircle.data.style;
    const at = spot(view, shapes.middle(change.geometry)), goes = GOES.test(change.do);
    const colour = refused ? colours.gap : colours.change, radius = BADGE_PX + (chosen ? 3 : 0);
    disc(view, at, radius + 1.5, "#fff", "#fff", 1);
    disc(view, at, radius, goes ? "#fff" : colour, colour, 2);
    g.font = BADGE_FONT;
    g.textAlign = "center";
    g.textBaseline = "middle";
    g.fillStyle = goes ? colour : "#fff";
    g.fillText(label, at[0], at[1] + 0.5);
  };

  /** The corners one can take hold of. */
  inks.handles = function (view, geometry) {
    for (const corner of lifecircle.gripped(geometry, (place) => spot(view, place))) {
      disc(view, spot(view, corner), HANDLE_PX, "#fff", lifecircle.data.style.colours.change, 2);
    }
  };

  /** Where one enters what was added: rings; small dots along a street side; dashed where only assumed. */
  inks.entrances = function (view, found) {
    const { g } = view, { colours } = lifecircle.data.style;
    for (const { lon, lat, kind } of found) {
      const sort = kind.replace(/ /g, "_");
      if (sort === "street_side") disc(view, spot(view, [lon, lat]), 2, colours.entrance, "#fff", 0.8);
      if (sort === "street_side" || sort === "point") continue;
      g.setLineDash(sort === "fallback" ? [2.5, 2] : []);
      disc(view, spot(view, [lon, lat]), 4, "#fff", colours.entrance, 2);
      g.setLineDash([]);
    }
  };

  /** A way walked, [lon, lat, ...], from the home to the entrance. */
  inks.way = function (view, lonlat) {
    const places = [];
    for (let k = 0; k < lonlat.length; k += 2) places.push([lonlat[k], lonlat[k + 1]]);
    if (!places.length) return;
    view.g.beginPath();
    path(view, places, false);
    stroke(view, lifecircle.data.style.colours.ink, 3, []);
    disc(view, spot(view, places[0]), 4, lifecircle.data.style.colours.ink, "#fff", 1.5);
    disc(view, spot(view, places[places.length - 1]), 6, "#fff", lifecircle.data.style.colours.entrance, 2.5);
  };

  /** An arrow's shaft from where something stood to where it stands now. */
  inks.thread = function (view, from, to) {
    view.g.beginPath();
    path(view, [from, to], false);
    stroke(view, lifecircle.data.style.colours.change, 1.5, [5, 4]);
  };

  /** A place where something stood: crossed out. */
  inks.cross = function (view, place) {
    const { g } = view, [px, py] = spot(view, place), r = 8;
    g.beginPath();
    for (const side of [-1, 1]) {
      g.moveTo(px - side * r, py - r);
      g.lineTo(px + side * r, py + r);
    }
    stroke(view, lifecircle.data.style.colours.change, 3);
  };

  /** What the pointer would take hold of: a street, a facility, a gate. */
  inks.aim = function (view, { line, place }) {
    const { colours } = lifecircle.data.style;
    if (line) {
      view.g.beginPath();
      path(view, line, false);
      stroke(view, colours.change, lifecircle.byZoom(LINE, view.zoom) + 1);
    }
    if (place) disc(view, spot(view, place), 13, "transparent", colours.change, 3);
  };

  /** An outline that is being drawn: its corners so far, and a line to the pointer. */
  inks.outline = function (view, corners, pointer) {
    view.g.beginPath();
    path(view, pointer ? [...corners, pointer] : corners, false);
    stroke(view, lifecircle.data.style.colours.change, 2, [4, 4]);
    for (const corner of corners) disc(view, spot(view, corner), HANDLE_PX, "#fff", lifecircle.data.style.colours.change, 2);
  };
})();
