/* What if: one tries changes on the map, and sees at once who is served. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;

  lifecircle.pages = lifecircle.pages || {};
  lifecircle.pages.whatif = function (map, data) {
    const plan = new lifecircle.Plan(data.walk);
    const trial = new lifecircle.Trial(plan, plan.standards[0].id);
    const stage = new lifecircle.Stage(map, data, trial);
    const card = new lifecircle.TrialCard(trial, stage.homes, () => stage.draw());
    stage.way = () => card.way;
    const workshop = new Workshop(map, new lifecircle.Desk(map, trial, stage, card));
    const panel = lifecircle.whatifPanel(trial, {
      place: data.place,
      pickUp: (row) => workshop.pickUp(row),
      show: (row) => workshop.desk.bring(row),
      tell: (key, values, grave) => workshop.bar.say(key, values, grave),
    });
    undoByKey(trial);
    const openHome = (home) => card.openHome(home);
    return { homes: stage.homes, plan, trial, stage, card: card.card, openHome, panel, timing: trial.timing };
  };

  /** The tools, the bar they hang on, the hands that use them. */
  class Workshop {
    constructor(map, desk) {
      const { trial } = desk, remove = () => trial.selected >= 0 && trial.remove(trial.selected);
      Object.assign(this, { map, desk, tools: lifecircle.trialTools(desk) });
      this.inHand = this.tools.look;
      this.bar = desk.bar = new lifecircle.ToolBar(trial.plan.addable, desk.options, {
        chosen: (name, byKey) => this._take(name, byKey),
        acted: (name) => this._act(name),
      });
      const keys = { Delete: remove, Backspace: remove, Escape: () => this._act("cancel") };
      this.hands = new lifecircle.Hands(map, () => this.inHand, keys);
    }

    /** Take up a change from the list; it follows the hand, or the middle of the map, until it is put down. */
    pickUp(row) {
      this.bar.choose("look", false);
      this.tools.look.pickUp(row);
      this.bar.say("whatif_hint_carry", {});
      this.hands.byKeyboard();
    }

    _take(name, byKey) {
      const { desk, tools, map } = this, { what, other } = desk.options;
      if (this.inHand !== tools[name] && this.inHand.cancel) this.inHand.cancel();
      this.inHand = tools[name];
      desk.askAbout({ area: what, bus_stop: "bus_stop", other }[name]);
      desk.aim(null);
      desk.card.close();
      map.doubleClickZoom[name === "look" ? "enable" : "disable"]();
      document.body.classList.toggle("aiming", name !== "look");
      if (byKey) this.hands.byKeyboard();
    }

    /** Finish, take a corner back, or cancel. */
    _act(name) {
      if (this.inHand[name]) this.inHand[name]();
      if (name === "cancel") this.bar.choose("look", false);
    }
  }

  /** Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z, but where one types. */
  function undoByKey(trial) {
    window.addEventListener("keydown", (event) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || !"zy".includes(key) || event.target.matches("input:not([type=range])")) return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) trial.redo();
      else trial.undo();
    });
  }
})();
