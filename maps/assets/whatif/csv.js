/* CSV: a table as text that a spreadsheet opens, and in which no name can act as a formula. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const BYTE_ORDER_MARK = "\ufeff"; // else Excel reads Chinese as something else
  const FORMULA = /^[\s]*[=+\-@\t\r|%]/;

  /** Rows of texts and numbers, each a list; null is an empty cell. */
  lifecircle.csv = function (rows) {
    return BYTE_ORDER_MARK + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
  };

  function cell(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
    const text = FORMULA.test(value) ? "'" + value : value;
    return /[",\r\n']/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
})();
