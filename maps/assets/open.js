/* Open: read the page's data, draw its map, say that it is ready. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;

  /** Wait until an element has a size: in a hidden tab, or a frame not yet shown, it has none. */
  function laidOut(element) {
    const shown = () => element.clientWidth > 0 && element.clientHeight > 0;
    if (shown()) return Promise.resolve();
    return new Promise((resolve) => {
      const watch = new ResizeObserver(() => {
        if (!shown()) return;
        watch.disconnect();
        resolve();
      });
      watch.observe(element);
    });
  }

  lifecircle.open = async function (map) {
    lifecircle.data = await lifecircle.unpack();
    await laidOut(map.getContainer());
    map.invalidateSize({ animate: false });
    map.attributionControl && map.attributionControl.setPrefix(false);
    lifecircle.map = map;
    lifecircle.foldLegend();
    lifecircle.showAll(map);
    lifecircle.controls(map);
    lifecircle.page = lifecircle.pages[lifecircle.data.kind](map, lifecircle.data);
    lifecircle.drawer(map);
    lifecircle.toolbar(map);
    lifecircle.search = new lifecircle.Search(map, lifecircle.data, lifecircle.page);
    if (map.options.base) lifecircle.base = new lifecircle.BaseMap(map);
    lifecircle.onLanguage(() => map.eachLayer((layer) => layer.draw && layer.draw()));
    lifecircle.ready = true;
    lifecircle.arrive();
  };
})();
