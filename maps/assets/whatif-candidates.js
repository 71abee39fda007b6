/* Candidates: sets of changes kept side by side, each with its figures; any of them can be gone back to. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element, say } = lifecircle;

  /** What is kept of a trial as it is now. */
  function keptOf(trial, name) {
    const figures = {};
    for (const { id } of trial.plan.standards) {
      const { before, after, gained, lost } = trial.result(id);
      figures[id] = { before: before.share, after: after.share, gained, lost };
    }
    return { name, state: trial.history.now, cost: costOf(trial.changes), figures };
  }

  /** The cost of all changes together; null where none says any. */
  function costOf(changes) {
    const said = changes.map((one) => one.cost).filter((one) => Number.isFinite(one));
    return said.length ? said.reduce((sum, one) => sum + one, 0) : null;
  }

  lifecircle.Candidates = class {
    constructor(trial, holder, changed) {
      Object.assign(this, { trial, holder, changed, kept: [] });
      trial.on((what) => what !== "tried" && this.show());
      lifecircle.onLanguage(() => this.show());
      this.show();
    }

    /** Keep the present changes as one more candidate. */
    keep() {
      this.kept.push(keptOf(this.trial, say("whatif_candidate", { n: this.kept.length + 1 })));
      this._changed();
    }

    restore(kept) {
      this.kept = kept;
      this.show();
    }

    _changed() {
      this.show();
      this.changed();
    }

    show() {
      const table = element("table", "", this._head(), element("tbody", "", ...this.kept.map((one, row) => this._row(one, row))));
      this.holder.replaceChildren(...(this.kept.length ? [table] : [element("p", "hint", say("whatif_no_candidates"))]));
    }

    _head() {
      const others = this._others().map((one) => lifecircle.pick(one));
      const names = [say("side_scenario"), say("side_gained"), say("side_lost"), say("whatif_now"), ...others, say("fact_cost"), ""];
      const cells = names.map((text) => {
        const cell = element(text ? "th" : "td", "", text);
        if (text) cell.scope = "col";
        return cell;
      });
      return element("thead", "", element("tr", "", ...cells));
    }

    /** The standards one does not look at: each has a column of shares. */
    _others() {
      return this.trial.plan.standards.filter((one) => one.id !== this.trial.question);
    }

    _row(one, row) {
      const mine = one.figures[this.trial.question], cell = (text, name) => element("td", name || "", text);
      const here = one.state === this.trial.history.now;
      const made = element("tr", here ? "here" : "");
      const heading = element("th", "", this._name(one), lifecircle.button(say("whatif_back_to"), null, () => this.trial.replace(one.state)));
      heading.scope = "row";
      made.append(
        heading,
        cell(lifecircle.signed(mine.gained, "+"), mine.gained ? "won" : ""),
        cell(lifecircle.signed(mine.lost, "−"), mine.lost ? "gone" : ""),
        cell(lifecircle.percent(mine.after)),
        ...this._others().map(({ id }) => cell(lifecircle.percent(one.figures[id].after))),
        cell(one.cost === null ? "" : lifecircle.number(one.cost)),
        element("td", "", lifecircle.button("×", say("whatif_remove", { name: one.name }), () => this._forget(row))),
      );
      return made;
    }

    _name(one) {
      const input = element("input", "name");
      input.value = one.name;
      input.maxLength = 120;
      input.setAttribute("aria-label", say("whatif_candidate_name"));
      input.addEventListener("change", () => {
        one.name = input.value.trim() || one.name;
        this._changed();
      });
      return input;
    }

    _forget(row) {
      this.kept.splice(row, 1);
      this._changed();
    }

    /** The table as text for a spreadsheet, exact figures. */
    csv() {
      const { standards } = this.trial.plan;
      const of = (one, key) => `${lifecircle.pick(one)}: ${say(key)}`;
      const head = [say("side_scenario"), say("fact_cost"), say("whatif_changes")];
      for (const one of standards) head.push(...["before", "whatif_now", "side_gained", "side_lost"].map((key) => of(one, key)));
      const rows = this.kept.map((one) => [
        one.name,
        one.cost,
        one.state.changes.map((change) => lifecircle.changeName(change)).join("; "),
        ...standards.flatMap(({ id }) => ["before", "after", "gained", "lost"].map((key) => one.figures[id][key])),
      ]);
      return lifecircle.csv([head, ...rows]);
    }
  };
})();
