/* Controls: zoom, the way back to the whole place, and a scale in the page's language. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;

  const Scale = L.Control.Scale.extend({
    options: { imperial: false, position: "bottomleft", maxWidth: 120 },
    _updateMetric: function (maxMetres) {
      const metres = this._getRoundNum(maxMetres);
      const word = metres < 1000 ? lifecircle.say("metres", { n: metres }) : lifecircle.say("kilometres", { n: metres / 1000 });
      this._mScale.style.width = Math.round((this.options.maxWidth * metres) / maxMetres) + "px";
      this._mScale.textContent = word;
    },
  });

  const Whole = L.Control.extend({
    options: { position: "topleft" },
    onAdd: function (map) {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      const button = L.DomUtil.create("button", "whole", bar);
      button.type = "button";
      button.title = lifecircle.say("whole_map", {});
      button.setAttribute("aria-label", button.title);
      button.textContent = "⤢";
      L.DomEvent.disableClickPropagation(bar);
      button.addEventListener("click", () => lifecircle.showAll(map));
      return bar;
    },
  });

  lifecircle.controls = function (map) {
    L.control.zoom({ zoomInTitle: lifecircle.say("zoom_in", {}), zoomOutTitle: lifecircle.say("zoom_out", {}) }).addTo(map);
    new Whole().addTo(map);
    new Scale().addTo(map);
    const frame = map.getContainer();
    frame.setAttribute("aria-label", lifecircle.say("map_label", {}));
    frame.setAttribute("role", "application");
  };

  /** Bring the whole study area into view. */
  lifecircle.showAll = function (map) {
    const [west, south, east, north] = lifecircle.data.extent;
    map.fitBounds([[south, west], [north, east]], { padding: [18, 18], animate: false });
  };

  /** Move to a place; without a flight where the reader wants less motion. */
  lifecircle.goTo = function (map, bounds) {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const options = { maxZoom: 16.5, padding: [60, 60], duration: 0.6 };
    if (still) map.fitBounds(bounds, { ...options, animate: false });
    else map.flyToBounds(bounds, options);
  };

  /** On a phone, the panel under the map is a drawer. */
  lifecircle.drawer = function (map) {
    const handle = document.getElementById("drawer");
    handle.addEventListener("click", () => {
      const open = document.body.classList.toggle("drawer-open");
      handle.setAttribute("aria-expanded", String(open));
      map.invalidateSize({ animate: false });
    });
  };
})();
