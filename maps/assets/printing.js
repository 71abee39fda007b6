/* Printing: one page of paper with title, answer, map, legend, scale, north and source. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const PRINTER = "M5 8V3h10v5M5 14H3V8h14v6h-2M5 12h10v5H5z";
  const SIZES = { A4: [210, 297], A3: [297, 420] };
  const SHARPNESS = { A4: 2.5, A3: 2 }; // canvas pixels for each of CSS: 240 and 192 dots an inch
  const MARGIN_MM = 10;
  const PX_PER_M = 96 / 0.0254;

  lifecircle.tools.push((map) => {
    const printing = new lifecircle.Printing(map);
    lifecircle.toolButton(map, "print_page", PRINTER, () => printing.show());
    lifecircle.printing = printing;
  });

  lifecircle.Printing = class {
    constructor(map) {
      Object.assign(this, { map, on: false });
      this.bar = document.getElementById("printing");
      this.legend = document.getElementById("legend");
      this.rule = document.head.appendChild(document.createElement("style"));
      this.bar.addEventListener("change", () => this.on && this._lay());
      this.bar.addEventListener("submit", (event) => {
        event.preventDefault();
        window.print();
      });
      this.bar.querySelector("[data-leave]").addEventListener("click", () => this.leave());
      document.addEventListener("keydown", (event) => event.key === "Escape" && this.leave());
      window.addEventListener("beforeprint", () => {
        this.passing = !this.on;
        if (this.passing) this._enter();
      });
      window.addEventListener("afterprint", () => this.passing && this.leave());
      this.bar.hidden = true;
      this._size();
    }

    /** Show the page of paper on the screen, with the choice of its size. */
    show() {
      this._enter();
      this.bar.hidden = false;
      this.bar.querySelector("select").focus();
    }

    _enter() {
      if (this.on) return;
      this.on = true;
      this.seen = this.map.getBounds();
      this.left = { center: this.map.getCenter(), zoom: this.map.getZoom(), open: this.legend.open };
      this.legend.open = true;
      this._lay();
    }

    /** Go back to the map as the reader left it. */
    leave() {
      if (!this.on) return;
      this.on = false;
      this.bar.hidden = true;
      lifecircle.sharpness = undefined;
      document.body.classList.remove("paper", "portrait", "landscape");
      this.legend.open = this.left.open;
      this.map.invalidateSize({ animate: false });
      this.map.setView(this.left.center, this.left.zoom, { animate: false });
    }

    get _chosen() {
      const { paper, turn } = this.bar.elements;
      return { paper: paper.value, portrait: turn.value === "portrait" };
    }

    /** Tell the browser which paper: Ctrl+P asks nobody else. */
    _size() {
      const { paper, portrait } = this._chosen;
      this.rule.textContent = `@page { size: ${paper} ${portrait ? "portrait" : "landscape"}; margin: 0; }`;
    }

    /** Lay out the paper, fit the study area into its map, and draw it as sharp as print. */
    _lay() {
      const { paper, portrait } = this._chosen, { classList, style } = document.body;
      const [short, long] = SIZES[paper], [wide, high] = portrait ? [short, long] : [long, short];
      this._size();
      classList.add("paper");
      classList.toggle("portrait", portrait);
      classList.toggle("landscape", !portrait);
      for (const [name, mm] of [["--wide", wide], ["--high", high], ["--margin", MARGIN_MM]]) style.setProperty(name, mm + "mm");
      lifecircle.sharpness = SHARPNESS[paper];
      this.map.invalidateSize({ animate: false });
      this.map.fitBounds(this._shown(), { padding: [20, 20], animate: false });
      this._trim();
      this.map.eachLayer((layer) => layer.finish && layer.finish());
      this._scale();
    }

    /** What the paper shows: the whole place, or the part of it that the reader had come closer to. */
    _shown() {
      const [west, south, east, north] = lifecircle.data.extent;
      const whole = L.latLngBounds([south, west], [north, east]);
      return this.seen.contains(whole) ? whole : this.seen;
    }

    /** Leave out of the lists what the paper has no room for. */
    _trim() {
      const panel = document.querySelector(".panel"), items = [...panel.querySelectorAll(":scope > *, :scope > .gaps > li")];
      const foot = () => panel.getBoundingClientRect().bottom + 1;
      const beyond = () => items.filter((item) => !item.matches(".gaps") && item.getBoundingClientRect().bottom > foot());
      for (const item of items) item.classList.remove("cut");
      panel.classList.remove("brief");
      panel.classList.toggle("brief", beyond().length > 0);
      for (const item of beyond()) item.classList.add("cut");
    }

    /** Say how much smaller than the ground the map on paper is, to two figures. */
    _scale() {
      const middle = this.map.getSize().divideBy(2);
      const at = (x) => this.map.containerPointToLatLng(middle.add([x, 0]));
      const ratio = (lifecircle.metresBetween(at(-50), at(50)) / 100) * PX_PER_M;
      const step = Math.pow(10, Math.floor(Math.log10(ratio)) - 1);
      const n = lifecircle.number(Math.round(ratio / step) * step);
      const { paper } = this._chosen;
      const say = () => (document.getElementById("paper-scale").textContent = lifecircle.say("print_scale", { n, paper }));
      say();
      this.say = say;
    }
  };

  lifecircle.onLanguage(() => lifecircle.printing && lifecircle.printing.say && lifecircle.printing.say());
})();
