/* Carry: what is already there is taken up, follows the hand, and is put down: by dragging, or by two clicks. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { shapes } = lifecircle;
  const FACILITY_PX = 14;
  const FIXED = /^(remove_|close_street|open_)/;

  /** What the hand holds: a row of the list (-1: new), and how it would be with the hand at a place. */
  class Carry {
    constructor(desk) {
      Object.assign(this, { desk, trial: desk.trial, held: null });
    }

    /** Hold a change at a place of it: all of it shifts with the hand. */
    _shift(row, change, from) {
      this.held = { row, changeAt: (to) => ({ ...change, geometry: shapes.shifted(this.trial.plan, change.geometry, from, to) }) };
    }

    _follow(place) {
      const { row, changeAt } = this.held, change = changeAt(place);
      if (shapes.crosses(shapes.corners(change.geometry))) return;
      this.trial.attempt(row, change);
    }

    _putDown() {
      this.held = null;
      if (this.trial.ghost) this.desk.placed(this.trial.keep());
    }

    drop(moved) {
      if (moved) this._putDown();
    }

    cancel() {
      this.held = null;
      this.trial.letGo();
    }
  }

  /** The tool in hand at first: a click tells of a place, a change of one's own can be dragged or bent. */
  lifecircle.Look = class extends Carry {
    hover(place, where) {
      if (this.held) this._follow(place);
      else this.desk.cursor(this._corner(where) >= 0 || this._mine(place, where) >= 0);
    }

    take(place, where) {
      if (this.held) return true;
      const corner = this._corner(where), row = corner < 0 ? this._mine(place, where) : this.trial.selected;
      if (row < 0) return false;
      const change = this.trial.changes[row];
      this.desk.askAbout(change.category);
      if (corner >= 0) {
        this.held = { row, changeAt: (to) => ({ ...change, geometry: shapes.bent(change.geometry, corner, to) }) };
        return true;
      }
      if (FIXED.test(change.do)) return false;
      this.trial.select(row);
      this._shift(row, change, place);
      return true;
    }

    drop(moved) {
      if (moved) this._putDown();
      else if (!this.trial.ghost) this.held = null;
    }

    act(place, where) {
      if (this.held && this.trial.ghost) {
        this._follow(place);
        return this._putDown();
      }
      this.held = null;
      const row = this._mine(place, where);
      this.trial.select(row);
      if (row < 0) this.desk.ask(place, where);
    }

    cancel() {
      super.cancel();
      this.trial.select(-1);
    }

    /** Take up a change from the list; it follows the hand until it is put down. */
    pickUp(row) {
      const change = this.trial.changes[row];
      this.trial.select(row);
      this._shift(row, change, shapes.middle(change.geometry));
    }

    /** Which corner of the chosen change lies under the hand; -1 where none does. */
    _corner(where) {
      const chosen = this.trial.changes[this.trial.selected];
      if (!chosen || !chosen.geometry) return -1;
      return this.desk.gripped(chosen.geometry).findIndex((one) => this.desk.apart(one, where.point) <= where.slack);
    }

    /** Which change lies under the hand, the last one first; -1 where none does. */
    _mine(place, where) {
      for (let row = this.trial.changes.length - 1; row >= 0; row--) {
        const { geometry } = this.trial.changes[row];
        if (!geometry) continue;
        const near = this.desk.apart(shapes.middle(geometry), where.point) <= where.slack + 4;
        if (near || shapes.holds(geometry, place)) return row;
      }
      return -1;
    }
  };

  /** Take a facility that is there and put it elsewhere. */
  lifecircle.Move = class extends Carry {
    hover(place) {
      if (this.held) this._follow(place);
      else this.desk.aimFacility(place, FACILITY_PX);
    }

    take(place) {
      if (this.held) return true;
      const found = this.desk.aimFacility(place, FACILITY_PX);
      if (!found) return false;
      this.desk.aim(null);
      const { name, category, target, geometry } = found;
      this._shift(-1, { do: "move_facility", name, category, target, geometry }, place);
      return true;
    }

    act(place) {
      const holding = this.held && this.trial.ghost;
      if (!this.held && !this.take(place)) return this.desk.tell("whatif_none_facility");
      this._follow(place);
      if (holding) this._putDown();
    }
  };
})();
