/* Geodesy: metres and square metres on the ground, from longitude and latitude (WGS 84). */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const A = 6378137, F = 1 / 298.257223563, B = A * (1 - F), E2 = F * (2 - F), E = Math.sqrt(E2);
  const MEAN_RADIUS = 6371008.8;
  const radians = (degrees) => (degrees * Math.PI) / 180;

  /**
   * The shortest way over the ellipsoid between two places {lng, lat}, in metres (Vincenty 1975).
   * True to 1 mm; between places opposite on the globe, where it finds no answer, that of a sphere (0.5 %).
   */
  lifecircle.metresBetween = function (from, to) {
    const over = radians(to.lng - from.lng);
    const [u1, u2] = [from, to].map(({ lat }) => Math.atan((1 - F) * Math.tan(radians(lat))));
    const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
    let lambda = over;
    for (let round = 0; round < 200; round++) {
      const sinL = Math.sin(lambda), cosL = Math.cos(lambda);
      const sine = Math.hypot(cos2 * sinL, cos1 * sin2 - sin1 * cos2 * cosL);
      if (sine === 0) return 0;
      const cosine = sin1 * sin2 + cos1 * cos2 * cosL, sigma = Math.atan2(sine, cosine);
      const alpha = (cos1 * cos2 * sinL) / sine, square = 1 - alpha * alpha;
      const middle = square === 0 ? 0 : cosine - (2 * sin1 * sin2) / square;
      const c = (F / 16) * square * (4 + F * (4 - 3 * square));
      const next = over + (1 - c) * F * alpha * (sigma + c * sine * (middle + c * cosine * (2 * middle * middle - 1)));
      if (Math.abs(next - lambda) < 1e-12) return arc(square, sigma, sine, cosine, middle);
      lambda = next;
    }
    return onSphere(from, to);
  };

  function arc(square, sigma, sine, cosine, middle) {
    const u = (square * (A * A - B * B)) / (B * B);
    const big = 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u)));
    const small = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
    const twice = 2 * middle * middle - 1;
    const last = (small / 6) * middle * (4 * sine * sine - 3) * (4 * middle * middle - 3);
    return B * big * (sigma - small * sine * (middle + (small / 4) * (cosine * twice - last)));
  }

  function onSphere(from, to) {
    const half = (one, other) => Math.sin(radians(other - one) / 2) ** 2;
    const h = half(from.lat, to.lat) + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * half(from.lng, to.lng);
    return 2 * MEAN_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
  }

  /** The length of a line through places {lng, lat}, in metres. */
  lifecircle.lengthOf = function (places) {
    let metres = 0;
    for (let at = 1; at < places.length; at++) metres += lifecircle.metresBetween(places[at - 1], places[at]);
    return metres;
  };

  /**
   * The area within places {lng, lat}, in square metres; its edges are straight on a cylindrical
   * equal-area map of the ellipsoid. Within 0.01 % of the area between shortest ways for edges of up to 20 km.
   */
  lifecircle.areaWithin = function (places) {
    let twice = 0;
    places.forEach((place, at) => {
      const next = places[(at + 1) % places.length];
      twice += radians(next.lng - place.lng) * (zone(place.lat) + zone(next.lat));
    });
    return Math.abs((twice * A * A) / 4);
  };

  /** Twice the area from the equator to a parallel, for each radian of longitude, in units of A². */
  function zone(latitude) {
    const sine = Math.sin(radians(latitude));
    return (1 - E2) * (sine / (1 - E2 * sine * sine) - Math.log((1 - E * sine) / (1 + E * sine)) / (2 * E));
  }
})();
