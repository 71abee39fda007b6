/* Base map: someone's tiles under our drawings; until they are seen, and without them, our ground. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const OUR_GROUND = ["streets", "green", "water"];
  const PATIENCE_MS = 8000;

  const row = (name) => document.querySelector(`#legend input[data-layer="${name}"]`);

  /** Switch a row of the legend as the reader would. */
  function turn(box, on) {
    if (!box || box.checked === on) return false;
    box.checked = on;
    box.dispatchEvent(new Event("change"));
    return true;
  }

  /**
   * Put the base map of a page under its drawings, tied to its row in the legend.
   * Our ground steps back when the first tile is seen, and comes back when the tiles go.
   */
  lifecircle.BaseMap = class {
    constructor(map) {
      const { tiles, subdomains, maxZoom } = map.options.base;
      const look = { subdomains, maxNativeZoom: maxZoom, maxZoom: map.getMaxZoom(), minZoom: 0 };
      Object.assign(this, { map, stepped: [] });
      this.layers = tiles.map((tile) => L.tileLayer(tile, look));
      for (const layer of this.layers) {
        layer.on("tileload", () => this._seen());
        layer.on("load", () => setTimeout(() => this._answered())); // Leaflet is still at work on it
      }
      this.box = row("base");
      this.box.addEventListener("change", () => (this.box.checked ? this.show() : this.hide()));
      this.show();
    }

    /** Ask for the tiles. */
    show() {
      this._say(false);
      this.layers.forEach((layer) => layer.addTo(this.map));
      this.waiting = setTimeout(() => this._giveUp(), PATIENCE_MS);
    }

    /** Take the tiles away; our ground stands as the reader had it. */
    hide() {
      clearTimeout(this.waiting);
      this.layers.forEach((layer) => layer.remove());
      if (!lifecircle.baseSeen) return;
      lifecircle.baseSeen = false;
      const back = this.stepped.filter((box) => turn(box, true));
      this.stepped = [];
      if (!back.length) this._draw();
    }

    _seen() {
      clearTimeout(this.waiting);
      if (lifecircle.baseSeen || !this.box.checked) return;
      lifecircle.baseSeen = true;
      this.stepped = OUR_GROUND.map(row).filter((box) => turn(box, false));
      if (!this.stepped.length) this._draw();
    }

    /** All that was asked for came or failed. */
    _answered() {
      if (!this.layers.some((layer) => layer.isLoading())) this._giveUp();
    }

    /** If nothing came, say so and do without. */
    _giveUp() {
      if (lifecircle.baseSeen || !this.box.checked) return;
      this.box.checked = false;
      this.hide();
      this._say(true);
    }

    _say(unreachable) {
      document.getElementById("base-unreachable").hidden = !unreachable;
    }

    _draw() {
      this.map.eachLayer((layer) => layer.draw && layer.draw());
    }
  };
})();
