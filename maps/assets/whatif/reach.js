/* Reach: how far one is ready to walk, moved with a slider; a standard's own reach is one press away. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element, say } = lifecircle;

  lifecircle.ReachSlider = class {
    /** holders: {slider, number, own, service}. */
    constructor(trial, holders) {
      Object.assign(this, { trial, ...holders });
      this.slider.addEventListener("input", () => {
        trial.tryReach(this._service(), Number(this.slider.value));
        this._say();
      });
      this.slider.addEventListener("change", () => trial.setReach(this._service(), Number(this.slider.value)));
      this.own.addEventListener("click", () => trial.setReach(this._service(), null));
      this.service.addEventListener("change", () => this.show());
      trial.on((what) => what !== "tried" && this._choices());
      lifecircle.onLanguage(() => this._choices());
      this._choices();
    }

    _service() {
      return Number(this.service.value);
    }

    /** The services of the standard asked about; one alone needs no choice. */
    _choices() {
      const { standard, plan } = this.trial, was = this._service();
      const made = standard.services.map((service) => {
        const option = element("option", "", lifecircle.pick(plan.services[service]));
        option.value = service;
        return option;
      });
      this.service.replaceChildren(...made);
      if (standard.services.includes(was)) this.service.value = was;
      this.service.hidden = standard.services.length < 2;
      this.show();
    }

    show() {
      this.slider.value = this.trial.reach_m(this._service());
      this._say();
    }

    _say() {
      const metres = this.trial.reach_m(this._service()), own = this.trial.plan.services[this._service()].reach_m;
      this.number.textContent = lifecircle.metres(metres);
      this.slider.setAttribute("aria-valuetext", this.number.textContent);
      this.own.hidden = metres === own;
      this.own.textContent = say("whatif_own_reach", { reach: lifecircle.number(own) });
    }
  };
})();
