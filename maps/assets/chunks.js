/* Chunks: a coarse index; neighbours in a list that is sorted by place are seen, or missed, together. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const ROWS = 64;

  /**
   * Boxes around every 64 rows, each row a spot and the parts it owns.
   * Rows in any order are found; rows sorted by place are found fast.
   */
  lifecircle.Chunks = class {
    constructor({ x, y, count }, runs, first) {
      this.count = count;
      this.box = new Float64Array(4 * Math.ceil(count / ROWS));
      for (let chunk = 0; chunk * ROWS < count; chunk++) {
        const end = Math.min((chunk + 1) * ROWS, count);
        let west = 1, north = 1, east = 0, south = 0;
        for (let row = chunk * ROWS; row < end; row++) {
          west = Math.min(west, x[row]);
          east = Math.max(east, x[row]);
          north = Math.min(north, y[row]);
          south = Math.max(south, y[row]);
        }
        for (let at = 4 * first[chunk * ROWS]; at < 4 * first[end]; at += 4) {
          west = Math.min(west, runs.box[at]);
          north = Math.min(north, runs.box[at + 1]);
          east = Math.max(east, runs.box[at + 2]);
          south = Math.max(south, runs.box[at + 3]);
        }
        this.box.set([west, north, east, south], 4 * chunk);
      }
    }

    /** Runs of rows [from, to) whose box meets a box. */
    *meeting(west, north, east, south) {
      const { box, count } = this;
      for (let at = 0; at < box.length; at += 4) {
        if (box[at] > east || box[at + 2] < west || box[at + 1] > south || box[at + 3] < north) continue;
        const from = (at / 4) * ROWS;
        yield [from, Math.min(from + ROWS, count)];
      }
    }
  };
})();
