/* Search: finds what has a name, flies there, opens its card and marks it. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element } = lifecircle;
  const MOST = 12;
  const AROUND = 0.000003; // of the world: some 100 m on either side of a spot
  const RING_PX = 15;

  /** What can be found: kinds in the order in which equals are listed, each with names and where they are. */
  function sources(data, page) {
    const { ground } = data;
    const own = (names) => [...names];
    const homes = Object.entries((data.homes && data.homes.name) || {});
    return [
      { kind: "find_zone", names: own(ground.zones.name), runs: () => lifecircle.runs(ground.zones.areas), closed: true },
      { kind: "find_facility", names: own((data.facilities || { name: [] }).name), spots: () => lifecircle.spots(data.facilities), open: page.openFacility },
      { kind: "find_street", names: own(ground.names.name), runs: () => lifecircle.runs(ground.names), closed: false },
      { kind: "find_home", names: homes.map(([, name]) => name), rows: homes.map(([row]) => Number(row)), spots: () => page.homes.spots, open: page.openHome },
    ];
  }

  /** One entry for each name of a kind, with all the rows that bear it. */
  function entries(data, page) {
    const listed = new Map();
    for (const source of sources(data, page)) {
      source.names.forEach((name, at) => {
        if (!name) return;
        const key = source.kind + " " + name;
        if (!listed.has(key)) listed.set(key, { source, name, rows: [] });
        listed.get(key).rows.push(source.rows ? source.rows[at] : at);
      });
    }
    return [...listed.values()];
  }

  lifecircle.Search = class {
    constructor(map, data, page) {
      Object.assign(this, { map, page, found: [], active: -1 });
      this.entries = entries(data, page);
      this.box = document.getElementById("search");
      this.list = document.getElementById("found");
      this.heard = document.getElementById("found-count");
      this.mark = new lifecircle.Sheet([(view) => this._draw(view)]);
      const holder = this.box.closest(".search");
      holder.hidden = !this.entries.length;
      L.DomEvent.disableClickPropagation(holder);
      L.DomEvent.disableScrollPropagation(holder);
      this.box.addEventListener("input", () => this._ask());
      this.box.addEventListener("focus", () => this._ask());
      this.box.addEventListener("blur", () => this._fold());
      this.box.addEventListener("keydown", (event) => this._key(event));
      lifecircle.onLanguage(() => this.list.hidden || this._list());
      document.getElementById("card").addEventListener("left", () => this._unmark());
    }

    _ask() {
      if (!this.folded) this.folded = this.entries.map(({ name }) => lifecircle.fold(name));
      this.found = lifecircle.match(this.folded, this.box.value, MOST).map((row) => this.entries[row]);
      this.active = -1;
      this._list();
    }

    _list() {
      const asked = this.box.value.trim() !== "";
      this.list.replaceChildren(...this.found.map((entry, at) => this._option(entry, at)));
      this.list.hidden = !this.found.length;
      this.heard.textContent = asked ? lifecircle.say(this.found.length ? "find_count" : "find_nothing", { n: this.found.length }) : "";
      this.heard.hidden = !asked || this.found.length > 0; // a count is only heard
      this.box.setAttribute("aria-expanded", String(this.found.length > 0));
      this._point(this.active);
    }

    _option({ name, source }, at) {
      const option = element("li", "", lifecircle.named(name), element("small", "", lifecircle.say(source.kind)));
      option.id = "found-" + at;
      option.setAttribute("role", "option");
      option.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the keyboard
      option.addEventListener("click", () => {
        this.choose(at);
        this.box.blur(); // on a phone the keyboard goes away
      });
      return option;
    }

    /** Move to an option of the list; -1 is the box itself. */
    _point(at) {
      this.active = at;
      [...this.list.children].forEach((option, row) => {
        option.setAttribute("aria-selected", String(row === at));
        if (row === at) option.scrollIntoView({ block: "nearest" });
      });
      if (at < 0) this.box.removeAttribute("aria-activedescendant");
      else this.box.setAttribute("aria-activedescendant", "found-" + at);
    }

    _key(event) {
      const last = this.found.length - 1, { key } = event;
      if (key === "ArrowDown" && last >= 0) this._point(this.active < last ? this.active + 1 : 0);
      else if (key === "ArrowUp" && last >= 0) this._point(this.active > 0 ? this.active - 1 : last);
      else if (key === "Enter" && last >= 0 && !event.isComposing) this.choose(Math.max(this.active, 0));
      else if (key === "Escape" && this.box.value) this._empty();
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    _empty() {
      this.box.value = "";
      this._ask();
    }

    _fold() {
      this.found = [];
      this._list();
      this.heard.hidden = true;
    }

    /** Fly to what was found, open its card, mark it. */
    choose(at) {
      const { source, name, rows } = this.found[at];
      this.box.value = name;
      this._fold();
      if (source.open) source.open(rows[0]);
      else if (this.page.card) this.page.card.open(() => [lifecircle.named(name), element("p", "card-place", lifecircle.say(source.kind))]);
      this.marked = { rows, spots: source.spots && source.spots(), runs: source.runs && source.runs(), closed: source.closed };
      this.mark.addTo(this.map);
      this.mark.draw();
      lifecircle.goTo(this.map, this._bounds());
    }

    _unmark() {
      this.marked = null;
      this.mark.remove();
    }

    /** The parts of lines or areas that belong to the rows marked. */
    _parts() {
      const { runs, rows } = this.marked, wanted = new Set(rows);
      return Array.from({ length: runs.parts }, (_, part) => part).filter((part) => wanted.has(runs.of[part]));
    }

    _bounds() {
      const { rows, spots, runs } = this.marked, bounds = L.latLngBounds([]);
      const take = (west, north, east, south) => {
        bounds.extend(lifecircle.toLatLng(west - AROUND, north - AROUND)).extend(lifecircle.toLatLng(east + AROUND, south + AROUND));
      };
      if (spots) for (const row of rows) take(spots.x[row], spots.y[row], spots.x[row], spots.y[row]);
      else for (const part of this._parts()) take(...runs.box.subarray(4 * part, 4 * part + 4));
      return bounds;
    }

    _draw(view) {
      if (!this.marked) return;
      const { g } = view, { rows, spots, runs, closed } = this.marked;
      g.beginPath();
      if (!spots) for (const part of this._parts()) lifecircle.trace(view, runs, part, closed);
      else {
        for (const row of rows) {
          const px = view.px(spots.x[row]), py = view.py(spots.y[row]);
          g.moveTo(px + RING_PX, py);
          g.arc(px, py, RING_PX, 0, 2 * Math.PI);
        }
      }
      for (const [colour, width] of [["#fff", 7], [lifecircle.data.style.colours.change, 3]]) {
        Object.assign(g, { strokeStyle: colour, lineWidth: width });
        g.stroke();
      }
    }
  };
})();
