/* Hands: what mouse, finger and keys do on the map; every tool is asked the same few questions. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const CLICK_PX = 5, MOUSE_PX = 10, FINGER_PX = 18;

  const slackOf = (event) => (event && event.pointerType === "touch" ? FINGER_PX : MOUSE_PX);
  const idle = () => lifecircle.measuring && lifecircle.measuring.on; // the ruler has the map

  /**
   * Ties the map to a tool: tool() gives the present one, which may have hover(place, where),
   * take(place, where) -> true if it takes hold of something that is then dragged, drop(moved),
   * act(place, where), leave(). `where` is {point, slack, byKey}; `keys` what other keys do.
   */
  lifecircle.Hands = class {
    constructor(map, tool, keys) {
      Object.assign(this, { map, tool, keys, frame: map.getContainer(), held: null, moved: false, swallow: false, byKey: false, waiting: null });
      this.frame.addEventListener("pointerdown", (event) => this._press(event), true); // before Leaflet hears of it
      window.addEventListener("pointermove", (event) => this._move(event));
      window.addEventListener("pointerup", (event) => this._release(event));
      window.addEventListener("pointercancel", (event) => this._release(event));
      this.frame.addEventListener("pointerleave", () => !this.held && !this.byKey && tool().leave && tool().leave());
      this.frame.addEventListener("keydown", (event) => event.target === this.frame && this._key(event));
      map.on("click", (event) => this._click(event));
      map.on("move", () => this.byKey && this._call("hover", map.getCenter(), MOUSE_PX));
    }

    /** Whoever chose a tool by keyboard goes on by keyboard, with the middle of the map as the pointer. */
    byKeyboard() {
      this.byKey = true;
      this.frame.focus({ preventScroll: true });
      this._call("hover", this.map.getCenter(), MOUSE_PX);
    }

    _call(name, latlng, slack) {
      const tool = this.tool();
      if (idle() || !tool[name]) return false;
      return tool[name]([latlng.lng, latlng.lat], { point: this.map.latLngToContainerPoint(latlng), slack, byKey: this.byKey });
    }

    /** Ask once per frame, however often the mouse reports. */
    _hoverSoon(event) {
      const scheduled = this.waiting;
      this.waiting = [this.map.mouseEventToLatLng(event), slackOf(event)];
      if (!scheduled) requestAnimationFrame(() => this._hoverNow());
    }

    _hoverNow() {
      if (!this.waiting) return;
      const last = this.waiting;
      this.waiting = null;
      this._call("hover", ...last);
    }

    _isOnMap(event) {
      return this.frame.contains(event.target) && !event.target.closest(".leaflet-control");
    }

    _press(event) {
      this.byKey = this.swallow = this.moved = false;
      if (event.button || !event.isPrimary || !this._isOnMap(event)) return;
      if (!this._call("take", this.map.mouseEventToLatLng(event), slackOf(event))) return;
      this.held = { id: event.pointerId, x: event.clientX, y: event.clientY };
      this.map.dragging.disable();
    }

    _move(event) {
      const { held } = this;
      if (held && event.pointerId === held.id) {
        this.moved = this.moved || Math.hypot(event.clientX - held.x, event.clientY - held.y) > CLICK_PX;
        if (this.moved) this._hoverSoon(event);
      } else if (event.pointerType === "mouse" && this._isOnMap(event)) {
        this.byKey = false;
        this._hoverSoon(event);
      }
    }

    _release(event) {
      if (!this.held || event.pointerId !== this.held.id) return;
      this.held = null;
      this.map.dragging.enable();
      this.swallow = this.moved; // the click that follows a drag is none
      this._hoverNow();
      if (this.tool().drop) this.tool().drop(this.moved);
    }

    _click(event) {
      if (this.swallow) this.swallow = false;
      else this._call("act", event.latlng, slackOf(event.originalEvent));
    }

    _key(event) {
      this.byKey = true;
      if (event.key === "Enter") {
        event.preventDefault(); // else the same press would close the card it opens
        this._call("act", this.map.getCenter(), MOUSE_PX);
      } else if (event.key in this.keys) {
        event.preventDefault();
        this.keys[event.key]();
      } else if (event.key.startsWith("Arrow")) this._call("hover", this.map.getCenter(), MOUSE_PX);
    }
  };
})();
