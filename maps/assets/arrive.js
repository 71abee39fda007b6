/* Arrive: a link may name a gap, as in park_500m.html#gap=2; the page opens there. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});

  /** What the address asks for after its "#": keys joined by "&", with a value or without. */
  lifecircle.asked = function (hash) {
    return new URLSearchParams(hash.replace(/^#/, ""));
  };

  /** Open the gap the address names, as its button in the list does; counted from 1. */
  lifecircle.arrive = function () {
    const gap = lifecircle.asked(window.location.hash).get("gap");
    if (!/^[1-9]\d*$/.test(gap)) return;
    const button = document.querySelector(`[data-gap="${Number(gap) - 1}"]`);
    if (button) button.click();
  };

  window.addEventListener("hashchange", () => lifecircle.ready && lifecircle.arrive());
})();
