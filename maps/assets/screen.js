/* Screen: the map alone on the whole screen, where the browser allows that. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const CORNERS = "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5";

  lifecircle.tools.push((map) => {
    if (!document.fullscreenEnabled) return;
    const stage = map.getContainer().parentElement;
    const button = lifecircle.toolButton(map, "full_screen", CORNERS, () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else stage.requestFullscreen();
    });
    const changed = () => {
      button.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
      map.invalidateSize({ animate: false });
    };
    document.addEventListener("fullscreenchange", changed);
    changed();
  });
})();
