/* Controls: zoom, the way back to the whole place, and a scale in the page's language. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const MARGIN_PX = 26;
  const NARROW_PX = 760, BUTTONS_PX = 26; // what the column of buttons takes from a narrow map
  const MOST_ZOOM_FOR_LEGEND = 0.5;

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
      button.textContent = "⤢";
      L.DomEvent.disableClickPropagation(bar);
      button.addEventListener("click", () => lifecircle.showAll(map));
      return bar;
    },
  });

  lifecircle.controls = function (map) {
    L.control.zoom().addTo(map);
    new Whole().addTo(map);
    const scale = new Scale().addTo(map);
    map.getContainer().setAttribute("role", "application");
    nameAll(map);
    lifecircle.onLanguage(() => {
      nameAll(map);
      scale._update();
    });
  };

  /** Name the map and its buttons, for those who point at them and those who hear them. */
  function nameAll(map) {
    map.getContainer().setAttribute("aria-label", lifecircle.say("map_label"));
    for (const [name, key] of [[".leaflet-control-zoom-in", "zoom_in"], [".leaflet-control-zoom-out", "zoom_out"], [".whole", "whole_map"]]) {
      const button = map.getContainer().querySelector(name);
      button.title = lifecircle.say(key);
      button.setAttribute("aria-label", button.title);
    }
  }

  /** Bring the whole study area into view, clear of the legend if that costs little. */
  lifecircle.showAll = function (map) {
    const [west, south, east, north] = lifecircle.data.extent;
    const bounds = L.latLngBounds([south, west], [north, east]);
    const legend = document.getElementById("legend");
    const margin = L.point(MARGIN_PX, MARGIN_PX);
    const zoomFor = (room) => map.getBoundsZoom(bounds, false, margin.multiplyBy(2).add(room));
    const none = L.point(0, 0);
    const beside = legend.open ? L.point(legend.offsetWidth, 0) : none;
    const below = legend.open ? L.point(0, legend.offsetHeight) : none;
    const best = zoomFor(beside) >= zoomFor(below) ? beside : below;
    const room = zoomFor(none) - zoomFor(best) <= MOST_ZOOM_FOR_LEGEND ? best : none;
    map.fitBounds(bounds, {
      paddingTopLeft: margin.add([map.getSize().x < NARROW_PX ? BUTTONS_PX : 0, room.y]),
      paddingBottomRight: margin.add([room.x, 0]),
      animate: false,
    });
  };

  /** How much of the map's edges the card and the legend cover, in pixels. */
  function covered(map) {
    const card = document.getElementById("card"), legend = document.getElementById("legend");
    const size = map.getSize();
    const across = card.offsetWidth > size.x / 2;
    const left = card.hidden || across ? 0 : card.offsetLeft + card.offsetWidth;
    const foot = card.hidden || !across ? 0 : size.y - card.offsetTop;
    const right = legend.open && legend.offsetWidth + left < 0.75 * size.x ? legend.offsetWidth : 0;
    return { paddingTopLeft: [left + MARGIN_PX, MARGIN_PX], paddingBottomRight: [right + MARGIN_PX, foot + MARGIN_PX] };
  }

  function still() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Move to a place; without a flight where the reader wants less motion. */
  lifecircle.goTo = function (map, bounds) {
    const options = { ...covered(map), maxZoom: 16.5, duration: 0.6 };
    if (still()) map.fitBounds(bounds, { ...options, animate: false });
    else map.flyToBounds(bounds, options);
  };

  /** Move just so much that places of the world come out from under card and legend. */
  lifecircle.uncover = function (map, x, y) {
    map.panInside(lifecircle.toLatLng(x, y), { ...covered(map), animate: !still(), duration: 0.3 });
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
