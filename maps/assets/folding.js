/* Folding: names as people type them; case, width and accents make no difference. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});

  /** "ＡＢＣ　Élysée" -> "abc elysee". */
  lifecircle.fold = function (text) {
    return text.normalize("NFKC").normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().normalize("NFC").replace(/\s+/g, " ").trim();
  };

  /**
   * The rows of folded names that hold all words asked for, best first, no more than `most`.
   * A name that is the question comes before one that begins with it, then one with a word that does, then the rest; short before long.
   */
  lifecircle.match = function (folded, question, most) {
    const asked = lifecircle.fold(question), words = asked.split(" ");
    if (!asked) return [];
    const found = [];
    folded.forEach((name, row) => {
      if (words.every((word) => name.includes(word))) found.push([rank(name, asked), name.length, row]);
    });
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    return found.slice(0, most).map(([, , row]) => row);
  };

  function rank(name, asked) {
    if (name === asked) return 0;
    if (name.startsWith(asked)) return 1;
    return name.includes(" " + asked) ? 2 : 3;
  }
})();
