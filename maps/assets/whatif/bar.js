/* Tool bar: which tool is in hand, what it may be told, and what to do with it. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element, say } = lifecircle;
  const AREAS = ["park", "green"];

  lifecircle.ToolBar = class {
    /** `options` is what the tools may be told: {what, form, area_m2, other, gated}; `chosen(name, byKey)` hears which tool is taken in hand; `acted(name)` of Finish, Back and Cancel. */
    constructor(addable, options, { chosen, acted }) {
      Object.assign(this, { addable, options, chosen, name: "look", said: null });
      this.bar = document.getElementById("trial-tools");
      this.line = document.getElementById("trial-options");
      this.hint = document.getElementById("trial-hint");
      for (const button of this.bar.querySelectorAll("[data-tool]")) {
        button.hidden = !this._useful(button.dataset.tool);
        button.addEventListener("click", (event) => this.choose(button.dataset.tool, event.detail === 0));
      }
      for (const button of this.line.querySelectorAll("[data-act]")) button.addEventListener("click", () => acted(button.dataset.act));
      for (const field of this.line.querySelectorAll("[data-option]")) this._tie(field);
      L.DomEvent.disableClickPropagation(this.line);
      lifecircle.onLanguage(() => this.show());
      this.show();
    }

    /** Whether this plan has a use for a tool. */
    _useful(tool) {
      if (tool === "area") return this.addable.some((one) => AREAS.includes(one));
      if (tool === "bus_stop") return this.addable.includes("bus_stop");
      return tool !== "other" || this._others().length > 0;
    }

    _others() {
      return this.addable.filter((one) => !AREAS.includes(one) && one !== "bus_stop");
    }

    _tie(field) {
      field.addEventListener("change", () => {
        const { option } = field.dataset;
        if (field.type === "radio" && !field.checked) return;
        this.options[option] = field.type === "number" ? Math.max(Number(field.value) || 0, 1) : field.value;
        this.show();
        this.chosen(this.name, false);
      });
    }

    choose(name, byKey) {
      this.name = name;
      this.said = null;
      this.show();
      this.chosen(name, byKey);
    }

    /** Say something instead of the hint, until another tool is taken. */
    say(key, values, grave) {
      this.said = key && { key, values, grave };
      this.show();
    }

    show() {
      for (const button of this.bar.querySelectorAll("[data-tool]")) {
        button.setAttribute("aria-pressed", String(button.dataset.tool === this.name));
      }
      const ready = this._mode() === "area" ? "area-ready" : null;
      for (const part of this.line.querySelectorAll("[data-for]")) {
        part.hidden = !part.dataset.for.split(" ").some((one) => one === this.name || one === this._mode() || one === ready);
      }
      this._fill("what", this.addable.filter((one) => AREAS.includes(one)));
      this._fill("other", this._others());
      const { key, values, grave } = this.said || { key: "whatif_hint_" + this._mode(), values: {} };
      this.hint.textContent = typeof key === "function" ? key() : say(key, values);
      this.hint.className = grave ? "grave" : "";
      this.line.hidden = this.name === "look";
    }

    /** The tool, and of the park tool whether an outline is drawn. */
    _mode() {
      return this.name === "area" && this.options.form === "outline" ? "outline" : this.name;
    }

    _fill(option, categories) {
      const field = this.line.querySelector(`select[data-option="${option}"]`);
      const made = categories.map((one) => {
        const choice = element("option", "", lifecircle.categoryName(one));
        choice.value = one;
        return choice;
      });
      field.replaceChildren(...made);
      if (!categories.includes(this.options[option])) this.options[option] = categories[0];
      field.value = this.options[option] || "";
      field.closest("label").classList.toggle("single", categories.length < 2);
    }
  };
})();
