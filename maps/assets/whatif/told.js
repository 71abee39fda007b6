/* Told: what a change does, how large it is, why it has no effect, in words. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { say, shapes } = lifecircle;

  /** The name of a category, in the language spoken. */
  lifecircle.categoryName = function (category) {
    const named = lifecircle.data.categories;
    return lifecircle.pick(named)[category] || say("one_facility");
  };

  /** What a change does: "New park". */
  lifecircle.deed = function (change) {
    const what = lifecircle.categoryName(change.category);
    return say("whatif_do_" + change.do, { what: lifecircle.language === "en" ? what.toLowerCase() : what });
  };

  /** What to call a change: its own name, else what it does. */
  lifecircle.changeName = (change) => change.name || lifecircle.deed(change);

  /** The size of a drawn outline; nothing of a spot. */
  lifecircle.sizeOf = function (plan, geometry) {
    const area_m2 = shapes.area_m2(plan, geometry);
    return area_m2 ? lifecircle.squareMetres(area_m2) : "";
  };

  lifecircle.squareMetres = (area_m2) => say("whatif_m2", { n: lifecircle.number(area_m2) });

  const REFUSED = {
    whatif_refused_size: ({ area, least }) => ({ area: lifecircle.squareMetres(area), least: lifecircle.squareMetres(least) }),
    whatif_refused_gate: ({ metres }) => ({ metres: lifecircle.metres(metres) }),
    whatif_refused_verb: (values) => ({ do: say("whatif_do_" + values.do, { what: "" }).trim() }),
  };

  /** Why a change has no effect. */
  lifecircle.refusal = function ({ key, values = {} }) {
    const told = key in REFUSED ? REFUSED[key](values) : values;
    return say(key, told);
  };
})();
