/* Panel of a what-if: ties the boxes beside the map to the trial. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const { say } = lifecircle;
  const byId = (id) => document.getElementById(id);

  const SHOWN_AFTER_MS = 60; // what is said before a long computation is seen by then

  /** `hooks`: place, pickUp(row), show(row), tell(key, values, grave). */
  lifecircle.whatifPanel = function (trial, hooks) {
    const results = new lifecircle.Results(trial, {
      answer: byId("answer"),
      bar: byId("turn-bar"),
      turn: byId("turn"),
      standards: byId("standards"),
      zones: byId("zones"),
      heard: byId("heard"),
    });
    const reach = new lifecircle.ReachSlider(trial, {
      slider: byId("reach"),
      number: byId("reach-now"),
      own: byId("reach-own"),
      service: byId("reach-service"),
    });
    const changes = new lifecircle.Changes(trial, byId("changes"), { moved: hooks.pickUp, shown: hooks.show });
    const memory = new lifecircle.Memory(lifecircle.data.stamp);
    const remember = () => memory.keep({ ...trial.history.now, question: trial.question, candidates: candidates.kept });
    const candidates = new lifecircle.Candidates(trial, byId("candidates"), () => {
      remember();
      byId("csv").disabled = !candidates.kept.length;
    });
    question(trial, hooks);
    steps(trial);
    files(trial, candidates, hooks);
    recall(trial, candidates, memory.recall());
    trial.on((what) => what !== "tried" && remember());
    return { results, reach, changes, candidates };
  };

  /** The question at the top. */
  function question(trial, hooks) {
    const field = byId("question");
    const show = () => {
      const options = trial.plan.standards.map((one) => {
        const made = lifecircle.element("option", "", lifecircle.pick(one));
        made.value = one.id;
        return made;
      });
      field.replaceChildren(...options);
      field.value = trial.question;
    };
    show();
    lifecircle.onLanguage(show);
    field.addEventListener("change", () => {
      if (trial.awake.has(field.value)) return trial.ask(field.value);
      hooks.tell("whatif_computing");
      setTimeout(() => {
        trial.ask(field.value);
        hooks.tell(null);
      }, SHOWN_AFTER_MS);
    });
    trial.on((what) => what === "chosen" && (field.value = trial.question));
  }

  /** Undo, redo, start again. */
  function steps(trial) {
    const buttons = Object.fromEntries(["undo", "redo", "reset"].map((name) => [name, byId(name)]));
    for (const [name, button] of Object.entries(buttons)) button.addEventListener("click", () => trial[name]());
    const show = () => {
      const { past, future, now, first } = trial.history;
      buttons.undo.disabled = !past.length;
      buttons.redo.disabled = !future.length;
      buttons.reset.disabled = now === first;
      for (const id of ["keep", "save"]) byId(id).disabled = !trial.changes.length;
    };
    trial.on((what) => what !== "tried" && show());
    show();
  }

  function files(trial, candidates, hooks) {
    const name = () => `${hooks.place} ${say("whatif_file")}`;
    byId("save").addEventListener("click", () => {
      lifecircle.download(lifecircle.fileName(name(), ".geojson"), "application/geo+json", trial.plan.toFile(name()));
    });
    byId("keep").addEventListener("click", () => candidates.keep());
    byId("csv").addEventListener("click", () => {
      lifecircle.download(lifecircle.fileName(`${hooks.place} ${say("whatif_candidates")}`, ".csv"), "text/csv", candidates.csv());
    });
    const refuse = (answer) => hooks.tell(() => lifecircle.refusal(answer), {}, true);
    lifecircle.fileInto(byId("open"), document.body, (text) => read(trial, text, hooks, refuse), () => refuse({ key: "whatif_refused_file" }));
  }

  /** Lay the changes of a file in the place of those that are there; undo brings those back. */
  function read(trial, text, hooks, refuse) {
    const found = trial.plan.fromFile(text);
    if (!Array.isArray(found)) return refuse(found);
    trial.replace({ changes: found.map((one) => Object.freeze(one)), reaches: trial.history.now.reaches });
    hooks.tell("whatif_opened", { n: found.length });
  }

  /** Take up what was left before a reload. */
  function recall(trial, candidates, left) {
    byId("csv").disabled = true;
    if (!left || !Array.isArray(left.changes)) return;
    if (trial.plan.standards.some((one) => one.id === left.question)) trial.ask(left.question);
    const freeze = (state) => ({ changes: state.changes.map((one) => Object.freeze(one)), reaches: state.reaches });
    const kept = (left.candidates || []).map((one) => ({ ...one, state: freeze(one.state) }));
    if (left.changes.length || Object.keys(left.reaches).length) trial.replace(freeze(left));
    candidates.restore(kept);
  }
})();
