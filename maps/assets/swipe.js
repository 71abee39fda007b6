/* Swipe: a divider over the map; one sheet is seen on its left, another on its right. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const STEP = 2, LEAP = 10; // per cent of the map's width

  /** The middle of the study area, where the divider first stands: legend and card lie beside it. */
  function middle() {
    const [west, south, east, north] = lifecircle.data.extent;
    return L.latLng((south + north) / 2, (west + east) / 2);
  }

  lifecircle.Swipe = class {
    constructor(map, left, right) {
      Object.assign(this, { map, left, right });
      this.holder = document.getElementById("swipe");
      this.handle = this.holder.querySelector(".handle");
      this.handle.addEventListener("pointerdown", (event) => this._grasp(event));
      this.handle.addEventListener("keydown", (event) => this._key(event));
      map.on("move zoom moveend zoomend viewreset resize", () => this._clip());
      map.on("zoomstart", () => this._follow());
      for (const sheet of [left, right]) sheet.on("shown", () => this._clip());
      this.move((100 * map.latLngToContainerPoint(middle()).x) / map.getSize().x);
    }

    /** Put the divider at some per cent of the map's width. */
    move(at) {
      this.at = Math.min(Math.max(at, 0), 100);
      this.holder.style.setProperty("--at", this.at + "%");
      this.handle.setAttribute("aria-valuenow", String(Math.round(this.at)));
      this._clip();
    }

    _grasp(event) {
      event.preventDefault();
      this.handle.focus();
      this.handle.setPointerCapture(event.pointerId);
      const frame = this.holder.getBoundingClientRect();
      const drag = (moved) => this.move((100 * (moved.clientX - frame.left)) / frame.width);
      this.handle.addEventListener("pointermove", drag);
      const end = () => this.handle.removeEventListener("pointermove", drag);
      this.handle.addEventListener("lostpointercapture", end, { once: true });
    }

    _key(event) {
      const steps = { ArrowLeft: -STEP, ArrowRight: STEP, ArrowDown: -STEP, ArrowUp: STEP, PageDown: -LEAP, PageUp: LEAP, Home: -100, End: 100 };
      if (!(event.key in steps)) return;
      event.preventDefault();
      event.stopPropagation(); // else the map would move as well
      this.move(this.at + steps[event.key]);
    }

    /** Keep the divider where it is while a zoom stretches the sheets. */
    _follow() {
      const frame = () => {
        this._clip();
        if (this.map._animatingZoom) requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    }

    _clip() {
      const seen = this.holder.getBoundingClientRect();
      const x = seen.left + (this.at / 100) * seen.width;
      for (const [sheet, side] of [[this.left, "left"], [this.right, "right"]]) {
        const canvas = sheet.getCanvas(), box = canvas.getBoundingClientRect();
        const at = box.width ? (100 * (x - box.left)) / box.width : 0;
        const cut = Math.min(Math.max(at, 0), 100);
        canvas.style.clipPath = side === "left" ? `inset(0 ${100 - cut}% 0 0)` : `inset(0 0 0 ${cut}%)`;
      }
    }
  };
})();
