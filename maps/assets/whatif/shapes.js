/* Shapes: squares, circles and outlines in degrees, made and moved by metres.
   `ground` is whoever turns degrees into metres and back: toMetres(lon, lat), toDegrees(x, y). */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const CIRCLE_CORNERS = 16;
  const GRIP_PX = 26; // from the middle, so that neither its number nor a hand upon it meets a corner
  const DEPTH = { Point: 0, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };

  const shapes = (lifecircle.shapes = {});

  /** Every place of a geometry changed by `move`; a new geometry of the same type. */
  function mapped(geometry, move) {
    const at = (part, depth) => (depth ? part.map((one) => at(one, depth - 1)) : move(part));
    return { type: geometry.type, coordinates: at(geometry.coordinates, DEPTH[geometry.type]) };
  }

  /** All rings of a polygon, or of several. */
  shapes.rings = function (geometry) {
    if (geometry.type === "Polygon") return geometry.coordinates;
    return geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : [];
  };

  /** All lines of a line, or of several. */
  shapes.lines = function (geometry) {
    if (geometry.type === "LineString") return [geometry.coordinates];
    return geometry.type === "MultiLineString" ? geometry.coordinates : [];
  };

  /** All places of a geometry, in one list. */
  shapes.places = (geometry) =>
    geometry.type === "Point" ? [geometry.coordinates] : geometry.coordinates.flat(DEPTH[geometry.type] - 1);

  shapes.point = (place) => ({ type: "Point", coordinates: [...place] });

  /** A polygon through corners; the ring is closed here. */
  shapes.polygon = (corners) => ({ type: "Polygon", coordinates: [[...corners, corners[0]].map((one) => [...one])] });

  /** Rings in any order, as GeoJSON has them: a ring inside another one is a hole in it. */
  shapes.ofRings = function (rings) {
    const around = (outer, ring) => outer !== ring && shapes.holds({ type: "Polygon", coordinates: [outer] }, ring[0]);
    const outers = rings.filter((ring) => !rings.some((outer) => around(outer, ring)));
    const parts = outers.map((outer) => [outer, ...rings.filter((ring) => around(outer, ring))]);
    return parts.length === 1 ? { type: "Polygon", coordinates: parts[0] } : { type: "MultiPolygon", coordinates: parts };
  };

  /** A square or circle of some square metres around a place. */
  shapes.regular = function (ground, form, centre, area_m2) {
    const corners = form === "circle" ? CIRCLE_CORNERS : 4;
    const slice = (2 * Math.PI) / corners;
    const radius = Math.sqrt((2 * area_m2) / (corners * Math.sin(slice)));
    const [x, y] = ground.toMetres(...centre);
    const angles = Array.from({ length: corners }, (_, k) => (k + 0.5) * slice);
    return shapes.polygon(angles.map((angle) => ground.toDegrees(x + radius * Math.cos(angle), y + radius * Math.sin(angle))));
  };

  /** The same shape, shifted by as many metres as lie between two places. */
  shapes.shifted = function (ground, geometry, from, to) {
    const [fromX, fromY] = ground.toMetres(...from), [toX, toY] = ground.toMetres(...to);
    return mapped(geometry, (place) => {
      const [x, y] = ground.toMetres(...place);
      return ground.toDegrees(x + toX - fromX, y + toY - fromY);
    });
  };

  /** The corners that can be dragged: those of one ring without holes. */
  shapes.corners = function (geometry) {
    const rings = shapes.rings(geometry);
    return rings.length === 1 ? rings[0].slice(0, -1) : [];
  };

  /** Corners with room for a hand, given where places stand in pixels; on a small outline one holds the whole. */
  lifecircle.gripped = function (geometry, pixelsOf) {
    const corners = shapes.corners(geometry);
    if (!corners.length) return corners;
    const [x, y] = pixelsOf(shapes.middle(geometry));
    const isFar = (corner) => {
      const [px, py] = pixelsOf(corner);
      return Math.hypot(px - x, py - y) >= GRIP_PX;
    };
    return corners.every(isFar) ? corners : [];
  };

  /** The same outline with one corner elsewhere. */
  shapes.bent = function (geometry, corner, place) {
    return shapes.polygon(shapes.corners(geometry).map((one, k) => (k === corner ? place : one)));
  };

  /** Square metres; holes are not counted. */
  shapes.area_m2 = function (ground, geometry) {
    const signed = shapes.rings(geometry).map((ring) => ringArea(ring.map((place) => ground.toMetres(...place))));
    return Math.abs(signed.reduce((sum, one) => sum + one, 0));
  };

  function ringArea(ring) {
    const [[x0, y0]] = ring;
    let twice = 0;
    for (let k = 1; k < ring.length; k++) {
      const [ax, ay] = ring[k - 1], [bx, by] = ring[k];
      twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
    }
    return twice / 2;
  }

  /** A place to speak of a shape by: on its first line, or the middle of its box. */
  shapes.middle = function (geometry) {
    const places = shapes.places(geometry), [line] = shapes.lines(geometry);
    if (line) return line[line.length >> 1];
    const along = (axis) => places.map((place) => place[axis]);
    return [0, 1].map((axis) => (Math.min(...along(axis)) + Math.max(...along(axis))) / 2);
  };

  /** Whether a place lies inside an outline; holes are outside. */
  shapes.holds = function (geometry, [px, py]) {
    let inside = false;
    for (const ring of shapes.rings(geometry)) {
      for (let k = 1; k < ring.length; k++) {
        const [ax, ay] = ring[k - 1], [bx, by] = ring[k];
        if (ay > py !== by > py && px < ((bx - ax) * (py - ay)) / (by - ay) + ax) inside = !inside;
      }
    }
    return inside;
  };

  /** Whether an outline crosses itself, so that it has no area one could speak of. */
  shapes.crosses = function (corners) {
    const count = corners.length;
    const side = ([ax, ay], [bx, by], [px, py]) => (bx - ax) * (py - ay) - (by - ay) * (px - ax);
    for (let i = 0; i < count; i++) {
      const a = corners[i], b = corners[(i + 1) % count];
      for (let j = i + 2; j < count; j++) {
        if ((j + 1) % count === i) continue;
        const c = corners[j], d = corners[(j + 1) % count];
        if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
      }
    }
    return false;
  };
})();
