/* Datum: over GCJ-02 tiles the drawings are shifted; what a reader measures or copies is not. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const RADIUS_M = 6378245, ECCENTRICITY_2 = 0.00669342162296594323;
  const EXACT = 1e-11, MOST_STEPS = 30;
  const wave = (turns) => Math.sin(Math.PI * turns);

  /** Degrees by which GCJ-02 lies east and north of WGS 84; nothing outside China. */
  function shift(longitude, latitude) {
    if (longitude < 72.004 || longitude > 137.8347 || latitude < 0.8293 || latitude > 55.8271) return [0, 0];
    const x = longitude - 105, y = latitude - 35, root = Math.sqrt(Math.abs(x));
    const common = 20 * wave(6 * x) + 20 * wave(2 * x);
    const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
      + ((common + 20 * wave(x) + 40 * wave(x / 3) + 150 * wave(x / 12) + 300 * wave(x / 30)) * 2) / 3;
    const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
      + ((common + 20 * wave(y) + 40 * wave(y / 3) + 160 * wave(y / 12) + 320 * wave(y / 30)) * 2) / 3;
    const angle = (latitude * Math.PI) / 180, flat = 1 - ECCENTRICITY_2 * Math.sin(angle) ** 2;
    const across = (RADIUS_M / Math.sqrt(flat)) * Math.cos(angle);
    const along = (RADIUS_M * (1 - ECCENTRICITY_2)) / (flat * Math.sqrt(flat));
    return [(east / across) * (180 / Math.PI), (north / along) * (180 / Math.PI)];
  }

  /** The WGS 84 place that is drawn at these GCJ-02 degrees: [longitude, latitude] of both. */
  lifecircle.wgs84 = function (longitude, latitude) {
    let x = longitude, y = latitude;
    for (let step = 0; step < MOST_STEPS; step++) {
      const [east, north] = shift(x, y);
      const overX = x + east - longitude, overY = y + north - latitude;
      x -= overX;
      y -= overY;
      if (Math.max(Math.abs(overX), Math.abs(overY)) < EXACT) break;
    }
    return [x, y];
  };

  /** Where a place of the map lies on the ground, WGS 84: to be used for all measuring and copying. */
  lifecircle.onGround = function (map, place) {
    if (!map.options.base || map.options.base.datum !== "gcj02") return place;
    const [longitude, latitude] = lifecircle.wgs84(place.lng, place.lat);
    return L.latLng(latitude, longitude);
  };
})();
