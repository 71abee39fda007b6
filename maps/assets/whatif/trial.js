/* Trial: the changes one tries on a plan, their figures, and who wants to know of them. No page, no map. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const SLOW_MS = 4; // a figure that takes longer waits until the hand rests
  const MOST_AT_ONCE = 1e6; // streets times services: a standard of more sleeps until it is asked for

  /** The list with another one in a row. */
  const put = (list, row, one) => list.map((old, at) => (at === row ? one : old));

  lifecircle.Trial = class {
    /** `plan` is a lifecircle.Plan, or whatever answers alike; `question` the id of one of its standards. */
    constructor(plan, question) {
      this.plan = plan;
      this.question = question;
      this.history = new lifecircle.History({ changes: [], reaches: {} });
      this.selected = -1;
      this.ghost = null; // what is tried but not kept: {row, change}; row -1 is a new one
      this.figures = new Map();
      this.took = new Map();
      this.set = {}; // reaches moved, by service
      this.timing = { compute: 0, draw: 0 };
      this.listeners = [];
      this.awake = new Set(plan.standards.filter((one) => this._isLight(one)).map((one) => one.id).concat(question));
      this._compute(false);
    }

    _isLight({ services }) {
      return services.length * this.plan.streets.count <= MOST_AT_ONCE;
    }

    get changes() {
      return this.history.now.changes;
    }

    /** Be told of "tried" (a change under the hand), "kept" (the list, a reach), "described" (a name, a cost), "chosen" (question, selection). */
    on(listener) {
      this.listeners.push(listener);
    }

    _tell(what) {
      for (const listener of this.listeners) listener(what);
    }

    /** The standard one looks at. */
    get standard() {
      return this.plan.standards.find((one) => one.id === this.question);
    }

    /** How the plan numbers a standard. */
    number(id = this.question) {
      return this.plan.standards.findIndex((one) => one.id === id);
    }

    ask(question) {
      this.question = question;
      this.awake.add(question);
      this.figures.set(question, this.plan.result(this.number()));
      this._tell("chosen");
    }

    select(row) {
      if (row === this.selected) return;
      this.selected = row;
      this._tell("chosen");
    }

    /** How far one walks to a service now, in metres. */
    reach_m(service) {
      return this.set[service] ?? this.plan.services[service].reach_m;
    }

    /** Try one change in the place of row `row`, or as a new one (-1), without keeping it. */
    attempt(row, change) {
      this.ghost = { row, change: Object.freeze(change) };
      this._compute(true);
      this._tell("tried");
    }

    /** Keep what is tried; a new change that has no effect is not kept. Gives why it has none, else null. */
    keep() {
      if (!this.ghost) return null;
      const { row, change } = this.ghost, refused = this.refusal;
      if (refused && row < 0) {
        this.letGo();
        return refused;
      }
      this.ghost = null;
      const changes = row < 0 ? [...this.changes, change] : put(this.changes, row, change);
      this.selected = row < 0 ? changes.length - 1 : row;
      this._push({ changes });
      return refused;
    }

    /** Forget what is tried. */
    letGo() {
      if (!this.ghost) return;
      this.ghost = null;
      this._compute(false);
      this._tell("kept");
    }

    /** Add a change; gives why it has no effect, else null. */
    add(change) {
      this.attempt(-1, change);
      return this.keep();
    }

    remove(row) {
      this.ghost = null;
      this.selected = -1;
      this._push({ changes: this.changes.filter((_, at) => at !== row) });
    }

    /** Say more about a change: its name, its cost. */
    describe(row, told) {
      const changes = put(this.changes, row, Object.freeze({ ...this.changes[row], ...told }));
      this.history.push({ ...this.history.now, changes });
      this._compute(false); // names go into files, and into what is told of a walk
      this._tell("described");
    }

    /** Move a reach while the hand is on it; null is the standard's own. */
    tryReach(service, metres) {
      this._reach({ ...this.history.now.reaches, [service]: metres });
      this._compute(true);
      this._tell("tried");
    }

    setReach(service, metres) {
      const reaches = { ...this.history.now.reaches };
      if (metres === null || metres === this.plan.services[service].reach_m) delete reaches[service];
      else reaches[service] = metres;
      this._push({ reaches });
    }

    /** Put a whole state in the place of the present one: a candidate, a file, what was left from before. */
    replace(state) {
      this.ghost = null;
      this.selected = -1;
      this.history.push(state);
      this._settle();
    }

    undo() {
      this._step(this.history.undo());
    }

    redo() {
      this._step(this.history.redo());
    }

    reset() {
      this._step(this.history.reset());
    }

    _step(went) {
      if (!went) return;
      this.ghost = null;
      this.selected = -1;
      this._settle();
    }

    _push(part) {
      this.history.push({ ...this.history.now, ...part });
      this._settle();
    }

    _settle() {
      this._reach(this.history.now.reaches);
      this._compute(false);
      this._tell("kept");
    }

    _reach(reaches) {
      this.plan.services.forEach((_, service) => {
        const metres = reaches[service] ?? null;
        if ((this.set[service] ?? null) === metres) return;
        this.plan.reach(service, metres);
        this.set[service] = metres;
      });
    }

    /** Lay the list; what is tried goes last, so that all before it need not be laid anew. */
    _compute(moving) {
      const start = performance.now();
      const rows = this.changes.map((_, row) => row).filter((row) => !this.ghost || row !== this.ghost.row);
      const list = rows.map((row) => this.changes[row]);
      if (this.ghost) {
        rows.push(this.ghost.row);
        list.push(this.ghost.change);
      }
      const answers = this.plan.lay(list);
      /** The rows of the list in the order in which the plan has them; -1 is a new one that is tried. */
      this.order = rows;
      /** Why a row has no effect. */
      this.refusals = new Map(rows.map((row, k) => [row, answers[k]]).filter(([, answer]) => answer));
      this._measure(moving);
      this.timing.compute = performance.now() - start;
    }

    /** Why the change that is tried has no effect; null where it has. */
    get refusal() {
      return (this.ghost && this.refusals.get(this.ghost.row)) || null;
    }

    _measure(moving) {
      this.plan.standards.forEach(({ id }, number) => {
        if (!this.awake.has(id) || (moving && id !== this.question && this.took.get(id) > SLOW_MS)) return;
        const start = performance.now();
        this.figures.set(id, this.plan.result(number));
        this.took.set(id, performance.now() - start);
      });
    }

    /** The figures of a standard; undefined of one that sleeps. */
    result(standard = this.question) {
      return this.figures.get(standard);
    }
  };
})();
