/* Measuring: a line of places the reader clicks, its length and, once closed, its area on the ground. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const RULER = "M2 13 13 2l5 5L7 18zM5 10l2 2M8 7l3 3M11 4l2 2";
  const NEAR_PX = 12;
  const HECTARE = 10000;

  lifecircle.tools.push((map) => {
    const measuring = new lifecircle.Measuring(map);
    const button = lifecircle.toolButton(map, "measure", RULER, () => measuring.turn(!measuring.on));
    measuring.turned = (on) => button.setAttribute("aria-pressed", String(on));
    measuring.turned(false);
    lifecircle.measuring = measuring;
  });

  /** While it is on, it alone hears clicks and keys on the map: no card opens, nothing zooms. */
  lifecircle.Measuring = class {
    constructor(map) {
      Object.assign(this, { map, on: false, places: [], ended: false, closed: false });
      this.sheet = new lifecircle.Sheet([(view) => this._draw(view)]);
      this.said = document.getElementById("measured");
      const frame = map.getContainer(), hear = (kind, answer) =>
        frame.parentElement.addEventListener(kind, (event) => this.on && answer(event), true);
      hear("click", (event) => this._taken(event) && this._click(event));
      hear("dblclick", (event) => this._taken(event) && this._end());
      hear("keydown", (event) => this._key(event));
      lifecircle.onLanguage(() => this.on && this._say());
    }

    turn(on) {
      if (on === this.on) return;
      this.on = on;
      this._restart();
      if (on && lifecircle.page.card) lifecircle.page.card.close();
      if (on) this.sheet.addTo(this.map);
      else this.sheet.remove();
      this.map.getContainer().classList.toggle("measuring", on);
      this.said.hidden = !on;
      this.turned(on);
      this._say();
    }

    _restart() {
      Object.assign(this, { places: [], ended: false, closed: false });
    }

    /** Keep an event on the map itself from everyone else. */
    _taken(event) {
      const here = this.map.getContainer();
      if (!here.contains(event.target) || event.target.closest(".leaflet-control")) return false;
      event.stopPropagation();
      event.preventDefault();
      return true;
    }

    _click(event) {
      if (event.detail > 1 || this.map.dragging.moved()) return; // the second of a double click, the end of a drag
      this.add(this.map.mouseEventToLatLng(event));
    }

    _key(event) {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.turn(false);
        return;
      }
      if (event.target !== this.map.getContainer()) return;
      if (event.key === "Enter") this._taken(event) && this._end();
      else if (event.key === " ") this._taken(event) && this.add(this.map.getCenter());
      else if (event.key === "Backspace") this._taken(event) && this._back();
    }

    /** Add a place; one at the first place closes the line; one after the end begins anew. */
    add(latlng) {
      if (this.ended) this._restart();
      const first = this.places[0];
      const atFirst = this.places.length > 2 && this.map.latLngToContainerPoint(first).distanceTo(this.map.latLngToContainerPoint(latlng)) <= NEAR_PX;
      if (atFirst) {
        this.closed = true;
        this._end();
        return;
      }
      this.places.push(latlng);
      this._changed();
    }

    _back() {
      if (this.ended) this.ended = this.closed = false;
      else this.places.pop();
      this._changed();
    }

    _end() {
      this.ended = this.places.length > 1;
      this._changed();
    }

    _changed() {
      this.sheet.draw();
      this._say();
    }

    /** What is measured so far: metres, and square metres if closed. */
    get result() {
      const places = this.places.map((place) => lifecircle.onGround(this.map, place));
      const line = this.closed ? [...places, places[0]] : places;
      return { metres: lifecircle.lengthOf(line), area: this.closed ? lifecircle.areaWithin(places) : null };
    }

    _say() {
      const { say } = lifecircle, { metres, area } = this.result;
      const figure = this.places.length < 2 ? say("measure_begin") : say("measure_length", { walk: lifecircle.metres(metres) });
      const parts = [lifecircle.element("strong", "", figure)];
      if (area !== null) parts.push(lifecircle.element("strong", "", say("measure_area", { area: areaWords(area) })));
      parts.push(lifecircle.element("span", "", say(this.ended ? "measure_again" : "measure_hint")));
      this.said.replaceChildren(...parts);
    }

    _draw(view) {
      const { g } = view, { colours } = lifecircle.data.style;
      const points = this.places.map((place) => {
        const { x, y } = lifecircle.fromLatLng(place);
        return [view.px(x), view.py(y)];
      });
      g.beginPath();
      for (const [px, py] of points) g.lineTo(px, py);
      if (this.closed) g.closePath();
      g.fillStyle = "rgba(255, 255, 255, 0.35)";
      if (this.closed) g.fill();
      g.lineJoin = "round";
      for (const [colour, width] of [["#fff", 6], [colours.ink, 2.5]]) {
        Object.assign(g, { strokeStyle: colour, lineWidth: width });
        g.stroke();
      }
      for (const [px, py] of points) {
        g.beginPath();
        g.arc(px, py, 4.5, 0, 2 * Math.PI);
        Object.assign(g, { fillStyle: "#fff", strokeStyle: colours.ink, lineWidth: 2 });
        g.fill();
        g.stroke();
      }
    }
  };

  function areaWords(area) {
    if (area < HECTARE) return lifecircle.say("square_metres", { n: lifecircle.number(area) });
    if (area < 100 * HECTARE) return lifecircle.say("hectares", { n: (area / HECTARE).toFixed(2) });
    return lifecircle.say("square_kilometres", { n: (area / (100 * HECTARE)).toFixed(2) });
  }
})();
