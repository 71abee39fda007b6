/* Results: the answer in words, one bar, and every standard and zone, while one drags. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { element, say } = lifecircle;
  const MOST_ZONES = 60;
  const SENTENCES = {
    has: { noun: "whatif_has", any: "whatif_has_any", whole: "whatif_has_whole" },
    gain: { noun: "answer_gain", any: "answer_gain_any", whole: "answer_gain_whole" },
    loss: { noun: "answer_loss", any: "answer_loss_any", whole: "answer_loss_whole" },
  };

  /** A share with one decimal, never rounded up to all or down to nothing. */
  lifecircle.percent = function (share) {
    if (share === null || share === undefined || Number.isNaN(share)) return say("unknown_share");
    let figure = Math.round(1000 * share) / 10;
    if (share > 0 && share < 1) figure = Math.min(Math.max(figure, 0.1), 99.9);
    return say("percent", { n: figure.toFixed(1) }).replace(" ", "\u00a0");
  };

  /** How many, without saying of what: residents in tens. */
  lifecircle.count = function (figure) {
    if (!lifecircle.data.people) return lifecircle.number(figure);
    if (figure > 0 && figure < 10) return "< 10";
    return lifecircle.number(Math.floor(figure / 10 + 0.5) * 10);
  };

  /** "+120", "−40", or "0". */
  lifecircle.signed = (figure, sign) => (figure ? sign + lifecircle.count(figure) : "0");

  lifecircle.Results = class {
    constructor(trial, holders) {
      Object.assign(this, { trial, holders });
      trial.on((what) => this.show(what === "tried"));
      lifecircle.onLanguage(() => this.show(false));
      holders.zones.closest("details").addEventListener("toggle", () => this.show(false));
      this.show(false);
    }

    /** Say everything; while the hand moves, the zones wait unless they are open. */
    show(moving) {
      const result = this.trial.result();
      const answer = this._answer(result);
      this.holders.answer.replaceChildren(...answer);
      this._bar(result);
      this._standards();
      if (this.holders.zones.closest("details").open) this._zones(result);
      if (!moving) this.holders.heard.textContent = answer.map((part) => part.textContent).join(" ");
    }

    _answer(result) {
      const { gained, lost, before, after } = result;
      const shares = { before: lifecircle.percent(before.share), after: lifecircle.percent(after.share) };
      if (!gained && !lost) {
        const key = this.trial.changes.length || this.trial.ghost ? "change_none" : this._sentence("has");
        this.holders.answer.className = "answer served";
        return [element("strong", "", shares.after), " " + say(key, this._values(shares, 0))].map(asNode);
      }
      const more = gained >= lost, figure = more ? gained : lost;
      this.holders.answer.className = more ? "answer gained" : "answer lost";
      const number = element("strong", "", (more ? "+" : "−") + lifecircle.count(figure));
      return [number, " " + say(this._sentence(more ? "gain" : "loss"), this._values(shares, figure))].map(asNode);
    }

    /** The sentence for what happens ("has", "gain", "loss") and the kind of standard asked about. */
    _sentence(what) {
      const { kind, category } = this.trial.standard;
      return SENTENCES[what][kind !== "plain" ? "whole" : category in lifecircle.data.nouns ? "noun" : "any"];
    }

    _values(shares, figure) {
      const { standard } = this.trial, { people, nouns } = lifecircle.data;
      const who = say(!figure ? (people ? "residents" : "homes") : people ? "count_residents" : Math.round(figure) === 1 ? "count_home" : "count_homes");
      const noun = nouns[standard.category], what = noun && standard.kind === "plain" ? lifecircle.pick(noun) : lifecircle.pick(standard);
      return { who, what, reach: lifecircle.number(this.trial.reach_m(standard.services[0])), ...shares };
    }

    _bar(result) {
      const { before, after } = result, [low, high] = [before.share, after.share].sort((a, b) => a - b);
      const piece = (name, from, length) => {
        const one = element("span", name);
        one.style.left = 100 * from + "%";
        if (length !== null) one.style.width = 100 * length + "%";
        return one;
      };
      const parts = [piece("walk", 0, low), piece(after.share > before.share ? "won" : "gone", low, high - low), piece("before", before.share, null)];
      const { target_share: target } = this.trial.standard;
      if (target !== null && target !== undefined) parts.push(piece("target", target, null));
      this.holders.bar.replaceChildren(...parts);
      this.holders.bar.setAttribute("aria-label", say("gain_bar", { before: lifecircle.percent(before.share), after: lifecircle.percent(after.share) }));
      this.holders.turn.replaceChildren(...turnWords(result));
    }

    _standards() {
      const rows = this.trial.plan.standards.map((one) => {
        const result = this.trial.result(one.id), row = result ? figures(lifecircle.pick(one), result) : asleep(lifecircle.pick(one));
        if (one.id === this.trial.question) row.className = "here";
        return row;
      });
      this.holders.standards.replaceChildren(head(say("side_standard")), element("tbody", "", ...rows));
    }

    _zones(result) {
      const { zones } = this.trial.plan;
      const listed = result.zones
        .map((one, row) => ({ ...one, name: zones[row] }))
        .filter((one) => one.total > 0)
        .sort((a, b) => b.gained + b.lost - a.gained - a.lost || share(a.after, a.total) - share(b.after, b.total));
      const rows = listed.slice(0, MOST_ZONES).map((one) =>
        figures(lifecircle.named(one.name), {
          before: { share: share(one.before, one.total) },
          after: { share: share(one.after, one.total) },
          gained: one.gained,
          lost: one.lost,
        }),
      );
      this.holders.zones.replaceChildren(head(say("zone")), element("tbody", "", ...rows));
    }
  };

  const asNode = (part) => (typeof part === "string" ? document.createTextNode(part) : part);
  const share = (served, total) => served / total;

  function turnWords({ before, after, gained, lost }) {
    const pair = (key, text, name) => [element("dt", name, say(key)), element("dd", "", text)];
    return [
      ...pair("before", lifecircle.percent(before.share), "was"),
      ...pair("whatif_now", lifecircle.percent(after.share), "is"),
      ...pair("side_gained", lifecircle.signed(gained, "+"), "won"),
      ...pair("side_lost", lifecircle.signed(lost, "−"), "gone"),
    ];
  }

  function head(first) {
    const cell = (text) => {
      const made = element("th", "", text);
      made.scope = "col";
      return made;
    };
    const names = [say("before"), say("whatif_now"), say("side_gained"), say("side_lost")];
    return element("thead", "", element("tr", "", cell(first), ...names.map(cell)));
  }

  /** A standard of so many services that it is only measured when it is asked for. */
  function asleep(name) {
    const heading = element("th", "", name), cell = element("td", "later", say("whatif_asleep"));
    heading.scope = "row";
    cell.colSpan = 4;
    return element("tr", "", heading, cell);
  }

  function figures(name, { before, after, gained, lost }) {
    const heading = element("th", "", name);
    heading.scope = "row";
    const cells = [
      element("td", "", lifecircle.percent(before.share)),
      element("td", "", lifecircle.percent(after.share)),
      element("td", gained ? "won" : "", lifecircle.signed(gained, "+")),
      element("td", lost ? "gone" : "", lifecircle.signed(lost, "−")),
    ];
    return element("tr", "", heading, ...cells);
  }
})();
