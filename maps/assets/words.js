/* Words: the page's sentences in the language spoken, filled with values as plain text, and numbers as people read them. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});

  /** Say one entry of the table; values are put in literally, never read as patterns. */
  lifecircle.say = function (key, values = {}) {
    return lifecircle.pick(lifecircle.data.words)[key].replace(/\{(\w+)\}/g, (_, place) => String(values[place]));
  };

  /** 12345.6 -> "12,346", in any locale. */
  lifecircle.number = function (figure) {
    return String(Math.round(figure)).replace(/\B(?=(\d{3})+$)/g, ",");
  };

  lifecircle.metres = function (distance) {
    return lifecircle.say("metres", { n: lifecircle.number(distance) });
  };

  /** How many homes; or how many residents, rounded to tens. */
  lifecircle.amount = function (count) {
    if (!lifecircle.data.people) {
      return lifecircle.say(Math.round(count) === 1 ? "homes_one" : "homes_many", { n: lifecircle.number(count) });
    }
    if (count > 0 && count < 10) return lifecircle.say("residents_few", {});
    return lifecircle.say("residents_many", { n: lifecircle.number(Math.floor(count / 10 + 0.5) * 10) });
  };

  /** An element with text inside: the only way this page makes text visible. */
  lifecircle.element = function (tag, className, ...inside) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    for (const part of inside) made.append(part);
    return made;
  };

  /** A name from the data, kept from turning the direction of the text around it. */
  lifecircle.named = function (name) {
    return lifecircle.element("bdi", "", name);
  };
})();
