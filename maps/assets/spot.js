/* Spot: what the card says of a place that is no home: how far it is on foot, to what, by which entrance. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;

  /** `way` is that of `lifecircle.Ways`, null where no street leads anywhere from here. */
  lifecircle.spotCard = function (way, reach_m) {
    const { say, metres } = lifecircle;
    if (!way) return [say("spot"), lifecircle.remark(say("spot_apart"))];
    const served = way.metres <= reach_m;
    return [
      say("spot"),
      lifecircle.verdict(say("card_walk", { walk: metres(whole(way.metres, reach_m)) }), served ? "served" : "unserved"),
      lifecircle.facts([
        [say("card_to"), lifecircle.named(way.facility.name || kindOf(way.facility))],
        [say("card_by"), say("kind_" + way.kind.replace(/ /g, "_"))],
        [say("spot_leg"), metres(way.leg_m)],
      ]),
    ];
  };

  /** Whole metres that do not cross the reach: 500.2 of 500 is 501. */
  function whole(walk, reach_m) {
    const near = Math.round(walk), within = Math.floor(reach_m);
    return walk <= reach_m ? Math.min(near, within) : Math.max(near, within + 1);
  }

  function kindOf({ category }) {
    return lifecircle.pick(lifecircle.data.categories)[category] || lifecircle.say("one_facility");
  }
})();
