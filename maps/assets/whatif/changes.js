/* Changes: the list of all that is tried, to be named, moved, removed without a mouse. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element, say } = lifecircle;

  lifecircle.button = function (text, label, pressed) {
    const made = element("button", "", text);
    made.type = "button";
    if (label) {
      made.title = label;
      made.setAttribute("aria-label", label);
    }
    made.addEventListener("click", pressed);
    return made;
  };

  lifecircle.Changes = class {
    /** `holder` is a list; `moved(row)` is asked to take a change up, `shown(row)` to bring it into view. */
    constructor(trial, holder, { moved, shown }) {
      Object.assign(this, { trial, holder, moved, shown });
      trial.on((what) => what === "kept" && this.show());
      trial.on((what) => what === "chosen" && this._choose());
      lifecircle.onLanguage(() => this.show());
      this.show();
    }

    show() {
      const held = document.activeElement && this.holder.contains(document.activeElement) ? document.activeElement.dataset.act : null;
      const { changes } = this.trial;
      this.holder.replaceChildren(...(changes.length ? changes.map((one, row) => this._item(one, row)) : [this._none()]));
      if (held) this._focus(held);
    }

    /** Only mark the one that is chosen: a field in which one types stays what it is. */
    _choose() {
      [...this.holder.children].forEach((item, row) => item.classList.toggle("chosen", row === this.trial.selected));
    }

    _none() {
      return element("li", "none", say("whatif_no_changes"));
    }

    /** Keep the keyboard where it was, or as near as can be. */
    _focus(act) {
      const again = this.holder.querySelector(`[data-act="${act}"]`) || this.holder.querySelector("button");
      if (again) again.focus();
    }

    _item(change, row) {
      const { trial } = this, refused = trial.refusals.get(row), goes = /^(remove_|close_)/.test(change.do);
      const item = element("li", row === trial.selected ? "chosen" : "");
      const badge = this._act(row, "show", String(row + 1), say("whatif_show", { name: lifecircle.changeName(change) }), () => this.shown(row));
      badge.className = goes ? "rank goes" : "rank";
      item.append(badge, this._name(change, row), this._moveButton(change, row));
      item.append(this._act(row, "remove", "×", say("whatif_remove", { name: lifecircle.changeName(change) }), () => trial.remove(row)));
      const size = change.geometry ? lifecircle.sizeOf(trial.plan, change.geometry) : "";
      item.append(element("span", "what", [lifecircle.deed(change), size].filter(Boolean).join(" · ")), this._cost(change, row));
      if (refused) item.append(element("span", "refused", lifecircle.refusal(refused)));
      return item;
    }

    _act(row, act, text, label, pressed) {
      const made = lifecircle.button(text, label, pressed);
      made.dataset.act = `${act} ${row}`;
      return made;
    }

    _moveButton(change, row) {
      const fixed = /^(remove_|close_street|open_)/.test(change.do) || !change.geometry;
      const made = this._act(row, "move", "✥", say("whatif_move", { name: lifecircle.changeName(change) }), () => this.moved(row));
      made.disabled = fixed;
      return made;
    }

    _name(change, row) {
      const input = element("input", "name");
      input.value = change.name || "";
      input.placeholder = lifecircle.deed(change);
      input.maxLength = 120;
      input.dataset.act = `name ${row}`;
      input.setAttribute("aria-label", say("whatif_name", { n: row + 1 }));
      input.addEventListener("change", () => this.trial.describe(row, { name: input.value.trim() }));
      input.addEventListener("focus", () => this.trial.select(row));
      return input;
    }

    _cost(change, row) {
      const input = element("input", "cost");
      input.type = "number";
      input.min = "0";
      input.step = "any";
      input.value = change.cost ?? "";
      input.placeholder = say("fact_cost");
      input.dataset.act = `cost ${row}`;
      input.setAttribute("aria-label", say("whatif_cost", { n: row + 1 }));
      input.addEventListener("change", () => this.trial.describe(row, { cost: input.value === "" ? undefined : Number(input.value) }));
      return input;
    }
  };
})();
