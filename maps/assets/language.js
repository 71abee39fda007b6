/* Language: both languages travel in the page; one press changes all that is said, nothing else. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const TAGS = { zh: "zh-CN", en: "en" };
  const READ_OUT = ["title", "aria-label", "aria-valuetext", "alt", "placeholder", "lang", "data-language"];
  const own = document.documentElement.lang.slice(0, 2);
  const listeners = [];

  lifecircle.language = own;

  /** Be told after each change, to say anew what the page's programme had said. */
  lifecircle.onLanguage = function (resay) {
    listeners.push(resay);
  };

  /** Of {zh, en}, the one that is spoken now. */
  lifecircle.pick = function (both) {
    return both[lifecircle.language];
  };

  /** Speak a language; what the reader has opened, moved or switched stays as it is. */
  lifecircle.speak = function (language) {
    if (!(language in TAGS) || language === lifecircle.language) return;
    lifecircle.language = language;
    document.documentElement.lang = TAGS[language];
    for (const waiting of document.querySelectorAll("template.other")) exchangeBefore(waiting);
    for (const link of document.querySelectorAll("a[href]")) {
      const [file, hash] = link.getAttribute("href").split("#");
      if (file) link.setAttribute("href", file + asking(hash || ""));
    }
    remember();
    for (const resay of listeners) resay();
  };

  /** The elements of a template answer one to one to those just before it. */
  function exchangeBefore(waiting) {
    let live = waiting;
    for (const said of [...waiting.content.children].reverse()) {
      live = live.previousElementSibling;
      exchange(live, said);
    }
  }

  /** Exchange what two elements say; what is filled by the programme (data-live) is left to it. */
  function exchange(live, said) {
    for (const name of READ_OUT) exchangeAttribute(live, said, name);
    if ("live" in live.dataset) return;
    const here = [...live.childNodes], there = [...said.childNodes];
    const alike = here.length === there.length && here.every((node, at) => node.nodeName === there[at].nodeName);
    if (!alike) {
      live.replaceChildren(...there);
      said.replaceChildren(...here);
      return;
    }
    here.forEach((node, at) => {
      const other = there[at];
      if (node.nodeType === Node.ELEMENT_NODE) exchange(node, other);
      else if (node.data !== other.data) [node.data, other.data] = [other.data, node.data];
    });
  }

  /** Both languages bear the same attributes; one that only stands here was given by the programme, and stays. */
  function exchangeAttribute(live, said, name) {
    const here = live.getAttribute(name), there = said.getAttribute(name);
    if (here === null || there === null || here === there) return;
    live.setAttribute(name, there);
    said.setAttribute(name, here);
  }

  /** The end of an address that asks for the language spoken now; its other parts stay. */
  function asking(hash) {
    const parts = hash.split("&").filter((part) => part && !(part in TAGS));
    if (lifecircle.language !== own) parts.push(lifecircle.language);
    return parts.length ? "#" + parts.join("&") : "";
  }

  /** Let the address ask for the language, so that a link to it carries the choice. */
  function remember() {
    const [page, hash] = location.href.split("#");
    try {
      history.replaceState(history.state, "", page + asking(hash || ""));
    } catch {
      // A page shown inside another document has no address to keep it in.
    }
  }

  /** Speak the language that the address asks for, if it asks for one. */
  function follow() {
    lifecircle.speak(location.hash.slice(1).split("&").find((part) => part in TAGS) || lifecircle.language);
  }

  window.addEventListener("hashchange", follow);
  document.addEventListener("DOMContentLoaded", follow);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-language]");
    if (button) lifecircle.speak(button.dataset.language);
  });
})();
