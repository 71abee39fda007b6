/* Classes: what becomes of each home, and which homes look otherwise than they were last painted. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const SERVED = 0, UNSERVED = 1, UNCONNECTED = 2, GAINED = 3, LOST = 4;
  const BEFORE = 1, AFTER = 2, APART = 4; // bits of plan.state

  /** What becomes of a home, by the bits that the plan gives it. */
  function classOf(bits) {
    if (bits & AFTER) return bits & BEFORE ? SERVED : GAINED;
    if (bits & BEFORE) return LOST;
    return bits & APART ? UNCONNECTED : UNSERVED;
  }

  const CLASS = Uint8Array.from({ length: 8 }, (_, bits) => classOf(bits));

  lifecircle.HomeClasses = class {
    constructor(plan) {
      this.plan = plan;
      this.onScreen = new Uint8Array(plan.homes.count);
    }

    /** All homes as they are now: what a picture of the city is to be painted from. */
    now(number) {
      return this.plan.state(number).map((bits) => CLASS[bits]);
    }

    /** Homes that look otherwise than on the screen, rows by class. */
    changed(number) {
      const bits = this.plan.state(number), { onScreen } = this, found = [[], [], [], [], []];
      for (let home = 0; home < bits.length; home++) {
        const now = CLASS[bits[home]];
        if (now !== onScreen[home]) found[now].push(home);
      }
      return found;
    }
  };

  /** The order of drawing: whoever turns lies on top. */
  lifecircle.HomeClasses.ORDER = [SERVED, UNSERVED, UNCONNECTED, LOST, GAINED];
  lifecircle.HomeClasses.NAMES = ["served", "unserved", "unconnected", "gained", "lost"];

  /** Those who change are strong, all others quiet. */
  lifecircle.HomeClasses.palette = (colours) => [
    { fill: colours["quiet-served"] },
    { fill: colours["quiet-unserved"], edge: colours["quiet-unserved-edge"] },
    { fill: colours.unconnected, edge: colours.boundary, hatch: true },
    { fill: colours.gained, edge: colours["gained-edge"] },
    { fill: colours.lost, edge: colours["lost-edge"] },
  ];
})();
