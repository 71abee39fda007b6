/* Difference: homes before and after; whoever gains or loses is strong, all others are quiet. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const SERVED = 0, UNSERVED = 1, UNCONNECTED = 2, GAINED = 3, LOST = 4, UNSERVABLE = 5, CHOSEN = 6;
  const STATES = ["served", "unserved", "unconnected", "gained", "lost", "unservable"];
  const ORDER = [SERVED, UNSERVED, UNCONNECTED, UNSERVABLE, LOST, GAINED, CHOSEN];

  lifecircle.Difference = class {
    constructor(block) {
      this.block = block;
      this.homes = new lifecircle.Homes(block);
      this.single(null);
    }

    /** Let some homes stand out among those that gain; null lets all of them. */
    single(rows) {
      this.classes = Uint8Array.from(this.block.state);
      this.someStandOut = rows !== null;
      for (const row of rows || []) this.classes[row] = CHOSEN;
    }

    /** Draw the homes as they were, or as they are to be. */
    draw(view, after) {
      this.homes.paint(this.classes, palette(after, this.someStandOut), ORDER);
      return this.homes.draw(view);
    }

    /** Hide or show homes by the name of what became of them. */
    show(name, visible) {
      const state = STATES.indexOf(name);
      if (state >= 0 && visible) this.homes.hidden.delete(state);
      if (state >= 0 && !visible) this.homes.hidden.add(state);
      if (state === GAINED && visible) this.homes.hidden.delete(CHOSEN);
      if (state === GAINED && !visible) this.homes.hidden.add(CHOSEN);
    }

    /** What the card of a home says: its walk before and after. */
    card(home) {
      const { say, metres, known } = lifecircle, { block } = this;
      const measured = block.before !== undefined, state = block.state[home];
      const before = measured ? known(block.before[home]) : null, after = measured ? known(block.after[home]) : null;
      const walk = (far) => (far === null ? say("card_unreachable", {}) : metres(far));
      const short = (far) => (far === null ? "—" : metres(far));
      const turn = lifecircle.element("p", "card-figure");
      if (measured) turn.append(lifecircle.element("strong", "", `${short(before)} → ${short(after)}`), " ");
      const tag = { [SERVED]: "served_both", [UNSERVED]: "served_neither" }[state] || STATES[state];
      turn.append(lifecircle.element("span", "tag tag-" + STATES[state], say(tag, {})));
      return [
        lifecircle.named(block.name[home] || say("one_home", {})),
        turn,
        state === UNCONNECTED ? lifecircle.remark(say("card_unconnected", {})) : null,
        lifecircle.facts([
          [say("card_before", {}), measured ? walk(before) : null],
          [say("card_after", {}), measured ? walk(after) : null],
          [say("card_why", {}), (block.why && lifecircle.pick(block.why)[home]) || null],
          [say("difference", {}), difference(before, after)],
          [say("card_weight", {}), residents(block, home)],
          [say("card_id", {}), lifecircle.named(block.id[home])],
        ]),
      ];
    }
  };

  /** The residents of a home, before and after where they change; null where homes are counted. */
  function residents(block, home) {
    if (!block.weight) return null;
    const now = lifecircle.number(block.weight[home]);
    const then = block.weight_after ? lifecircle.number(block.weight_after[home]) : now;
    return now === then ? now : `${now} → ${then}`;
  }

  function difference(before, after) {
    if (before === null || after === null || before === after) return null;
    const walk = lifecircle.metres(Math.abs(before - after));
    return lifecircle.say(after < before ? "card_saved" : "card_longer", { walk });
  }

  /** By state. Blue is served and orange is not; a home that changes is strong on both sides. */
  function palette(after, someStandOut) {
    const { colours } = lifecircle.data.style;
    const left = { fill: colours.unserved, edge: colours["unserved-edge"] };
    const won = { fill: colours.gained, edge: colours["gained-edge"] };
    return [
      { fill: colours["quiet-served"] },
      { fill: colours["quiet-unserved"], edge: colours["quiet-unserved-edge"] },
      { fill: colours.unconnected, edge: colours.boundary, hatch: true },
      !after ? left : someStandOut ? { fill: colours["gained-other"] } : won,
      after ? { fill: colours.lost, edge: colours["lost-edge"] } : won,
      left,
      won,
    ];
  }
})();
