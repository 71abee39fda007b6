/* Candidates: sets of changes kept side by side, each with its figures; any of them can be gone back to. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element, say } = lifecircle;

  /** What is kept of a trial as it is now. */
  function keptOf(trial, number) {
    const figures = {};
    for (const { id } of trial.plan.standards) {
      if (!trial.result(id)) continue;
      const { before, after, gained, lost } = trial.result(id);
      figures[id] = { before: before.share, after: after.share, gained, lost };
    }
    return { number, name: "", state: trial.history.now, cost: costOf(trial.changes), figures };
  }

  /** The cost of all changes together; null where none says any. */
  function costOf(changes) {
    const said = changes.map((one) => one.cost).filter((one) => Number.isFinite(one));
    return said.length ? said.reduce((sum, one) => sum + one, 0) : null;
  }

  /** What a candidate is called: its own name, else its number. */
  const called = (one) => one.name || say("whatif_candidate", { n: one.number });

  lifecircle.Candidates = class {
    constructor(trial, holder, changed) {
      Object.assign(this, { trial, holder, changed, kept: [] });
      trial.on((what) => what !== "tried" && this.show());
      lifecircle.onLanguage(() => this.show());
      this.show();
    }

    /** Keep the present changes as one more candidate. */
    keep() {
      const last = Math.max(0, ...this.kept.map((one) => one.number));
      this.kept.push(keptOf(this.trial, last + 1));
      this._changed();
    }

    restore(kept) {
      this.kept = kept;
      this._changed();
    }

    _changed() {
      this.show();
      this.changed();
    }

    show() {
      const { standards } = this.trial.plan, priced = this.kept.some((one) => one.cost !== null);
      const rows = [...standards.map((one) => this._standard(one)), ...(priced ? [this._costs()] : [])];
      const table = element("table", "", element("thead", "", this._names()), element("tbody", "", ...rows));
      this.holder.replaceChildren(...(this.kept.length ? [table] : [element("p", "hint", say("whatif_no_candidates"))]));
    }

    /** A column for each: its name, the way back to it, and off with it. */
    _names() {
      const corner = element("td"), row = element("tr", "", corner);
      this.kept.forEach((one, at) => {
        const buttons = element("span", "both");
        buttons.append(
          lifecircle.button("↺", say("whatif_back_to", { name: called(one) }), () => this.trial.replace(one.state)),
          lifecircle.button("×", say("whatif_remove", { name: called(one) }), () => this._forget(at)),
        );
        const cell = element("th", one.state === this.trial.history.now ? "here" : "", this._name(one), buttons);
        cell.scope = "col";
        row.append(cell);
      });
      return row;
    }

    /** A row for each standard: the share, and who gains and loses. */
    _standard(standard) {
      const heading = element("th", "", lifecircle.pick(standard)), row = element("tr", standard.id === this.trial.question ? "here" : "", heading);
      heading.scope = "row";
      for (const one of this.kept) {
        const { after, gained, lost } = one.figures[standard.id] || {};
        const turned = [gained ? element("small", "won", lifecircle.signed(gained, "+")) : "", lost ? element("small", "gone", lifecircle.signed(lost, "−")) : ""];
        row.append(element("td", "", after === undefined ? "—" : lifecircle.percent(after), ...turned));
      }
      return row;
    }

    _costs() {
      const heading = element("th", "", say("fact_cost"));
      heading.scope = "row";
      return element("tr", "", heading, ...this.kept.map((one) => element("td", "", one.cost === null ? "" : lifecircle.number(one.cost))));
    }

    _name(one) {
      const input = element("input", "name");
      input.value = one.name;
      input.placeholder = called(one);
      input.maxLength = 120;
      input.setAttribute("aria-label", say("whatif_candidate_name"));
      input.addEventListener("change", () => {
        one.name = input.value.trim();
        this.changed();
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
        called(one),
        one.cost,
        one.state.changes.map((change) => lifecircle.changeName(change)).join("; "),
        ...standards.flatMap(({ id }) => ["before", "after", "gained", "lost"].map((key) => (one.figures[id] || {})[key])),
      ]);
      return lifecircle.csv([head, ...rows]);
    }
  };
})();
