/* Compact: a Leaflet layer of very many polygons, whose colours follow one of several columns. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element } = lifecircle;
  const HIT_PX = 5;

  /** The box that says what colours mean, and chooses by which column. */
  const Key = L.Control.extend({
    initialize: function (layer) {
      this._layer = layer;
      L.Control.prototype.initialize.call(this, { position: "topright" });
    },

    onAdd: function () {
      const box = element("div", "compact-key leaflet-bar"), layer = this._layer;
      const list = element("ul", "");
      const fill = () => list.replaceChildren(...rows(layer.value));
      box.append(layer.data.values.length > 1 ? this._choice(fill) : element("strong", "", layer.value.title), list);
      fill();
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    },

    _choice: function (changed) {
      const { values } = this._layer.data, choice = element("select", "");
      choice.append(...values.map(({ title }) => element("option", "", title)));
      choice.setAttribute("aria-label", values.map(({ title }) => title).join(" / "));
      choice.selectedIndex = values.indexOf(this._layer.value);
      choice.addEventListener("change", () => {
        this._layer.colourBy(choice.selectedIndex);
        changed();
      });
      return choice;
    },
  });

  function rows(value) {
    const used = new Set(value.class);
    return value.labels.flatMap((label, kind) => {
      if (!used.has(kind)) return [];
      const swatch = element("i", "");
      swatch.style.background = value.colours[kind];
      return [element("li", "", swatch, lifecircle.named(label))];
    });
  }

  /** `name`: that of the element in Folium, which ends the ids of its data. Fires "pick" and "shown". */
  lifecircle.Compact = L.Layer.extend({
    initialize: function (name) {
      this._read = lifecircle.unpack("-" + name).then((data) => this._opened(data));
    },

    _opened: function (data) {
      this.data = data;
      this.homes = new lifecircle.Homes(data.shapes);
      this.picked = -1;
      this.sheet = new lifecircle.Sheet([(view) => this.homes.draw(view), (view) => this.picked >= 0 && this.homes.mark(view, this.picked)]);
      this.sheet.on("shown", () => this.fire("shown"));
      this.key = new Key(this);
      this.hint = L.tooltip({ sticky: true, direction: "top", offset: [0, -6] });
      this.colourBy(0);
    },

    onAdd: async function (map) {
      await this._read;
      if (this._map !== map) return; // taken off again before it was read
      this.sheet.addTo(map);
      this.key.addTo(map);
      map.on({ mousemove: this._hover, mouseout: this._leave, click: this._click }, this);
    },

    onRemove: function (map) {
      if (!this.sheet) return;
      this._leave();
      map.off({ mousemove: this._hover, mouseout: this._leave, click: this._click }, this);
      this.key.remove();
      this.sheet.remove();
    },

    /** Let the colours tell another column, by its place in the list. */
    colourBy: function (place) {
      this.value = this.data.values[place];
      const palette = this.value.colours.map((fill) => ({ fill }));
      this.homes.paint(this.value.class, palette, palette.map((_, kind) => kind));
      this.sheet.draw();
    },

    /** What is told of a row: [title, value], as text. */
    told: function (row) {
      return this.data.told.map(({ title, each, missing }) => [title, missing.includes(row) ? "–" : each[row].toLocaleString()]);
    },

    _at: function (latlng) {
      return this.homes.at(lifecircle.fromLatLng(latlng), HIT_PX / (256 * Math.pow(2, this._map.getZoom())));
    },

    _hover: function ({ latlng }) {
      const row = this._at(latlng), { hint } = this;
      this._map.getContainer().style.cursor = row < 0 ? "" : "pointer";
      if (row < 0) return hint.remove();
      if (row !== this._hovered || !this._map.hasLayer(hint)) hint.setContent(this._table(row));
      this._hovered = row;
      hint.setLatLng(latlng).addTo(this._map);
    },

    _leave: function () {
      this._map.getContainer().style.cursor = "";
      this.hint.remove();
    },

    _click: function ({ latlng }) {
      this.picked = this._at(latlng);
      this.sheet.draw();
      if (this.picked < 0) return;
      this.hint.remove();
      L.popup().setLatLng(latlng).setContent(this._table(this.picked)).openOn(this._map);
      this.fire("pick", { row: this.picked, told: Object.fromEntries(this.told(this.picked)) });
    },

    _table: function (row) {
      const cells = this.told(row).flatMap(([title, value]) => [element("dt", "", title), element("dd", "", lifecircle.named(value))]);
      return element("dl", "compact-told", ...cells);
    },
  });
})();
