/* Card: what the map says about the one thing that was clicked. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element } = lifecircle;

  lifecircle.Card = class {
    constructor(holder, onClose) {
      this.holder = holder;
      this.onClose = onClose;
      lifecircle.onLanguage(() => holder.hidden || this._retell());
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !holder.hidden) this.close();
      });
      L.DomEvent.disableClickPropagation(holder);
      L.DomEvent.disableScrollPropagation(holder);
    }

    /** Show what `tell` gives: a title and whatever follows it; asked again in the other language. */
    open(tell) {
      if (document.body.classList.contains("drawer-open")) document.getElementById("drawer").click(); // it would lie beneath
      this._leave();
      this.tell = tell;
      this._fill();
      this.holder.hidden = false;
      this.holder.scrollTop = 0;
    }

    /** Let others know that what was told of is told of no longer. */
    _leave() {
      this.holder.dispatchEvent(new Event("left"));
    }

    /** Say the same in the language spoken now, and stay where the reader is. */
    _retell() {
      const { scrollTop } = this.holder, held = this.holder.contains(document.activeElement);
      this._fill();
      this.holder.scrollTop = scrollTop;
      if (held) this.focus();
    }

    _fill() {
      const [title, ...content] = this.tell();
      const close = element("button", "card-close", "×");
      close.type = "button";
      close.setAttribute("aria-label", lifecircle.say("card_close"));
      close.addEventListener("click", () => this.close());
      const heading = element("h2", "card-title", title);
      this.holder.replaceChildren(close, heading, ...content.filter(Boolean));
    }

    /** Move the keyboard to the card, for those who opened it by keyboard. */
    focus() {
      this.holder.querySelector("button").focus();
    }

    close() {
      this._leave();
      this.holder.hidden = true;
      this.holder.replaceChildren();
      this.onClose();
    }
  };

  /** A large figure with a word that says how good it is. */
  lifecircle.verdict = function (figure, kind) {
    const line = element("p", "card-figure", element("strong", "", figure));
    if (kind) line.append(" ", element("span", "tag tag-" + kind, lifecircle.say(kind, {})));
    return line;
  };

  /** Pairs of a word and a value; pairs without a value are left out. */
  lifecircle.facts = function (pairs) {
    const list = element("dl", "facts");
    for (const [word, value] of pairs) {
      if (value === null || value === undefined) continue;
      list.append(element("dt", "", word), element("dd", "", value));
    }
    return list;
  };

  lifecircle.remark = function (text) {
    return element("p", "remark", text);
  };
})();
