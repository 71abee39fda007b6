/* Tools: a column of buttons on the map, below those that zoom. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const SVG = "http://www.w3.org/2000/svg";

  /** What files add: functions of the map, called in order when it is opened. */
  lifecircle.tools = [];

  const Bar = L.Control.extend({
    options: { position: "topleft" },
    onAdd: function () {
      const bar = L.DomUtil.create("div", "leaflet-bar tools");
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    },
  });

  lifecircle.toolbar = function (map) {
    new Bar().addTo(map);
    for (const add of lifecircle.tools) add(map);
  };

  /** Put a button into the bar: its name among the words, the path of its picture, what it does. */
  lifecircle.toolButton = function (map, key, path, press) {
    const button = lifecircle.element("button", "tool " + key, picture(path));
    button.type = "button";
    const name = () => {
      button.title = lifecircle.say(key);
      button.setAttribute("aria-label", button.title);
    };
    name();
    lifecircle.onLanguage(name);
    button.addEventListener("click", press);
    map.getContainer().querySelector(".tools").append(button);
    return button;
  };

  function picture(path) {
    const svg = document.createElementNS(SVG, "svg"), line = document.createElementNS(SVG, "path");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }
})();
