/* Project: degrees to the metres of the plan's own map and back, as the measured figures use them. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const RADIANS = Math.PI / 180;
  const ENOUGH = 1e-15;

  /**
   * A transverse Mercator projection: a Gauss-Krüger zone of CGCS2000, or a zone of UTM.
   *
   * Krüger's series to the sixth power of the third flattening, good to nanometres in a zone
   * (C. F. F. Karney, "Transverse Mercator with an accuracy of a few nanometers", 2011, (35), (36)).
   */
  lifecircle.Projection = class {
    /** axis_m, flattening: the ellipsoid; lon0 in degrees; scale on the middle; what is added, in metres. */
    constructor({ axis_m, flattening, lon0, scale, east_m, north_m }) {
      const n = flattening / (2 - flattening);
      Object.assign(this, { lon0, east_m, north_m });
      this.eccentricity = Math.sqrt(flattening * (2 - flattening));
      this.radius_m = scale * (axis_m / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64 + n ** 6 / 256);
      this.forward = [
        n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16 + (41 * n ** 4) / 180 - (127 * n ** 5) / 288 + (7891 * n ** 6) / 37800,
        (13 * n ** 2) / 48 - (3 * n ** 3) / 5 + (557 * n ** 4) / 1440 + (281 * n ** 5) / 630 - (1983433 * n ** 6) / 1935360,
        (61 * n ** 3) / 240 - (103 * n ** 4) / 140 + (15061 * n ** 5) / 26880 + (167603 * n ** 6) / 181440,
        (49561 * n ** 4) / 161280 - (179 * n ** 5) / 168 + (6601661 * n ** 6) / 7257600,
        (34729 * n ** 5) / 80640 - (3418889 * n ** 6) / 1995840,
        (212378941 * n ** 6) / 319334400,
      ];
      this.backward = [
        n / 2 - (2 * n ** 2) / 3 + (37 * n ** 3) / 96 - n ** 4 / 360 - (81 * n ** 5) / 512 + (96199 * n ** 6) / 604800,
        n ** 2 / 48 + n ** 3 / 15 - (437 * n ** 4) / 1440 + (46 * n ** 5) / 105 - (1118711 * n ** 6) / 3870720,
        (17 * n ** 3) / 480 - (37 * n ** 4) / 840 - (209 * n ** 5) / 4480 + (5569 * n ** 6) / 90720,
        (4397 * n ** 4) / 161280 - (11 * n ** 5) / 504 - (830251 * n ** 6) / 7257600,
        (4583 * n ** 5) / 161280 - (108847 * n ** 6) / 3991680,
        (20648693 * n ** 6) / 638668800,
      ];
    }

    toMetres(lon, lat) {
      const e = this.eccentricity, away = (lon - this.lon0) * RADIANS, tangent = Math.tan(lat * RADIANS);
      const conformal = conformalTangent(tangent, e);
      const north = Math.atan2(conformal, Math.cos(away));
      const east = Math.asinh(Math.sin(away) / Math.hypot(conformal, Math.cos(away)));
      let x = east, y = north;
      this.forward.forEach((factor, k) => {
        x += factor * Math.cos(2 * (k + 1) * north) * Math.sinh(2 * (k + 1) * east);
        y += factor * Math.sin(2 * (k + 1) * north) * Math.cosh(2 * (k + 1) * east);
      });
      return [this.east_m + this.radius_m * x, this.north_m + this.radius_m * y];
    }

    toDegrees(x, y) {
      const east = (x - this.east_m) / this.radius_m, north = (y - this.north_m) / this.radius_m;
      let a = east, b = north;
      this.backward.forEach((factor, k) => {
        a -= factor * Math.cos(2 * (k + 1) * north) * Math.sinh(2 * (k + 1) * east);
        b -= factor * Math.sin(2 * (k + 1) * north) * Math.cosh(2 * (k + 1) * east);
      });
      const conformal = Math.sin(b) / Math.hypot(Math.sinh(a), Math.cos(b));
      const lon = this.lon0 + Math.atan2(Math.sinh(a), Math.cos(b)) / RADIANS;
      return [lon, Math.atan(this._tangent(conformal)) / RADIANS];
    }

    /** The tangent of a latitude from that of its conformal latitude, by Newton's method (Karney, (19) to (21)). */
    _tangent(conformal) {
      const e = this.eccentricity;
      let tangent = conformal / (1 - e * e);
      for (let round = 0; round < 9; round++) {
        const found = conformalTangent(tangent, e);
        const slope = ((1 - e * e) * Math.hypot(1, found) * Math.hypot(1, tangent)) / (1 + (1 - e * e) * tangent * tangent);
        const step = (conformal - found) / slope;
        tangent += step;
        if (Math.abs(step) <= ENOUGH * (1 + Math.abs(tangent))) break;
      }
      return tangent;
    }
  };

  function conformalTangent(tangent, e) {
    const sigma = Math.sinh(e * Math.atanh((e * tangent) / Math.hypot(1, tangent)));
    return tangent * Math.hypot(1, sigma) - sigma * Math.hypot(1, tangent);
  }
})();
