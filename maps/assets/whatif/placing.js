/* Placing: a new change follows the hand, its figures with it, until a click or Enter leaves it there. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { shapes } = lifecircle;
  const CLOSED_PX = 10, LEAST_CORNERS = 3;

  /** A tool that places what `changeAt(place)` gives. */
  lifecircle.placing = function (desk, changeAt) {
    const { trial } = desk;
    return {
      hover: (place) => trial.attempt(-1, changeAt(place)),
      leave: () => trial.letGo(),
      cancel: () => trial.letGo(),
      act: (place) => {
        trial.attempt(-1, changeAt(place));
        desk.placed(trial.keep());
      },
    };
  };

  /** A tool that draws an outline corner by corner; the first corner again, or the last one twice, closes it. */
  lifecircle.Outline = class {
    constructor(desk, changeOf) {
      Object.assign(this, { desk, changeOf, corners: [] });
    }

    hover(place) {
      this._show(place);
    }

    act(place, where) {
      const { corners } = this, count = corners.length;
      const again = (one) => one && this.desk.apart(one, where.point) < CLOSED_PX;
      const closes = again(corners[0]) || again(corners[count - 1]);
      if (closes && count >= LEAST_CORNERS) return this.finish();
      if (!closes) corners.push(place);
      this._show(null);
    }

    /** Take the last corner back. */
    back() {
      this.corners.pop();
      this._show(null);
    }

    finish() {
      if (this.corners.length < LEAST_CORNERS) return this.desk.tell("whatif_few_corners");
      if (shapes.crosses(this.corners)) return this.desk.tell("whatif_crosses");
      this.desk.trial.attempt(-1, this.changeOf(shapes.polygon(this.corners)));
      this._clear();
      this.desk.placed(this.desk.trial.keep());
    }

    cancel() {
      this._clear();
      this.desk.trial.letGo();
    }

    leave() {
      this._show(null);
    }

    _clear() {
      this.corners = [];
      this.desk.outline(null);
    }

    _show(pointer) {
      const all = pointer ? [...this.corners, pointer] : this.corners;
      this.desk.outline(this.corners.length ? { corners: this.corners, pointer } : null);
      if (all.length < LEAST_CORNERS || shapes.crosses(all)) this.desk.trial.letGo();
      else this.desk.trial.attempt(-1, this.changeOf(shapes.polygon(all)));
    }
  };
})();
