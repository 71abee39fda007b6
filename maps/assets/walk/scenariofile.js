/* Scenario files: changes as GeoJSON that `lifecircle compare` and any GIS read, and back. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const TEXTS = ["do", "name", "category", "target"];
  const DEPTH = { Point: 0, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };
  const FEWEST = 2;

  Object.assign(lifecircle.Plan.prototype, {
    /** The present changes as a FeatureCollection (RFC 7946), one feature each. */
    toFile(name) {
      const features = this.changes.map((change) => {
        const properties = Object.fromEntries(TEXTS.filter((key) => change[key]).map((key) => [key, change[key]]));
        if (Number.isFinite(change.cost)) properties.cost = change.cost;
        return { type: "Feature", properties, geometry: change.geometry || null };
      });
      return JSON.stringify({ type: "FeatureCollection", name, features }, null, 1) + "\n";
    },

    /** The changes of such a file, or {key, values}: why it cannot be read. */
    fromFile(text) {
      let file;
      try {
        file = JSON.parse(text);
      } catch {
        return { key: "whatif_refused_file", values: {} };
      }
      if (!file || file.type !== "FeatureCollection" || !Array.isArray(file.features)) return { key: "whatif_refused_file", values: {} };
      const changes = [];
      for (const feature of file.features) {
        const change = changeOf(feature);
        if (!change) return { key: "whatif_refused_file", values: {} };
        if (!lifecircle.canTry(change.do)) return { key: "whatif_refused_verb", values: { do: change.do } };
        changes.push(change);
      }
      return changes;
    },
  });

  function changeOf(feature) {
    const properties = feature && feature.properties, geometry = feature && feature.geometry;
    if (!properties || typeof properties.do !== "string") return null;
    if (geometry && !(Object.hasOwn(DEPTH, geometry.type) && isRight(geometry.coordinates, DEPTH[geometry.type]))) return null;
    const change = { geometry: geometry ? { type: geometry.type, coordinates: geometry.coordinates } : null };
    for (const key of TEXTS) if (properties[key] !== undefined && properties[key] !== null) change[key] = String(properties[key]);
    if (Number.isFinite(properties.cost)) change.cost = properties.cost;
    return change;
  }

  /** Whether coordinates are lists within lists as deep as they should be, with numbers at the bottom. */
  function isRight(coordinates, depth) {
    if (!Array.isArray(coordinates)) return false;
    if (depth === 0) return coordinates.length >= 2 && coordinates.every(Number.isFinite);
    return coordinates.length >= (depth === 1 ? FEWEST : 1) && coordinates.every((part) => isRight(part, depth - 1));
  }
})();
