/* History: what was done, undone and done again; every state is kept whole and never changed. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const MOST = 200; // states one can go back

  lifecircle.History = class {
    constructor(first) {
      this.first = first;
      this.past = [];
      this.now = first;
      this.future = [];
    }

    /** Go on to a new state; what was undone before is forgotten. */
    push(state) {
      this.past.push(this.now);
      if (this.past.length > MOST) this.past.shift();
      this.now = state;
      this.future = [];
    }

    /** One step back; says whether there was one. */
    undo() {
      if (!this.past.length) return false;
      this.future.push(this.now);
      this.now = this.past.pop();
      return true;
    }

    /** One step on again; says whether there was one. */
    redo() {
      if (!this.future.length) return false;
      this.past.push(this.now);
      this.now = this.future.pop();
      return true;
    }

    /** Back to the very first state, as a step that can be undone; says whether that is one. */
    reset() {
      if (this.now === this.first) return false;
      this.push(this.first);
      return true;
    }
  };
})();
