/* Names: of streets along them, where there is room; a quiet ground needs its place names. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const FACE = '"Noto Sans SC","Microsoft YaHei","PingFang SC","Segoe UI",system-ui,sans-serif';
  const SIZE = "11px";
  const FIRST_ZOOM = 14.5;
  const MOST_LETTERS = 40; // a longer name would lie across the whole map; cards and lists have it in full

  /** Write one label with a halo if it has room; says whether it was written. */
  lifecircle.label = function (view, name, [px, py], angle, colour, size = SIZE) {
    const { g } = view, text = name.length > MOST_LETTERS ? name.slice(0, MOST_LETTERS - 1) + "…" : name;
    g.font = `${size} ${FACE}`;
    const half = g.measureText(text).width / 2 + 3;
    const reachX = Math.abs(Math.cos(angle)) * half + 6, reachY = Math.abs(Math.sin(angle)) * half + 6;
    if (!view.claim([px - reachX, py - reachY, px + reachX, py + reachY])) return false;
    g.save();
    g.translate(px, py);
    g.rotate(angle);
    g.textAlign = "center";
    g.textBaseline = "middle";
    g.lineJoin = "round";
    g.lineWidth = 3.5;
    g.strokeStyle = "rgba(255,255,255,0.9)";
    g.strokeText(text, 0, 0);
    g.fillStyle = colour;
    g.fillText(text, 0, 0);
    g.restore();
    return true;
  };

  /** Draw street names along the straight run each one is given. */
  lifecircle.streetNames = function (block) {
    const runs = lifecircle.runs(block);
    return function (view) {
      if (view.zoom < FIRST_ZOOM) return;
      view.g.font = `${SIZE} ${FACE}`;
      for (let row = 0; row < runs.parts; row++) {
        if (view.sees(runs.box, row)) along(view, runs, row, block.name[row]);
      }
    };
  };

  function along(view, runs, row, name) {
    const a = runs.start[row], b = a + 1;
    const dx = (runs.x[b] - runs.x[a]) * view.scale, dy = (runs.y[b] - runs.y[a]) * view.scale;
    if (Math.hypot(dx, dy) < view.g.measureText(name).width * 0.9) return;
    let angle = Math.atan2(dy, dx);
    if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
    const middle = [view.px((runs.x[a] + runs.x[b]) / 2), view.py((runs.y[a] + runs.y[b]) / 2)];
    lifecircle.label(view, name, middle, angle, lifecircle.data.style.colours["ink-soft"]);
  }
})();
