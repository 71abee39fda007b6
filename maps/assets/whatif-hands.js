/* Hands: what mouse, finger and keys do on the map; every tool is asked the same few questions. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const CLICK_PX = 5;

  /**
   * Tie the map to a tool: tool() gives the present one, which may have
   * hover(place, where), take(place, where) -> true if it takes hold of something that is then dragged,
   * drop(), act(place, where), leave(); `where` is {point, slack, byKey}.
   */
  lifecircle.hands = function (map, tool, keys) {
    const frame = map.getContainer();
    let held = null, moved = false, swallow = false, byKey = false, waiting = null;

    const placeAt = (latlng) => [latlng.lng, latlng.lat];
    const whereAt = (latlng, slackPx) => ({ point: map.latLngToContainerPoint(latlng), slack: slackPx, byKey });
    const slackOf = (event) => (event && event.pointerType === "touch" ? 18 : 10);
    const onMap = (event) => !event.target.closest(".leaflet-control");
    const idle = () => lifecircle.measuring && lifecircle.measuring.on; // the ruler has the map
    const call = (name, latlng, slackPx) => !idle() && tool()[name] && tool()[name](placeAt(latlng), whereAt(latlng, slackPx));

    /** Ask once per frame, however often the mouse reports. */
    function hoverSoon(latlng, slackPx) {
      if (!waiting) {
        requestAnimationFrame(() => {
          const { last, slack } = waiting;
          waiting = null;
          call("hover", last, slack);
        });
      }
      waiting = { last: latlng, slack: slackPx };
    }

    frame.addEventListener(
      "pointerdown",
      (event) => {
        byKey = swallow = moved = false;
        if (event.button || !event.isPrimary || !onMap(event)) return;
        const latlng = map.mouseEventToLatLng(event);
        if (!call("take", latlng, slackOf(event))) return;
        held = { id: event.pointerId, x: event.clientX, y: event.clientY };
        map.dragging.disable(); // before Leaflet hears of the press
      },
      true,
    );
    window.addEventListener("pointermove", (event) => {
      if (held && event.pointerId === held.id) {
        moved = moved || Math.hypot(event.clientX - held.x, event.clientY - held.y) > CLICK_PX;
        if (moved) hoverSoon(map.mouseEventToLatLng(event), slackOf(event));
      } else if (event.pointerType === "mouse" && frame.contains(event.target) && onMap(event)) {
        byKey = false;
        hoverSoon(map.mouseEventToLatLng(event), slackOf(event));
      }
    });
    function release(event) {
      if (!held || event.pointerId !== held.id) return;
      held = null;
      map.dragging.enable();
      swallow = moved; // the click that follows a drag is none
      if (waiting) call("hover", waiting.last, waiting.slack);
      if (tool().drop) tool().drop(moved);
    }
    window.addEventListener("pointerup", release);
    window.addEventListener("pointercancel", release);
    frame.addEventListener("pointerleave", () => !held && !byKey && tool().leave && tool().leave());

    map.on("click", (event) => {
      if (swallow) swallow = false;
      else call("act", event.latlng, slackOf(event.originalEvent));
    });
    map.on("move", () => byKey && call("hover", map.getCenter(), 10));
    frame.addEventListener("keydown", (event) => {
      if (event.target !== frame) return;
      byKey = true;
      if (event.key === "Enter") {
        event.preventDefault(); // else the same press would close the card it opens
        call("act", map.getCenter(), 10);
      } else if (event.key in keys) {
        event.preventDefault();
        keys[event.key]();
      } else if (event.key.startsWith("Arrow")) call("hover", map.getCenter(), 10);
    });
    return {
      /** Whoever chose a tool by keyboard goes on by keyboard. */
      byKeyboard: () => {
        byKey = true;
        frame.focus({ preventScroll: true });
        call("hover", map.getCenter(), 10);
      },
    };
  };
})();
