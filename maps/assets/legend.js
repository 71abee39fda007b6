/* Legend: each of its rows shows or hides a layer. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;

  /** Where there is little room, the legend waits to be opened. */
  lifecircle.foldLegend = function () {
    if (window.matchMedia("(max-width: 760px)").matches) document.getElementById("legend").open = false;
  };

  /** Tie the rows to the layers; `changed(name, on)` is told of every switch. */
  lifecircle.legend = function (changed) {
    const legend = document.getElementById("legend");
    const shown = {};
    for (const box of legend.querySelectorAll("input[data-layer]")) {
      shown[box.dataset.layer] = box.checked;
      box.addEventListener("change", () => {
        shown[box.dataset.layer] = box.checked;
        changed(box.dataset.layer, box.checked);
      });
    }
    L.DomEvent.disableClickPropagation(legend);
    L.DomEvent.disableScrollPropagation(legend);
    return shown;
  };
})();
